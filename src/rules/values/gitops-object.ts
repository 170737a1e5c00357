import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import { indexed } from '../estate-index';
import type { Manifest } from '../manifest';
import { namespaceOrDefault, VALUES } from '../manifest';
import type { ChartValues } from '../read/chart-values';
import { hasUnseenLayers } from '../read/hidden-values';
import type { Rule, Violation } from '../rule';
import { exactChartVersion } from './chart-version';

/** REG651: each tool around Helm has one trap that makes no noise. */
export const gitopsObject: Rule = {
  code: 'REG651',
  slug: 'gitops-object',
  title: 'the wrapper object is well formed for its tool',
  severity: 'error',
  why: 'each tool around Helm ignores one mistake in silence: k3s a config no chart has the name of, Flux values in another namespace and changes of unwatched values, Argo CD re-rolls generated passwords, cdk8s treats every file of its output folder as a manifest',
  shows: [
    'k3s: the HelmChartConfig is there, and `helm get values` shows nothing of it',
    'Flux: `could not find ConfigMap` in the HelmRelease, or a change that arrives an interval later',
    'Argo CD: `failed to fetch chart`, or the admin password is another one after every sync',
  ],
  fix: 'the name, namespace or form the tool expects',
  links: [
    'https://docs.k3s.io/helm#customizing-packaged-components-with-helmchartconfig',
    'https://fluxcd.io/flux/components/helm/helmreleases/#reacting-immediately-to-configuration-dependencies',
    'https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#random-data',
    'https://github.com/argoproj/argo-cd/discussions/28064',
  ],
  judgeEstate: (estate) => estate.values.flatMap((values) => judgeWrapper(values, estate)),
};

function judgeWrapper(values: ChartValues, estate: Estate): Violation[] {
  switch (values.manifest.kind) {
    case 'HelmChartConfig':
      return lonelyConfig(values, estate);
    case 'HelmRelease':
      return values.manifest.root
        .get('spec', 'valuesFrom')
        .items()
        .flatMap((from) => valuesFrom(from, values.manifest, estate));
    case 'Application':
    case 'ApplicationSet':
      return [...ociScheme(values), ...generatedPassword(values)];
    case VALUES:
      return inOutputFolder(values.manifest);
    default:
      return [];
  }
}

/** Namespace of the charts k3s and RKE2 bring along. */
const PACKAGED = 'kube-system';

/** A HelmChartConfig that no HelmChart here, and none of k3s itself, has the name and namespace of. */
function lonelyConfig({ manifest, chart }: ChartValues, estate: Estate): Violation[] {
  const { name } = manifest;
  const namespace = namespaceOrDefault(manifest);
  const charts = estate.values.filter(
    (other) => other.chart === chart && other.manifest.kind === 'HelmChart',
  );
  const found = charts.some(
    (other) => other.manifest.name === name && namespaceOrDefault(other.manifest) === namespace,
  );
  const mayBePackaged = chart === 'traefik' && namespace === PACKAGED;
  if (found || mayBePackaged) {
    return [];
  }
  const [other] = charts;
  if (other) {
    const expected = `${namespaceOrDefault(other.manifest)}/${other.manifest.name}`;
    return [misplaced(manifest, `while the HelmChart is '${expected}'`, expected)];
  }
  // Of charts that are not rendered here only those of k3s have a known place.
  const packagedName = chart === 'traefik' && /^(rke2-)?traefik$/.test(name);
  return packagedName && manifest.namespace !== undefined
    ? [misplaced(manifest, `while k3s keeps its own charts in ${PACKAGED}`, `${PACKAGED}/${name}`)]
    : [];
}

function misplaced(manifest: Manifest, found: string, expected: string): Violation {
  const metadata = manifest.root.get('metadata');
  const [namespace, name] = expected.split('/');
  const wrong = metadata.get(manifest.name === name ? 'namespace' : 'name');
  return {
    at: wrong.exists ? wrong : metadata,
    // Without a namespace `kubectl -n` may still put it in the right one.
    severity: wrong.exists ? 'error' : 'warning',
    observed: `config '${namespaceOrDefault(manifest)}/${manifest.name}', ${found}`,
    expected: `'${expected}', name and namespace of the HelmChart`,
    why: 'helm-controller finds the config of a chart by both its name and its namespace; another config is never read',
    fix: `\`metadata: {name: ${name}, namespace: ${namespace}}\``,
  };
}

/** The label on which helm-controller of Flux watches what values come from. */
const WATCH_LABEL = 'reconcile.fluxcd.io/watch';

function valuesFrom(from: Cursor, release: Manifest, estate: Estate): Violation[] {
  const kind = from.get('kind').text ?? '';
  const name = from.get('name').text ?? '';
  const namespace = namespaceOrDefault(release);
  if (kind !== 'ConfigMap' && kind !== 'Secret') {
    return [];
  }
  const source = estate.object(kind, namespace, name);
  return source ? unwatched(source, name) : elsewhere(from, kind, name, namespace, estate);
}

function unwatched(source: Manifest, name: string): Violation[] {
  const labels = source.root.get('metadata', 'labels');
  const label = labels.get(WATCH_LABEL);
  // A generated name changes with the content, and with it the HelmRelease.
  if (label.text === 'Enabled' || /-[bcdfghkmt2456789]{10}$/.test(name)) {
    return [];
  }
  return [
    {
      at: label.exists ? label : labels.exists ? labels : source.root.get('metadata'),
      severity: 'warning',
      observed: `no label '${WATCH_LABEL}: Enabled' on values of a HelmRelease`,
      expected: 'the label',
      why: 'without it a change of these values waits for the next interval of the HelmRelease',
      fix: `label it \`${WATCH_LABEL}: Enabled\``,
    },
  ];
}

/** What a HelmRelease names stands in another namespace only. */
function elsewhere(
  from: Cursor,
  kind: string,
  name: string,
  namespace: string,
  estate: Estate,
): Violation[] {
  const other = dataByName(estate).get(`${kind}/${name}`)?.[0];
  return other && other.namespace !== undefined
    ? [
        {
          at: from.get('name'),
          observed: `${kind} ${quote(name)} is in namespace '${other.namespace}'`,
          expected: `it in '${namespace}', the namespace of the HelmRelease`,
          why: 'valuesFrom reads the namespace of the HelmRelease only; without `optional` the release fails, with it the values are missing',
          fix: `move the ${kind} to namespace ${namespace}`,
        },
      ]
    : [];
}

function dataByName(estate: Estate): ReadonlyMap<string, Manifest[]> {
  return estate.remember('data objects by name', () =>
    indexed(
      estate.ofKind('ConfigMap', 'Secret'),
      (manifest) => `${manifest.kind}/${manifest.name}`,
    ),
  );
}

/** `oci://` is for OCI artifacts with a path; a chart by name is looked for in a Helm repository. */
function ociScheme({ chartVersion }: ChartValues): Violation[] {
  const source = chartVersion?.outer;
  const url = source?.get('repoURL');
  return source?.get('chart').exists && url?.text?.startsWith('oci://')
    ? [
        {
          at: url,
          observed: `repoURL ${quote(url.text)} beside \`chart\``,
          expected: 'the registry and path without a scheme',
          why: 'with `chart` Argo CD takes repoURL for a Helm repository, and those of OCI have no scheme: the chart is not found',
          fix: 'write `repoURL` without `oci://`',
        },
      ]
    : [];
}

/** First Forgejo chart that generates the admin password by a lookup in the cluster. */
const GENERATES_SINCE = 15;

function generatedPassword(values: ChartValues): Violation[] {
  const { chart, chartVersion, root } = values;
  const [major] = exactChartVersion(chartVersion?.text) ?? [0];
  const admin = root.get('gitea', 'admin');
  const isSet = (key: string): boolean => Boolean(admin.get(key).text);
  // An empty name means no admin at all.
  const noAdmin = admin.get('username').text === '';
  if (chart !== 'forgejo' || major < GENERATES_SINCE || hasUnseenLayers(values)) {
    return [];
  }
  return noAdmin || isSet('existingSecret') || isSet('password')
    ? []
    : [
        {
          at: admin.exists ? admin : (chartVersion?.outer ?? root),
          observed: 'the chart generates the admin password',
          expected: '`gitea.admin.existingSecret`',
          why: 'Argo CD renders charts without looking into the cluster: each sync makes a new password, and each start of the pod writes it over the one in use',
          fix: '`gitea.admin.existingSecret: NAME` with the keys username and password',
        },
      ];
}

/** Folder cdk8s writes to; synth empties it and reads back every file in it. */
function inOutputFolder({ root, origin }: Manifest): Violation[] {
  return /(^|[/\\])dist[/\\]/.test(origin.file ?? '')
    ? [
        {
          at: root,
          observed: 'a values file in `dist`, the output folder of cdk8s',
          expected: 'values files in a folder of their own',
          why: 'synth empties the folder, and what applies it takes every file in it for a manifest',
          fix: 'write values to a folder such as `helm/`',
        },
      ]
    : [];
}
