import { maskValues } from '../mask/values';
import type { KubeObject } from '../object';
import { keepConfigMap } from './config-map';
import { keepClusterExternalSecret, keepExternalSecret } from './external-secret';
import type { Keep } from './keep';
import { each, only, presence, strict, whole } from './keep';
import { keepObject } from './metadata';
import { keepHttpRoute } from './http-route';
import { keepMiddleware } from './middleware';
import { CONDITIONS, keepController, keepCronJob, keepJob, keepPod } from './pod';
import { keepSecret } from './secret';

/** One kind that is read: how kubectl names it, and what stays of its objects. */
export interface KindRow {
  /** Resource for kubectl, with its group where it has one. */
  readonly resource: string;
  /** Whether its objects live in namespaces. @default true */
  readonly isClusterWide?: boolean;
  /** Which objects are asked for. @default - all */
  readonly fieldSelector?: string;
  /** What is kept; undefined for nothing. */
  readonly keep: (object: KubeObject) => KubeObject | undefined;
}

const conditioned = (names = ''): Keep => only(names, { conditions: CONDITIONS });

function row(resource: string, fields: Keep, annotations: 'all' | 'tools' = 'tools'): KindRow {
  return { resource, keep: keepObject(fields, annotations) };
}

const clusterWide = (kind: KindRow): KindRow => ({ ...kind, isClusterWide: true });

const endpoint = only('conditions nodeName', { targetRef: only('kind name namespace') });
const addresses = each(endpoint);

/** Kubernetes' own kinds. */
const OWN = {
  namespaces: clusterWide(row('namespaces', only('', { status: only('phase') }))),
  nodes: clusterWide(
    row(
      'nodes',
      only('', {
        spec: only('taints unschedulable'),
        status: only('addresses', {
          conditions: CONDITIONS,
          nodeInfo: only(
            'architecture operatingSystem kubeletVersion containerRuntimeVersion osImage',
          ),
        }),
      }),
    ),
  ),
  pods: { resource: 'pods', keep: keepPod },
  services: row(
    'services',
    only('', {
      spec: only('type clusterIP clusterIPs ports selector externalName loadBalancerIP'),
      status: only('loadBalancer'),
    }),
    'all',
  ),
  endpoints: row(
    'endpoints',
    only('', { subsets: each(only('ports', { addresses, notReadyAddresses: addresses })) }),
  ),
  endpointslices: row(
    'endpointslices.discovery.k8s.io',
    only('addressType ports', { endpoints: addresses }),
  ),
  deployments: { resource: 'deployments.apps', keep: keepController },
  statefulsets: { resource: 'statefulsets.apps', keep: keepController },
  daemonsets: { resource: 'daemonsets.apps', keep: keepController },
  jobs: { resource: 'jobs.batch', keep: keepJob },
  cronjobs: { resource: 'cronjobs.batch', keep: keepCronJob },
  ingresses: row('ingresses.networking.k8s.io', only('', { spec: whole }), 'all'),
  ingressclasses: clusterWide(
    row('ingressclasses.networking.k8s.io', only('', { spec: only('controller') }), 'all'),
  ),
  networkpolicies: row('networkpolicies.networking.k8s.io', only('', { spec: whole })),
  serviceaccounts: row('serviceaccounts', only('imagePullSecrets secrets')),
  secrets: { resource: 'secrets', keep: keepSecret },
  configmaps: { resource: 'configmaps', keep: keepConfigMap },
  persistentvolumeclaims: row(
    'persistentvolumeclaims',
    only('', {
      spec: only('accessModes storageClassName volumeName volumeMode resources'),
      status: only('phase capacity', { conditions: CONDITIONS }),
    }),
  ),
  events: {
    ...row(
      'events',
      only('type reason message involvedObject count firstTimestamp lastTimestamp eventTime', {
        involvedObject: only('kind name namespace fieldPath'),
        series: only('count lastObservedTime'),
      }),
    ),
    fieldSelector: 'involvedObject.kind=Pod',
  },
} satisfies { readonly [kind: string]: KindRow };

/** Routes of Traefik and the Gateway API. */
const ROUTES = {
  ingressroutes: row('ingressroutes.traefik.io', only('', { spec: whole }), 'all'),
  middlewares: { resource: 'middlewares.traefik.io', keep: keepMiddleware },
  httproutes: { resource: 'httproutes.gateway.networking.k8s.io', keep: keepHttpRoute },
  gateways: row(
    'gateways.gateway.networking.k8s.io',
    only('', { spec: whole, status: conditioned('addresses listeners') }),
    'all',
  ),
} satisfies { readonly [kind: string]: KindRow };

/** A spec in which names of keys tell what is secret. */
function maskedSpec(spec: unknown): unknown {
  return maskValues(spec);
}

const issuer = only('', {
  spec: only('ca selfSigned', {
    acme: only('server preferredChain skipTLSVerify', {
      privateKeySecretRef: only('name'),
      solvers: maskedSpec,
    }),
    vault: presence,
    venafi: presence,
  }),
  status: conditioned(),
});

const acmeChallenge = only('type dnsName wildcard issuerRef url token', { solver: maskedSpec });

/** Certificates of cert-manager and how they come about. The token of a challenge is served to anybody (RFC 8555 §8.3). */
const CERTIFICATES = {
  certificates: row(
    'certificates.cert-manager.io',
    only('', {
      spec: only(
        'secretName commonName dnsNames ipAddresses issuerRef duration renewBefore privateKey usages',
        { secretTemplate: only('labels annotations') },
      ),
      status: conditioned(
        'notAfter notBefore renewalTime revision failedIssuanceAttempts lastFailureTime nextPrivateKeySecretName',
      ),
    }),
    'all',
  ),
  certificaterequests: row(
    'certificaterequests.cert-manager.io',
    only('', { spec: only('issuerRef'), status: conditioned('failureTime') }),
    'all',
  ),
  issuers: row('issuers.cert-manager.io', issuer),
  clusterissuers: clusterWide(row('clusterissuers.cert-manager.io', issuer)),
  orders: row(
    'orders.acme.cert-manager.io',
    only('', {
      spec: only('commonName dnsNames issuerRef'),
      status: only('state reason failureTime', {
        authorizations: each(only('identifier initialState wildcard url')),
      }),
    }),
    'all',
  ),
  challenges: row(
    'challenges.acme.cert-manager.io',
    only('', { spec: acmeChallenge, status: only('processing presented reason state') }),
  ),
} satisfies { readonly [kind: string]: KindRow };

const alert = only('alert record for labels', { expr: strict });

/** Databases, monitoring, secret stores and tools that install: as far as they are there. */
const OTHERS = {
  clusters: row(
    'clusters.postgresql.cnpg.io',
    only('', {
      spec: only('instances imageName storage', {
        backup: only('retentionPolicy target', {
          barmanObjectStore: only('destinationPath endpointURL serverName'),
          volumeSnapshot: presence,
        }),
        plugins: each(only('name enabled isWALArchiver')),
      }),
      status: conditioned(
        'phase phaseReason instances readyInstances currentPrimary firstRecoverabilityPoint lastSuccessfulBackup lastFailedBackup',
      ),
    }),
  ),
  scheduledbackups: row(
    'scheduledbackups.postgresql.cnpg.io',
    only('', {
      spec: only('schedule suspend cluster method immediate backupOwnerReference'),
      status: only('lastCheckTime lastScheduleTime nextScheduleTime'),
    }),
  ),
  backups: row(
    'backups.postgresql.cnpg.io',
    only('', {
      spec: only('cluster method'),
      status: only('phase startedAt stoppedAt error method'),
    }),
  ),
  servicemonitors: row(
    'servicemonitors.monitoring.coreos.com',
    only('', {
      spec: only('selector namespaceSelector jobLabel', {
        endpoints: each(only('port targetPort path interval scheme')),
      }),
    }),
  ),
  prometheusrules: row(
    'prometheusrules.monitoring.coreos.com',
    only('', { spec: only('', { groups: each(only('name interval', { rules: each(alert) })) }) }),
  ),
  probes: row(
    'probes.monitoring.coreos.com',
    only('', {
      spec: only('module interval targets', { prober: only('url path scheme') }),
    }),
  ),
  helmreleases: row(
    'helmreleases.helm.toolkit.fluxcd.io',
    only('', {
      spec: only('chart chartRef releaseName targetNamespace interval suspend valuesFrom', {
        values: maskValues,
      }),
      status: conditioned('lastAppliedRevision lastAttemptedRevision observedGeneration'),
    }),
  ),
  externalsecrets: { resource: 'externalsecrets.external-secrets.io', keep: keepExternalSecret },
  clusterexternalsecrets: clusterWide({
    resource: 'clusterexternalsecrets.external-secrets.io',
    keep: keepClusterExternalSecret,
  }),
} satisfies { readonly [kind: string]: KindRow };

const helmChartSpec = only('chart version repo targetNamespace failurePolicy');
const argoSource = only('chart targetRevision path', {
  repoURL: whole,
  helm: only('releaseName valueFiles', { parameters: each(only('name')) }),
});

/** Wrappers of other tools around a chart; their values are texts in which no secret can be found for certain. */
const WRAPPERS = {
  helmcharts: row(
    'helmcharts.helm.cattle.io',
    only('', { spec: helmChartSpec, status: conditioned('jobName') }),
  ),
  helmchartconfigs: row('helmchartconfigs.helm.cattle.io', only('', { spec: helmChartSpec })),
  applications: row(
    'applications.argoproj.io',
    only('', {
      spec: only('destination', { source: argoSource, sources: each(argoSource) }),
      status: only('', {
        sync: only('status revision'),
        health: only('status message'),
        conditions: each(only('type message lastTransitionTime')),
      }),
    }),
  ),
} satisfies { readonly [kind: string]: KindRow };

/** Every kind that is read, by the plural of its name. */
export const KINDS = { ...OWN, ...ROUTES, ...CERTIFICATES, ...OTHERS, ...WRAPPERS };

/** Plural name of a kind that is read, such as `pods` or `certificates`. */
export type LiveKind = keyof typeof KINDS;

/** The row of a kind. */
export function kindRow(kind: LiveKind): KindRow {
  return KINDS[kind];
}
