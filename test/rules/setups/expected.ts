import type { Severity } from '../../../src/rules/check';

/** A finding an expert agrees with although the set-up is right, and why. */
export interface AgreedFinding {
  readonly code: string;
  readonly severity: Exclude<Severity, 'error'>;
  /** The object, as findings name it. */
  readonly object: string;
  readonly reason: string;
}

/** One fault put into a set-up: a text of one of its files, what stands there instead, and the codes that must say so. */
export interface Fault {
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly codes: readonly string[];
}

/** What the rules know and say of one set-up. */
export interface ExpectedSetup {
  /** Folder of the set-up. */
  readonly name: string;
  /** Whether a declaration is among the manifests; else the registry is inferred. */
  readonly declared: boolean;
  /** The facts of its one registry. */
  readonly registry: {
    readonly host: string;
    readonly flavor: 'gitea' | 'forgejo';
    readonly releaseName?: string;
    readonly namespace?: string;
  };
  /** Numbers that show the registry was understood: routes of `/v2`, workloads with its images, values of its release. */
  readonly seen: { readonly v2Routes: number; readonly workloads: number; readonly values: number };
  /** Warnings and infos that are true; none of them is an error. */
  readonly agreed: readonly AgreedFinding[];
  readonly faults: readonly Fault[];
}

const INGRESS_NGINX: ExpectedSetup = {
  name: 'ingress-nginx',
  declared: false,
  registry: { host: 'git.example.org', flavor: 'gitea' },
  seen: { v2Routes: 1, workloads: 2, values: 1 },
  agreed: [],
  faults: [
    fault('edge.yaml', "proxy-body-size: '0'", 'proxy-body-size: 100m', 'REG450'),
    fault('edge.yaml', "proxy-read-timeout: '3600'", 'proxy-read-timeout: "60"', 'REG442'),
    fault(
      'edge.yaml',
      "    nginx.ingress.kubernetes.io/proxy-send-timeout: '3600'\n",
      '',
      'REG442',
    ),
    fault('edge.yaml', "proxy-request-buffering: 'off'", 'proxy-request-buffering: "on"', 'REG442'),
    fault(
      'edge.yaml',
      '          ingress:\n            ingressClassName: nginx',
      '          ingress:\n            ingressClassName: traefik',
      'REG553',
    ),
    fault('edge.yaml', '    - host: git.example.org', '    - host: www.example.org', 'REG122'),
    fault(
      'edge.yaml',
      '- path: /\n            pathType: Prefix\n            backend:\n              service:\n                name: gitea-http',
      '- path: /v2\n            pathType: Exact\n            backend:\n              service:\n                name: gitea-http',
      'REG211',
    ),
    fault(
      'edge.yaml',
      "    nginx.ingress.kubernetes.io/proxy-body-size: '0'",
      "    nginx.ingress.kubernetes.io/proxy-body-size: '0'\n    nginx.ingress.kubernetes.io/auth-url: https://sso.example.org/auth",
      'REG217',
    ),
    fault(
      'edge.yaml',
      "    nginx.ingress.kubernetes.io/proxy-body-size: '0'",
      '    nginx.ingress.kubernetes.io/proxy-body-size: \'0\'\n    nginx.ingress.kubernetes.io/limit-rps: "5"',
      'REG218',
    ),
    fault('edge.yaml', '        - git.example.org\n', '        - www.example.org\n', 'REG122'),
    fault('edge.yaml', 'acme-v02.api', 'acme-staging-v02.api', 'REG123'),
    fault('gitea-values.yaml', 'path: /api/healthz', 'path: /', 'REG560'),
    fault('gitea-values.yaml', "LIMIT_SIZE_CONTAINER: '-1'", 'LIMIT_SIZE_CONTAINER: "0"', 'REG460'),
    fault(
      'gitea-values.yaml',
      "LIMIT_SIZE_CONTAINER: '-1'",
      'LIMIT_SIZE_CONTAINER: 5 GiB',
      'REG462',
    ),
    fault(
      'gitea-values.yaml',
      "LIMIT_SIZE_CONTAINER: '-1'",
      'LIMIT_SIZE_CONTAINER: 5368709120',
      'REG620',
    ),
    fault('gitea-values.yaml', 'OLDER_THAN: 24h', 'OLDER_THAN: "86400"', 'REG621'),
    fault('gitea-values.yaml', "SCHEDULE: '@midnight'", 'SCHEDULE: midnight', 'REG621'),
    fault(
      'gitea-values.yaml',
      "    packages:\n      ENABLED: 'true'",
      '    packages:\n      ENABLED: "false"',
      'REG610',
    ),
    fault(
      'gitea-values.yaml',
      'ROOT_URL: https://git.example.org/',
      'ROOT_URL: http://git.example.org/',
      'REG611',
    ),
    fault('gitea-values.yaml', '      DOMAIN: git.example.org\n', '', 'REG611'),
    fault('gitea-values.yaml', 'tag: 1.25.4', 'tag: 1.26.0', 'REG643'),
    fault('gitea-values.yaml', 'tag: 1.25.4', 'tag: 1.22.6', 'REG642'),
    fault(
      'gitea-values.yaml',
      'existingSecret: gitea-admin',
      'password: correct horse battery staple',
      'REG544',
    ),
    fault(
      'gitea-values.yaml',
      '    secret.reloader.stakater.com/reload: gitea-admin,gitea-database',
      '    team: platform',
      'REG623',
    ),
    fault(
      'gitea-values.yaml',
      '      USER: gitea\n',
      '      USER: gitea\n      PASSWD: correct horse battery\n',
      'REG544',
    ),
    fault(
      'gitea-values.yaml',
      '    database:\n',
      '    storage:\n      STORAGE_TYPE: bucket\n    database:\n',
      'REG711',
    ),
    fault(
      'gitea-values.yaml',
      'persistence:\n  enabled: true',
      'persistence:\n  enabled: false',
      'REG711',
    ),
    fault(
      'workloads.yaml',
      'git.example.org/shop/web:2025.11.4',
      'git.example.org/shop/web:latest',
      'REG724',
    ),
    fault(
      'workloads.yaml',
      'git.example.org/shop/web:2025.11.4',
      'git.example.org/web:2025.11.4',
      'REG470',
    ),
    fault(
      'workloads.yaml',
      'image: git.example.org/shop/web',
      'image: git.example.org:443/shop/web',
      'REG111',
    ),
    fault(
      'workloads.yaml',
      'image: git.example.org/shop/web',
      'image: gitea-http.git.svc:3000/shop/web',
      'REG111',
    ),
    fault('workloads.yaml', '{"git.example.org":', '{"https://git.example.org/v2":', 'REG543'),
    fault(
      'workloads.yaml',
      '      type: kubernetes.io/dockerconfigjson\n      data:',
      '      data:',
      'REG545',
    ),
    fault(
      'workloads.yaml',
      'external-secrets.io/v1\nkind: ExternalSecret',
      'external-secrets.io/v1beta1\nkind: ExternalSecret',
      'REG545',
    ),
    fault(
      'workloads.yaml',
      'imagePullSecrets:\n  - name: registry-pull\n---',
      'imagePullSecrets:\n  - name: registry-pul\n---',
      'REG541',
    ),
    fault('workloads.yaml', 'imagePullSecrets:\n  - name: registry-pull\n---', '---', 'REG541'),
  ],
};

const GATEWAY_FLUX: ExpectedSetup = {
  name: 'gateway-flux',
  declared: false,
  registry: {
    host: 'registry.example.net',
    flavor: 'gitea',
    releaseName: 'gitea',
    namespace: 'forge',
  },
  seen: { v2Routes: 2, workloads: 2, values: 1 },
  agreed: [],
  faults: [
    fault('edge.yaml', 'port: 8443', 'port: 443', 'REG221'),
    fault('edge.yaml', 'hostname: registry.example.net', 'hostname: git.example.net', 'REG221'),
    fault('edge.yaml', '            readTimeout: 0', '            readTimeout: 60s', 'REG440'),
    fault('edge.yaml', '            readTimeout: 0', '            idleTimeout: 180s', 'REG440'),
    fault('forge.yaml', "example.net/exposed: 'true'", 'example.net/exposed: "no"', 'REG221'),
    fault(
      'forge.yaml',
      '      namespace: edge\n  to:',
      '      namespace: ingress\n  to:',
      'REG215',
    ),
    fault(
      'forge.yaml',
      '    - registry.example.net\n  issuerRef',
      '    - git.example.net\n  issuerRef',
      'REG122',
    ),
    fault(
      'forge.yaml',
      '            value: /\n      backendRefs:',
      '            value: /\n      filters:\n        - type: URLRewrite\n          urlRewrite:\n            path:\n              type: ReplacePrefixMatch\n              replacePrefixMatch: /gitea\n      backendRefs:',
      'REG212',
    ),
    fault('forge.yaml', '    reconcile.fluxcd.io/watch: Enabled', '    team: forge', 'REG651'),
    fault(
      'forge.yaml',
      "MINIO_ENDPOINT: s3.example.net\n          MINIO_BUCKET: gitea-packages\n          MINIO_LOCATION: eu-central-1\n          MINIO_USE_SSL: 'true'\n          SERVE_DIRECT: 'false'",
      'MINIO_ENDPOINT: minio.storage.svc:9000\n          SERVE_DIRECT: "true"',
      'REG712',
    ),
    fault('forge.yaml', '    replicaCount: 1', '    replicaCount: 2', 'REG632'),
    fault('forge.yaml', '        checksum/gitea-object-store: 5d1c0b9e\n', '', 'REG623'),
    fault(
      'forge.yaml',
      "        cron.cleanup_packages:\n          ENABLED: 'true'",
      '        cron.cleanup_packages:\n          ENABLED: "false"',
      'REG720',
    ),
    fault('forge.yaml', 'OLDER_THAN: 36h', 'OLDER_THAN: 36d', 'REG621'),
    fault('forge.yaml', 'PUBLIC_URL_DETECTION: auto', 'PUBLIC_URL_DETECTION: always', 'REG621'),
  ],
};

const SUB_PATH: ExpectedSetup = {
  name: 'sub-path',
  declared: false,
  registry: { host: 'tools.example.org', flavor: 'gitea' },
  seen: { v2Routes: 2, workloads: 3, values: 1 },
  agreed: [],
  faults: [
    fault(
      'routes.yaml',
      'match: Host(`tools.example.org`) && (Path(`/v2`) || PathPrefix(`/v2/`))',
      'match: Host(`tools.example.org`) && PathPrefix(`/git/v2`)',
      'REG217',
    ),
    fault(
      'routes.yaml',
      'PathPrefix(`/v2/`))\n',
      'PathPrefix(`/v2/`))\n      middlewares:\n        - name: staff-only\n',
      'REG217',
    ),
    fault(
      'routes.yaml',
      'PathPrefix(`/v2/`))\n',
      'PathPrefix(`/v2/`))\n      middlewares:\n        - name: strip-all\n',
      'REG215',
    ),
    fault(
      'routes.yaml',
      '          port: 3000\n  tls:\n    secretName: tools-example-org-tls',
      '          port: 3000\n  tls:\n    secretName: git-tls',
      'REG125',
    ),
    fault(
      'routes.yaml',
      'dnsNames:\n    - tools.example.org',
      'dnsNames:\n    - wiki.example.org',
      'REG122',
    ),
    fault(
      'routes.yaml',
      '          port: 3000\n        - protocol: TCP',
      '          port: 8080\n        - protocol: TCP',
      'REG563',
    ),
    fault('traefik-values.yaml', 'readTimeout: 2h', 'readTimeout: 90s', 'REG440'),
    fault(
      'gitea-values.yaml',
      'LIMIT_TOTAL_OWNER_COUNT: 50000',
      'LIMIT_TOTAL_OWNER_COUNT: 5000000',
      'REG620',
    ),
    fault(
      'gitea-values.yaml',
      'LIMIT_TOTAL_OWNER_COUNT: 50000',
      'LIMIT_TOTAL_OWNER_SIZE: 50 gibibytes',
      'REG621',
    ),
    fault(
      'teams.yaml',
      '  name: batch\n  labels:\n    registry-pull: tools',
      '  name: batch',
      'REG545',
    ),
    fault('teams.yaml', 'imagePullSecrets:\n  - name: tools-pull\n---', '---', 'REG541'),
    fault('teams.yaml', '(dict "tools.example.org"', '(dict "tools.example.org/git"', 'REG543'),
    fault('teams.yaml', 'read:package', 'all', 'REG325'),
    fault('teams.yaml', 'read:package', 'read:user', 'REG314'),
  ],
};

const FORGEJO_K3S: ExpectedSetup = {
  name: 'forgejo-k3s',
  declared: true,
  registry: {
    host: 'forge.example.net',
    flavor: 'forgejo',
    releaseName: 'forgejo',
    namespace: 'forgejo',
  },
  seen: { v2Routes: 1, workloads: 3, values: 1 },
  agreed: [],
  faults: [
    fault(
      'charts.yaml',
      'spec:\n  failurePolicy: abort',
      'spec:\n  failurePolicy: reinstall',
      'REG650',
    ),
    fault(
      'charts.yaml',
      '  targetNamespace: forgejo\n  failurePolicy: abort',
      '  targetNamespace: forgejo',
      'REG650',
    ),
    fault('charts.yaml', '            readTimeout: 0', '            readTimeout: 60s', 'REG440'),
    fault('charts.yaml', '      web:\n        asDefault: true\n', '', 'REG554'),
    fault('charts.yaml', '  version: 15.0.2\n', '  version: ^15.0.0\n', 'REG640'),
    fault('charts.yaml', 'type: Recreate', 'type: RollingUpdate', 'REG631'),
    fault(
      'charts.yaml',
      'ROOT_URL: https://forge.example.net/',
      'ROOT_URL: https://git.example.net/',
      'REG110',
    ),
    fault('charts.yaml', 'tag: 13.0.3', 'tag: 9.0.3', 'REG642'),
    fault('registry.yaml', '"largestLayer": "4 GiB"', '"largestLayer": "60 GiB"', 'REG710'),
    fault(
      'registry.yaml',
      '"host": "forge.example.net"',
      '"host": "https://forge.example.net"',
      'REG660',
    ),
    fault(
      'registry.yaml',
      'path: /v2\n            pathType: Prefix',
      'path: /v2\n            pathType: Exact',
      'REG211',
    ),
    fault('registry.yaml', 'number: 3000', 'number: 80', 'REG220'),
    fault(
      'registry.yaml',
      '            ingressClassName: traefik',
      '            ingressClassName: nginx',
      'REG553',
    ),
    fault(
      'registry.yaml',
      '  dnsNames:\n    - forge.example.net',
      '  dnsNames:\n    - git.example.net',
      'REG122',
    ),
    fault('registry.yaml', '            runAsNonRoot: true\n', '', 'REG562'),
    fault(
      'registry.yaml',
      '                  drop: [ALL]',
      '                  drop: [NET_RAW]',
      'REG562',
    ),
    fault('registry.yaml', '  concurrencyPolicy: Forbid', '  concurrencyPolicy: Allow', 'REG732'),
    fault('registry.yaml', '  schedule: 10 4 * * *', '  schedule: 0 0 * * *', 'REG731'),
    fault('registry.yaml', 'podAffinity:', 'podAntiAffinity:', 'REG733'),
    fault(
      'lab.yaml',
      '{"auths":{"forge.example.net"',
      '{"auths":{"https://forge.example.net/v2"',
      'REG543',
    ),
    fault(
      'lab.yaml',
      'image: forge.example.net/open/linkcheck',
      'image: forge.example.net/lab/linkcheck',
      'REG540',
    ),
    fault(
      'lab.yaml',
      'image: forge.example.net/open/linkcheck',
      'image: forge.example.net/opne/linkcheck',
      'REG320',
    ),
    fault('charts.yaml', 'DISABLE_REGISTRATION: "true"', 'REQUIRE_SIGNIN_VIEW: "true"', 'REG310'),
  ],
};

const ARGO_CD: ExpectedSetup = {
  name: 'argo-cd',
  declared: true,
  registry: {
    host: 'code.example.org',
    flavor: 'gitea',
    releaseName: 'gitea',
    namespace: 'code',
  },
  seen: { v2Routes: 1, workloads: 3, values: 2 },
  agreed: [],
  faults: [
    fault(
      'application.yaml',
      'repoURL: docker.gitea.com/charts',
      'repoURL: oci://docker.gitea.com/charts',
      'REG651',
    ),
    fault('application.yaml', 'targetRevision: 12.5.0', 'targetRevision: 12.*', 'REG640'),
    fault('application.yaml', 'targetRevision: 12.5.0', 'targetRevision: 12.6.0', 'REG640'),
    fault(
      'application.yaml',
      '            podAnnotations:\n              checksum/gitea-secrets: 3ac8e01d',
      '            ssh: {}',
      'REG623',
    ),
    fault('gitea-values.yaml', 'ReadWriteMany', 'ReadWriteOnce', 'REG632'),
    fault('gitea-values.yaml', 'SERVICE_TYPE: redis', 'SERVICE_TYPE: memory', 'REG632'),
    fault('gitea-values.yaml', 'ADAPTER: redis', 'ADAPTER: memory', 'REG632'),
    fault(
      'gitea-values.yaml',
      '    - name: GITEA__OAUTH2__JWT_SECRET',
      '    - name: GITEA__OAUTH2__JWT_SECRETS',
      'REG316',
    ),
    fault(
      'gitea-values.yaml',
      'postgresql-ha:\n  enabled: false',
      'postgresql-ha:\n  enabled: true',
      'REG634',
    ),
    fault('gitea-values.yaml', "'3000'", "'80'", 'REG220'),
    fault(
      'gitea-values.yaml',
      'redis://valkey.data.svc:6379/2',
      'redis://:correct-horse@valkey.data.svc:6379/2',
      'REG544',
    ),
    fault('objects.yaml', '                  - monitoring\n', '', 'REG563'),
    fault(
      'objects.yaml',
      'match: Host(`code.example.org`)',
      'match: Host(`code.example.org`) && !PathPrefix(`/v2`)',
      'REG211',
    ),
    fault(
      'objects.yaml',
      'secretName: code-example-org-tls\n---\napiVersion: networking',
      'secretName: code-tls\n---\napiVersion: networking',
      'REG551',
    ),
    fault(
      'payments.yaml',
      'platform/payments/worker:4.12.0',
      'platforms/payments/worker:4.12.0',
      'REG320',
    ),
    fault(
      'payments.yaml',
      'payments/worker:4.12.0',
      'payments/worker@sha256:2f1d5c0d6b9f8c4fd0cf7a5a2c3b1e60f4a9d8e7c6b5a49382716051f3e2d1c0',
      'REG724',
    ),
  ],
};

/** The set-ups beside this file. */
export const SETUPS: readonly ExpectedSetup[] = [
  INGRESS_NGINX,
  GATEWAY_FLUX,
  SUB_PATH,
  FORGEJO_K3S,
  ARGO_CD,
];

function fault(file: string, from: string, to: string, ...codes: string[]): Fault {
  return { file, from, to, codes };
}
