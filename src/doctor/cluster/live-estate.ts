import type * as yamlModule from 'yaml';
import type { HelmRelease, LiveKind } from '../../cluster';
import { asManifest, Estate } from '../../rules';
import type { Manifest } from '../../rules/manifest';
import type { Observation } from '../sight';
import { liveReleases } from './live-releases';
import type { Missing } from './missing';
import { missingOf } from './missing';

/** Kinds the rules read of a live cluster; Secrets come with every credential masked. */
const KINDS: readonly LiveKind[] = [
  'namespaces',
  'pods',
  'deployments',
  'statefulsets',
  'daemonsets',
  'jobs',
  'cronjobs',
  'services',
  'serviceaccounts',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'networkpolicies',
  'ingresses',
  'ingressclasses',
  'ingressroutes',
  'middlewares',
  'httproutes',
  'gateways',
  'certificates',
  'issuers',
  'clusterissuers',
  'externalsecrets',
  'clusterexternalsecrets',
  'servicemonitors',
  'prometheusrules',
  'helmcharts',
  'helmchartconfigs',
  'helmreleases',
  'applications',
];

/** What the rules see of a live cluster. */
export interface LiveEstate {
  readonly estate: Estate;
  /** Kinds that could not be read, for want of a right or of an answer; kinds nobody installed are not among them. */
  readonly missing: readonly Missing[];
}

/** `origin.file` of a manifest that stands for a release of Helm: no object of the cluster. */
export const RELEASE_ORIGIN = 'helm';

/**
 * The objects of the cluster as the rules take them, each release of Gitea, Forgejo and Traefik as Flux's HelmRelease
 * would say it, and the declaration of the request in place of those in the cluster; undefined without a cluster.
 */
export const liveEstate: Observation<LiveEstate | undefined> = async (sight) => {
  const { cluster, declaration } = sight.request;
  const known = await sight.see(liveReleases);
  if (cluster === undefined || known === undefined) {
    return undefined;
  }
  const listings = await Promise.all(
    KINDS.map(async (kind) => ({ kind, ...(await cluster.objects(kind)) })),
  );
  const manifests = [
    ...listings.flatMap(({ objects }) => objects.map((object) => asManifest(object, {}))),
    ...known.releases.map(releaseManifest),
  ];
  return {
    estate: new Estate(manifests, {
      readYaml: (text) => (require('yaml') as typeof yamlModule).parse(text),
      ...(declaration && {
        declared: [{ declaration, at: asManifest(declaration, { file: 'declaration' }).root }],
      }),
    }),
    missing: [
      ...known.missing,
      ...listings.flatMap(({ kind, missing }) => missingOf(kind, missing)),
    ],
  };
};

/** Values of Helm, in the form the rules know values of a release in. */
function releaseManifest(release: HelmRelease): Manifest {
  const { name, namespace, installs, subchart, chart, values } = release;
  return asManifest(
    {
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata: { name, namespace },
      spec: {
        releaseName: name,
        targetNamespace: namespace,
        chart: { spec: { chart: installs, version: chart.version } },
        values: subchart === undefined ? values : (values[subchart] ?? {}),
      },
    },
    { file: RELEASE_ORIGIN },
  );
}
