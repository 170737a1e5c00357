import type { Severity } from '../../src/rules/check';

/** A finding that is true of what a chart does by default. */
export interface DefaultFinding {
  readonly code: string;
  readonly severity: Severity;
  /** The object, as findings name it. */
  readonly object: string;
  readonly jsonPath: string;
  /** Why it is true of that default. */
  readonly reason: string;
}

/** A chart's rendering, or its values.yaml, and everything the rules may say of it. */
export interface ChartDefaults {
  readonly file: string;
  /** The release it is judged as; absent for Traefik, which is judged beside a release of Gitea. */
  readonly release?: {
    readonly flavor: 'gitea' | 'forgejo';
    readonly chartVersion: string;
    readonly appVersion: string;
    readonly service: string;
  };
  /** How to make the file. */
  readonly command: string;
  readonly findings: readonly DefaultFinding[];
}

/** Host of the overlay the renderings are made with. */
const HOST = 'gitea.coulomb.social';

/** What the rules are given beside a file: a declaration of its release, and a route Traefik serves with TLS. */
export function besideText({ release = RELEASE }: ChartDefaults): string {
  const { flavor, chartVersion, appVersion, service } = release;
  return `
kind: RegistryDeclaration
host: ${HOST}
sshDomain: ${HOST}
release:
  flavor: ${flavor}
  name: gitea
  namespace: default
  chart: oci://registry.example.org/charts/${flavor}
  chartVersion: ${chartVersion}
  appVersion: ${appVersion}
  httpService: { name: ${service}, port: 3000, appPort: 3000 }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: gitea-registry-v2
  namespace: default
  annotations:
    cert-manager.io/cluster-issuer: letsencrypt-prod
    traefik.ingress.kubernetes.io/router.entrypoints: websecure
    traefik.ingress.kubernetes.io/router.tls: "true"
spec:
  ingressClassName: traefik
  tls:
    - hosts: [${HOST}]
      secretName: gitea-tls
  rules:
    - host: ${HOST}
      http:
        paths:
          - path: /v2
            pathType: Prefix
            backend: { service: { name: ${service}, port: { number: 3000 } } }
`;
}

const RELEASE = {
  flavor: 'gitea',
  chartVersion: '12.5.3',
  appVersion: '1.25.5',
  service: 'gitea-http',
} as const;

/** Every release is rendered with the overlay of the reference case; the subcharts are switched off. */
const TEMPLATE =
  'helm template gitea CHART -n default -f examples/coulomb/helm/gitea-registry-values.yaml';

/** A finding before its object is known: in a values file it is the file. */
type Part = Omit<DefaultFinding, 'object'> & { readonly object?: string };

/** True of each rendering of the Gitea chart. */
const RENDERED_GITEA: readonly DefaultFinding[] = [
  {
    code: 'REG544',
    severity: 'error',
    object: 'Deployment default/gitea',
    jsonPath: 'spec.template.spec.initContainers[2].env[6].value',
    reason:
      'without existingSecret the password of the administrator, public in values.yaml, is a variable of the pod',
  },
  {
    code: 'REG560',
    severity: 'warning',
    object: 'Deployment default/gitea',
    jsonPath: 'spec.template.spec.containers[0].readinessProbe.tcpSocket',
    reason:
      'the probe of the Gitea chart is a TCP connect: it succeeds before the database answers',
  },
  rolled('Deployment default/gitea'),
];

function gitea(chartVersion: string, appVersion: string): Required<ChartDefaults>['release'] {
  return { flavor: 'gitea', chartVersion, appVersion, service: 'gitea-http' };
}

function rolled(object: string): DefaultFinding {
  return {
    code: 'REG631',
    severity: 'error',
    object,
    jsonPath: 'spec.strategy',
    reason:
      'one replica, a ReadWriteOnce claim, and a surge of 100 %: the new pod waits for the volume of the old one',
  };
}

/** Versions are judged where they are declared. */
function tooOld(): DefaultFinding {
  return {
    code: 'REG642',
    severity: 'warning',
    object: `RegistryDeclaration ${HOST}`,
    jsonPath: 'release.appVersion',
    reason: 'the chart brings Gitea 1.23',
  };
}

function defective(): DefaultFinding {
  return {
    code: 'REG643',
    severity: 'warning',
    object: `RegistryDeclaration ${HOST}`,
    jsonPath: 'release.appVersion',
    reason:
      'the chart brings Gitea 1.25.2, which hides refused pushes behind a page of status 500 (go-gitea/gitea#36020)',
  };
}

function vanished(subchart: string): Part {
  return {
    code: 'REG634',
    severity: 'warning',
    jsonPath: `${subchart}.enabled`,
    reason: 'on by default, with images of docker.io/bitnami that are gone',
  };
}

function frozen(subchart: string): Part {
  return {
    code: 'REG634',
    severity: 'info',
    jsonPath: `${subchart}.enabled`,
    reason:
      'on by default, with images of docker.io/bitnamilegacy: they are there, and get no fixes',
  };
}

/** The values.yaml of a Gitea chart; probe and strategy are the same in all. */
function shippedValues(
  appVersion: string,
  chartVersion: string,
  more: readonly Part[],
): ChartDefaults {
  const file = `gitea-values-${appVersion}.yaml`;
  const shared: Part[] = [
    {
      code: 'REG560',
      severity: 'warning',
      jsonPath: 'gitea.readinessProbe.tcpSocket',
      reason: 'the probe is a TCP connect by default',
    },
    {
      code: 'REG631',
      severity: 'error',
      jsonPath: 'strategy.type',
      reason: 'RollingUpdate with one replica and a ReadWriteOnce claim by default',
    },
  ];
  return {
    file,
    release: gitea(chartVersion, appVersion),
    command: `helm show values CHART > ${file}`,
    findings: [...shared, ...more].map((part) => ({ object: `Values ${file}`, ...part })),
  };
}

/** Renderings by `helm template`. */
export const RENDERINGS: readonly ChartDefaults[] = [
  {
    file: 'gitea-11.yaml',
    release: gitea('11.0.1', '1.23.7'),
    command: `${TEMPLATE} > gitea-11.yaml`,
    findings: [...RENDERED_GITEA, tooOld()],
  },
  {
    file: 'gitea-12.4.yaml',
    release: gitea('12.4.0', '1.24.7'),
    command: `${TEMPLATE} > gitea-12.4.yaml`,
    findings: RENDERED_GITEA,
  },
  {
    file: 'gitea-12.5.yaml',
    release: gitea('12.5.0', '1.25.2'),
    command: `${TEMPLATE} > gitea-12.5.yaml`,
    findings: [...RENDERED_GITEA, defective()],
  },
  {
    file: 'gitea-forgejo.yaml',
    release: {
      flavor: 'forgejo',
      chartVersion: '15.0.0',
      appVersion: '13.0.3',
      service: 'gitea-forgejo-http',
    },
    command: `${TEMPLATE} > gitea-forgejo.yaml`,
    findings: [
      {
        code: 'REG544',
        severity: 'warning',
        object: 'Secret default/gitea-forgejo-admin',
        jsonPath: 'data.password',
        reason:
          'without existingSecret the chart makes up a password and renders it; a new one each time',
      },
      rolled('Deployment default/gitea-forgejo'),
    ],
  },
  {
    file: 'traefik-41.yaml',
    command: 'helm template traefik CHART -n traefik > traefik-41.yaml',
    findings: [
      {
        code: 'REG440',
        severity: 'error',
        object: 'Deployment traefik/traefik',
        jsonPath: 'spec.template.spec.containers[0].args',
        reason:
          'every argument is seen and none is a readTimeout: Traefik 3.7 cuts an upload after 60 s',
      },
    ],
  },
];

/** The values.yaml of charts, as they are shipped, without passwords. */
export const VALUES_FILES: readonly ChartDefaults[] = [
  shippedValues('1.23.5', '11.0.0', [
    vanished('postgresql-ha'),
    vanished('redis-cluster'),
    tooOld(),
  ]),
  shippedValues('1.23.8', '12.0.0', [
    vanished('postgresql-ha'),
    vanished('valkey-cluster'),
    tooOld(),
  ]),
  shippedValues('1.24.7', '12.4.0', [frozen('postgresql-ha'), frozen('valkey-cluster')]),
  shippedValues('1.25.2', '12.5.0', [
    frozen('postgresql-ha'),
    frozen('valkey-cluster'),
    defective(),
  ]),
  {
    file: 'traefik-values-41.3.0.yaml',
    command: 'helm show values traefik > traefik-values-41.3.0.yaml',
    // Another file may be laid over it: that it sets no readTimeout proves nothing.
    findings: [],
  },
];
