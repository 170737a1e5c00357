import { added, coulombBut, edited, without } from './edit';
import type { Editable } from './edit';
import type { ClusterScenario } from './scenario';

const POD = 'state-hub/state-hub-5d8f9c7b4-qm7zt';
const SECRET = 'state-hub/gitea-pull';
const IMAGE = 'gitea.coulomb.social/coulomb/state-hub:6186a99';

/** The pod waits for its image. */
function waiting(message: string): (pod: Editable) => void {
  return (pod) => {
    pod.status.phase = 'Pending';
    pod.status.conditions = [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }];
    pod.status.containerStatuses = [
      {
        name: 'state-hub',
        image: IMAGE,
        imageID: '',
        ready: false,
        restartCount: 0,
        state: { waiting: { reason: 'ImagePullBackOff', message } },
      },
    ];
  };
}

/** What the kubelet wrote about it. */
function event(message: string, reason = 'Failed'): object {
  const [namespace, name] = POD.split('/');
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.${reason.toLowerCase()}`, namespace },
    involvedObject: { kind: 'Pod', namespace, name },
    type: 'Warning',
    reason,
    message,
    count: 7,
    lastTimestamp: '2025-11-20T08:00:00Z',
  };
}

const failing = (message: string): ReturnType<typeof added>[] => [
  edited('Pod', POD, waiting(`Back-off pulling image "${IMAGE}"`)),
  added(event(`Failed to pull image "${IMAGE}": ${message}`)),
];

/** The pull secret, decoded, changed and encoded again. */
function dockerConfig(change: (config: Editable) => unknown): ReturnType<typeof added> {
  return edited('Secret', SECRET, (secret) => {
    const text = Buffer.from(secret.data['.dockerconfigjson'], 'base64').toString();
    const config = JSON.parse(text) as Editable;
    const changed = change(config) ?? config;
    const next = typeof changed === 'string' ? changed : JSON.stringify(changed);
    secret.data['.dockerconfigjson'] = Buffer.from(next).toString('base64');
  });
}

const UNAUTHORIZED =
  'failed to pull and unpack image: failed to resolve reference: failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://gitea.coulomb.social/v2/token: 401 Unauthorized';

const isPrivate = edited('ConfigMap', 'default/gitea-registry', (map) => {
  const declaration = JSON.parse(map.data['registry.json']) as Editable;
  declaration.owners[0].visibility = 'private';
  map.data['registry.json'] = JSON.stringify(declaration);
});

/** Step P12: pods that cannot have their image. */
export const PULLS: readonly ClusterScenario[] = [
  {
    name: 'the pull secret is not in the namespace of the pod',
    code: 'REG540',
    find: coulombBut(isPrivate, without('Secret', SECRET), ...failing(UNAUTHORIZED)),
  },
  {
    name: 'the pod does not name the pull secret',
    code: 'REG541',
    find: coulombBut(
      isPrivate,
      edited('Deployment', 'state-hub/state-hub', (deployment) => {
        delete deployment.spec.template.spec.imagePullSecrets;
      }),
      edited('Pod', POD, (pod) => {
        delete pod.spec.imagePullSecrets;
      }),
      ...failing(UNAUTHORIZED),
    ),
  },
  {
    name: 'the pull secret is no JSON',
    code: 'REG542',
    find: coulombBut(
      isPrivate,
      dockerConfig(() => '{"auths": '),
      ...failing(UNAUTHORIZED),
    ),
  },
  {
    name: 'the pull secret is of the type Opaque',
    code: 'REG542',
    find: coulombBut(
      isPrivate,
      edited('Secret', SECRET, (secret) => {
        secret.type = 'Opaque';
      }),
      ...failing(UNAUTHORIZED),
    ),
  },
  {
    name: 'the auth of the pull secret is not the user and the token',
    code: 'REG542',
    find: coulombBut(
      isPrivate,
      dockerConfig((config) => {
        config.auths['gitea.coulomb.social'] = { auth: 'not base64 at all!' };
      }),
      ...failing(UNAUTHORIZED),
    ),
  },
  {
    name: 'the pull secret is for another host',
    code: 'REG543',
    find: coulombBut(
      isPrivate,
      dockerConfig((config) => ({
        auths: { 'https://git.coulomb.social': config.auths['gitea.coulomb.social'] },
      })),
      ...failing(UNAUTHORIZED),
    ),
  },
  {
    name: 'the pull secret has a refused token',
    code: 'REG312',
    find: coulombBut(
      isPrivate,
      ...failing(
        'failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://gitea.coulomb.social/v2/token: 401 Unauthorized',
      ),
    ),
  },
  {
    name: 'the node does not trust the certificate',
    code: 'REG123',
    find: coulombBut(
      ...failing(
        'failed to do request: Head "https://gitea.coulomb.social/v2/coulomb/state-hub/manifests/6186a99": tls: failed to verify certificate: x509: certificate signed by unknown authority',
      ),
    ),
  },
  {
    name: 'the node does not know the name',
    code: 'REG114',
    find: coulombBut(
      ...failing(
        'failed to do request: Head "https://gitea.coulomb.social/v2/coulomb/state-hub/manifests/6186a99": dial tcp: lookup gitea.coulomb.social on 10.43.0.10:53: no such host',
      ),
    ),
  },
  {
    name: 'the tag of a running workload was deleted',
    code: 'REG723',
    find: coulombBut(
      ...failing(
        'failed to resolve reference "gitea.coulomb.social/coulomb/state-hub:6186a99": gitea.coulomb.social/coulomb/state-hub:6186a99: not found',
      ),
    ),
  },
  {
    name: 'External Secrets cannot write the pull secret',
    code: 'REG545',
    find: coulombBut(
      isPrivate,
      without('Secret', SECRET),
      added({
        apiVersion: 'external-secrets.io/v1',
        kind: 'ExternalSecret',
        metadata: { name: 'gitea-pull', namespace: 'state-hub' },
        spec: {
          secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
          target: {
            name: 'gitea-pull',
            template: {
              type: 'kubernetes.io/dockerconfigjson',
              data: { '.dockerconfigjson': '{{ .config }}' },
            },
          },
          data: [{ secretKey: 'config', remoteRef: { key: 'gitea-pull' } }],
        },
        status: {
          conditions: [
            {
              type: 'Ready',
              status: 'False',
              reason: 'SecretSyncedError',
              message: 'could not get secret data from provider',
            },
          ],
        },
      }),
    ),
  },
  {
    name: 'a pod cannot have its image and nothing says why',
    code: 'REG561',
    find: coulombBut(...failing('unexpected EOF')),
  },
];
