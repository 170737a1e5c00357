import { Cluster } from '../../src/cluster';
import type { KubeObject, LiveKind } from '../../src/cluster';
import { KINDS, kindRow } from '../../src/cluster/kinds/table';
import { tlsCertificateOf } from '../../src/cluster';
import { helmRelease, testCertificate } from '../../src/testing';

const CANARY = 'canary-7f3a91';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Whether a secret stands in a text: plain, in base64 at any offset, or inside base64 of JSON. */
function leaks(text: string): boolean {
  const words = text.match(/[A-Za-z0-9+/]{8,}={0,2}/g) ?? [];
  return [text, ...words.map((word) => Buffer.from(word, 'base64').toString('utf8'))].some((one) =>
    one.includes(CANARY),
  );
}

const METADATA = {
  name: 'x',
  namespace: 'default',
  annotations: {
    'kubectl.kubernetes.io/last-applied-configuration': `{"data":"${CANARY}"}`,
    'example.org/note': `password=${CANARY}`,
  },
  managedFields: [{ manager: CANARY }],
};

const CONTAINER = {
  name: 'main',
  image: 'docker.io/library/traefik:v3',
  command: ['sh', '-c', `run --password ${CANARY}`],
  args: [
    `--providers.redis.password=${CANARY}`,
    `--token=${CANARY}`,
    '--entrypoints.web.address=:80',
  ],
  env: [
    { name: 'ANYTHING', value: CANARY },
    { name: 'GITEA__database__PASSWD', value: CANARY },
    { name: 'GITEA__server__ROOT_URL', value: `https://me:${CANARY}@git.example.org/` },
  ],
  lifecycle: { postStart: { exec: { command: [CANARY] } } },
  livenessProbe: { httpGet: { httpHeaders: [{ value: CANARY }] }, exec: { command: [CANARY] } },
};

const TEMPLATE = {
  metadata: { annotations: { a: `token=${CANARY}` } },
  spec: {
    containers: [CONTAINER],
    initContainers: [CONTAINER],
    volumes: [{ name: 'v', csi: { volumeAttributes: { k: CANARY } } }],
  },
};

/** Objects with a canary wherever their kind may hold a secret. */
const SECRETIVE: { readonly [kind in LiveKind]?: object } = {
  pods: {
    ...TEMPLATE,
    status: {
      containerStatuses: [{ state: { waiting: { message: `GET https://u:${CANARY}@h` } } }],
    },
  },
  deployments: { spec: { template: TEMPLATE } },
  statefulsets: { spec: { template: TEMPLATE } },
  daemonsets: { spec: { template: TEMPLATE } },
  jobs: { spec: { template: TEMPLATE } },
  cronjobs: { spec: { jobTemplate: { spec: { template: TEMPLATE } } } },
  configmaps: { data: { [`app.ini`]: `PASSWD = ${CANARY}` }, binaryData: { b: base64(CANARY) } },
  events: { message: `pull https://u:${CANARY}@h: Authorization: Bearer ${CANARY}-${CANARY}` },
  middlewares: {
    spec: {
      headers: { customRequestHeaders: { 'X-Key': CANARY } },
      plugin: { bouncer: { anything: CANARY } },
      basicAuth: { users: [CANARY], secret: 'ref' },
      forwardAuth: { address: `https://u:${CANARY}@h` },
    },
  },
  helmreleases: { spec: { values: { a: { password: CANARY } } } },
  helmcharts: { spec: { valuesContent: `password: ${CANARY}`, set: { p: CANARY } } },
  helmchartconfigs: { spec: { valuesContent: `password: ${CANARY}` } },
  applications: {
    spec: {
      source: {
        repoURL: `https://u:${CANARY}@h`,
        helm: {
          values: CANARY,
          valuesObject: { a: CANARY },
          parameters: [{ name: 'a', value: CANARY }],
        },
      },
    },
  },
  externalsecrets: {
    spec: {
      target: {
        template: {
          type: 't',
          data: {
            '.dockerconfigjson': `{"auths":{"{{ .h }}":{"password":"${CANARY}"}}}`,
            other: CANARY,
          },
        },
      },
    },
  },
  clusterexternalsecrets: {
    spec: { externalSecretSpec: { target: { template: { data: { other: CANARY } } } } },
  },
  clusterissuers: {
    spec: {
      acme: { server: 's', solvers: [{ dns01: { webhook: { config: { apiToken: CANARY } } } }] },
      vault: { auth: { token: CANARY } },
    },
  },
  challenges: { spec: { key: CANARY, type: 'HTTP-01' } },
  clusters: { spec: { bootstrap: { initdb: { secret: CANARY } }, superuserPassword: CANARY } },
  servicemonitors: {
    spec: { endpoints: [{ port: 'http', params: { token: [CANARY] }, bearerToken: CANARY }] },
  },
  probes: { spec: { targets: { staticConfig: { static: [`https://u:${CANARY}@h`] } } } },
  nodes: { status: { images: [{ names: [CANARY] }] } },
  serviceaccounts: { other: CANARY },
  httproutes: {
    spec: {
      rules: [
        { filters: [{ requestHeaderModifier: { set: [{ name: 'X-Any', value: CANARY }] } }] },
      ],
    },
  },
};

const { cert, key } = testCertificate({
  names: ['git.example.org', '*.example.org', '127.0.0.1'],
  notBefore: new Date('2026-01-01T00:00:00Z'),
  notAfter: new Date('2026-03-01T00:00:00Z'),
});

const SECRETS: readonly object[] = [
  { type: 'Opaque', data: { password: base64(CANARY), empty: '' }, stringData: { a: CANARY } },
  {
    type: 'kubernetes.io/dockerconfigjson',
    data: {
      '.dockerconfigjson': base64(
        JSON.stringify({
          auths: {
            'git.example.org': { username: 'ci', password: CANARY, auth: base64(`ci:${CANARY}`) },
          },
        }),
      ),
    },
  },
  {
    type: 'kubernetes.io/tls',
    data: { 'tls.crt': base64(cert), 'tls.key': base64(`${key}${CANARY}`) },
  },
  {
    type: 'kubernetes.io/tls',
    data: { 'tls.crt': base64(`no certificate ${CANARY}`), 'tls.key': '' },
  },
];

describe('nothing that is kept holds a secret', () => {
  it.each(Object.keys(KINDS) as LiveKind[])('of %s', (kind) => {
    const object = { metadata: METADATA, ...SECRETIVE[kind] } as KubeObject;
    const kept = JSON.stringify(kindRow(kind).keep(object));
    expect(leaks(kept)).toBe(false);
  });

  it.each(SECRETS)('of a Secret of type %j', (secret) => {
    const kept = kindRow('secrets').keep({ metadata: METADATA, ...secret } as KubeObject);
    expect(leaks(JSON.stringify(kept))).toBe(false);
    expect(JSON.stringify(kept)).not.toContain('PRIVATE KEY');
  });

  it('of the values of a release', async () => {
    const release = helmRelease({
      ...{ name: 'gitea', namespace: 'default', revision: 1, status: 'deployed' },
      chart: { name: 'gitea', version: '12.5.0', values: { password: CANARY } },
      config: { gitea: { config: { database: { PASSWD: CANARY } }, admin: { password: CANARY } } },
      manifest: `password: ${CANARY}`,
    });
    const cluster = new Cluster(
      {
        list: async (resource, _, keep) =>
          resource === 'secrets' ? [keep(release)].flatMap((one) => one ?? []) : [],
        groups: async () => undefined,
        exec: () => Promise.reject(new Error('unused')),
        forward: () => Promise.reject(new Error('unused')),
      },
      { namespaces: [] },
    );
    const kept = [await cluster.releases(), await cluster.objects('secrets')];
    expect(kept[0]).toMatchObject({ releases: [{ chart: { version: '12.5.0' } }] });
    expect(leaks(JSON.stringify(kept))).toBe(false);
  });
});

describe('what is kept is enough to judge', () => {
  const secret = (data: object): KubeObject =>
    kindRow('secrets').keep({ metadata: METADATA, data } as KubeObject)!;

  it('keys of a Secret, and which are empty', () => {
    expect(secret({ a: 'eA==', b: '' }).data).toEqual({ a: base64('redacted'), b: '' });
  });

  it('names and times of a certificate', () => {
    expect(tlsCertificateOf(secret({ 'tls.crt': base64(cert) }))).toMatchObject({
      dnsNames: ['git.example.org', '*.example.org'],
      notBefore: '2026-01-01T00:00:00.000Z',
      notAfter: '2026-03-01T00:00:00.000Z',
    });
    expect(tlsCertificateOf(secret({ 'tls.crt': base64('x') }))).toBeUndefined();
  });

  it('images, references and states of a pod, and options of Traefik', () => {
    const kept = kindRow('pods').keep({
      metadata: METADATA,
      spec: {
        containers: [CONTAINER],
        imagePullSecrets: [{ name: 'pull' }],
        volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'gitea-shared-storage' } }],
      },
      status: {
        phase: 'Pending',
        containerStatuses: [
          {
            state: {
              waiting: { reason: 'ErrImagePull', message: 'failed to fetch oauth token: 401' },
            },
          },
        ],
      },
    } as unknown as KubeObject);
    expect(kept).toMatchObject({
      spec: {
        containers: [{ image: CONTAINER.image, args: ['--entrypoints.web.address=:80'] }],
        imagePullSecrets: [{ name: 'pull' }],
        volumes: [{ persistentVolumeClaim: { claimName: 'gitea-shared-storage' } }],
      },
      status: {
        containerStatuses: [
          { state: { waiting: { message: 'failed to fetch oauth token: 401' } } },
        ],
      },
    });
  });

  it('what a backup saves', () => {
    const container = {
      image: 'gitea',
      command: ['sh', '-c', 'gitea dump --skip-package-data -f /data/backup'],
    };
    const kept = kindRow('cronjobs').keep({
      metadata: METADATA,
      spec: { jobTemplate: { spec: { template: { spec: { containers: [container] } } } } },
    } as unknown as KubeObject);
    expect(JSON.stringify(kept)).toContain(
      '"args":["gitea","dump","--skip-package-data","/data/backup"]',
    );
  });

  it('data of our own ConfigMaps, and keys of others', () => {
    const labels = {
      'app.kubernetes.io/part-of': 'gitea-registry',
      'app.kubernetes.io/managed-by': 'cdk8s-gitea-registry',
    };
    const data = { 'registry.json': '{"host":"git.example.org"}' };
    const map = (metadata: object): KubeObject =>
      kindRow('configmaps').keep({ metadata: { name: 'x', ...metadata }, data } as KubeObject)!;
    expect(map({ labels }).data).toEqual(data);
    expect(map({}).data).toEqual({ 'registry.json': '' });
  });
});
