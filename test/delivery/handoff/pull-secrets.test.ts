import type { PullSecretOptions } from 'cdk8s-gitea-registry';
import {
  GiteaRegistry,
  NodeDistribution,
  PullSecret,
  RemoteCredential,
  SecretCopier,
  SecretStoreRef,
} from 'cdk8s-gitea-registry';
import { parse } from 'yaml';
import { pullSecretsSection } from '../../../src/delivery/handoff/pull-secrets';
import { emptyChart, minimalProps, registryCase } from '../../support/registries';
import { shellWords } from '../../support/shell-words';

function section(secrets: { readonly [id: string]: PullSecret }): string[] {
  const registry = new GiteaRegistry(emptyChart(), 'Registry', minimalProps());
  for (const [id, secret] of Object.entries(secrets)) {
    registry.addPullSecret(id, secret);
  }
  return [...pullSecretsSection(registry._toDeclaration()).lines];
}

const existing = (namespace: string, options?: PullSecretOptions) =>
  PullSecret.fromSecretName(namespace, 'gitea-pull', options);

const CREATE =
  'kubectl create secret generic gitea-pull -n apps --type=kubernetes.io/dockerconfigjson --from-file=.dockerconfigjson=FILE';

it('gives the exact command for each secret that is made by hand', () => {
  const lines = section({ Apps: existing('apps'), Hub: existing('hub') });
  expect(lines.filter((line) => line.startsWith('kubectl create secret'))).toEqual([
    CREATE,
    CREATE.replace('-n apps', '-n hub'),
  ]);
});

it('gives the command with placeholders where nothing is declared, and says so', () => {
  const lines = section({});
  expect(lines[0]).toMatch(/^None is declared\./);
  expect(lines).toContain(
    'kubectl create secret generic NAME -n NAMESPACE --type=kubernetes.io/dockerconfigjson --from-file=.dockerconfigjson=FILE',
  );
  expect(lines.join('\n')).not.toContain('kubectl patch');
});

it('gives a patch line for each ServiceAccount that exists, which keeps its other pull secrets', () => {
  const lines = section({
    Apps: existing('apps', { serviceAccount: { name: 'default' } }),
    Hub: existing('hub', { serviceAccount: { name: 'hub', create: true } }),
    Plain: existing('plain'),
  });
  const patches = lines.filter((line) => line.startsWith('kubectl patch'));
  expect(patches).toEqual([
    `kubectl patch serviceaccount default -n apps -p '{"imagePullSecrets":[{"name":"gitea-pull"}]}'`,
  ]);
  const words = shellWords(patches[0]);
  expect(JSON.parse(words[words.length - 1])).toEqual({
    imagePullSecrets: [{ name: 'gitea-pull' }],
  });
});

it('has no patch block where every ServiceAccount is rendered', () => {
  const lines = section({
    Hub: existing('hub', { serviceAccount: { name: 'hub', create: true } }),
  });
  expect(lines.join('\n')).not.toMatch(/patch|exist already/);
  expect(lines).toContain(
    '| Hub | `hub` | `gitea-pull` | by hand, see below | ServiceAccount `hub` (rendered) |',
  );
});

it('tells what the operator makes from what is made by hand', () => {
  const { registry } = registryCase('full');
  const rows = pullSecretsSection(registry._toDeclaration()).lines.filter((line) =>
    line.startsWith('| '),
  );
  expect(rows.slice(2)).toEqual([
    '| Stack | `mosaic-stack` | `gitea-pull` | External Secrets Operator | ServiceAccount `mosaic-app` (rendered) |',
    '| Hub | `state-hub` | `gitea-pull` | by hand, see below | ServiceAccount `state-hub` (patch below) |',
    '| Batch | `batch` | `gitea-pull` | by hand, see below | `imagePullSecrets` of the pod |',
  ]);
});

it('names the key the docker config must have, port included', () => {
  const { lines } = pullSecretsSection(registryCase('port-in-host').registry._toDeclaration());
  expect(lines.join('\n')).toContain('below exactly `git.example.org:8443`');
});

const rowsOf = (lines: readonly string[]): string[] =>
  lines.filter((line) => line.startsWith('| ')).slice(2);

const STORED = {
  store: SecretStoreRef.clusterSecretStore('openbao'),
  credential: RemoteCredential.accessToken({ key: 'apps/pull', username: 'puller' }),
};

const FILE = { name: 'gitea-pull', namespace: 'apps' };

it('says which namespaces get a cluster-wide secret, and how one gets the label', () => {
  const lines = section({
    Teams: PullSecret.clusterExternalSecret({
      ...STORED,
      name: 'gitea-pull',
      namespaceLabels: { 'registry-pull': 'git', tier: 'production' },
      namespaces: ['apps', 'web'],
    }),
    Named: PullSecret.clusterExternalSecret({ ...STORED, name: 'other', namespaces: ['batch'] }),
  });
  expect(rowsOf(lines)).toEqual([
    '| Teams | all with `registry-pull: git` and `tier: production`, `apps`, `web` | `gitea-pull` | External Secrets Operator | `imagePullSecrets` of the pod |',
    '| Named | `batch` | `other` | External Secrets Operator | `imagePullSecrets` of the pod |',
  ]);
  expect(lines.filter((line) => line.startsWith('kubectl label'))).toEqual([
    'kubectl label namespace NAMESPACE registry-pull=git tier=production',
  ]);
});

it('gives the command that makes a committed file, with no token in an argument', () => {
  const lines = section({
    Apps: PullSecret.sealedSecret({ ...FILE, file: 'apps/pull.sealed.yaml' }),
    Web: PullSecret.sopsFile({ ...FILE, namespace: 'web', file: 'web/pull.sops.yaml' }),
  });
  expect(rowsOf(lines).map((row) => row.split(' | ')[3])).toEqual([
    'SealedSecret in `apps/pull.sealed.yaml`',
    'SOPS file `web/pull.sops.yaml`',
  ]);
  const made =
    'gitea-registry pull-secret --registry git.example.org --user USER --token-file token.txt';
  expect(lines.filter((line) => line.startsWith('gitea-registry'))).toEqual([
    `${made} --name gitea-pull --namespace apps --seal cert.pem --output-file apps/pull.sealed.yaml`,
    `${made} --name gitea-pull --namespace web --output yaml | sops encrypt --encrypted-regex '^(data|stringData)$' --filename-override web/pull.sops.yaml --output web/pull.sops.yaml /dev/stdin`,
  ]);
});

describe('a copy', () => {
  const copy = (namespace: string, by?: SecretCopier) =>
    PullSecret.reflected({ ...FILE, namespace, fromNamespace: 'apps', ...(by && { by }) });
  const REFLECTOR = 'reflector.v1.k8s.emberstack.com';
  const annotate = (lines: readonly string[]) =>
    lines.filter((line) => line.startsWith('kubectl annotate'));

  it('says what it is a copy of', () => {
    expect(rowsOf(section({ Web: copy('web', SecretCopier.REPLICATOR) }))).toEqual([
      '| Web | `web` | `gitea-pull` | copy of `apps/gitea-pull` by replicator | `imagePullSecrets` of the pod |',
    ]);
  });

  it('is asked for with one line a source, whether that is declared or not', () => {
    const copies = { Web: copy('web'), Api: copy('api'), Cd: copy('cd', SecretCopier.REPLICATOR) };
    for (const secrets of [copies, { Apps: existing('apps'), ...copies }]) {
      const [line, ...more] = annotate(section(secrets));
      expect(more).toEqual([]);
      expect(shellWords(line)).toEqual([
        ...['kubectl', 'annotate', 'secret', 'gitea-pull', '-n', 'apps', '--overwrite'],
        `${REFLECTOR}/reflection-allowed=true`,
        `${REFLECTOR}/reflection-allowed-namespaces=web,api`,
        `${REFLECTOR}/reflection-auto-enabled=true`,
        `${REFLECTOR}/reflection-auto-namespaces=web,api`,
        'replicator.v1.mittwald.de/replicate-to=cd',
      ]);
    }
  });

  it('of a committed file is asked for in the file', () => {
    const sealed = section({
      Apps: PullSecret.sealedSecret({ ...FILE, file: 'pull.yaml' }),
      Web: copy('web'),
    });
    expect(sealed).toContain(
      'Copies of `apps/gitea-pull` are asked for by `spec.template.metadata.annotations` of `pull.yaml`:',
    );
    expect(sealed).toContain(`${REFLECTOR}/reflection-auto-namespaces: "web"`);
    const encrypted = section({
      Apps: PullSecret.sopsFile({ ...FILE, file: 'pull.sops.yaml' }),
      Web: copy('web'),
    });
    expect(encrypted.join('\n')).toContain('`metadata.annotations` of `pull.sops.yaml`');
    expect(annotate([...sealed, ...encrypted])).toEqual([]);
  });

  it('of an ExternalSecret of this registry needs nothing', () => {
    const lines = section({
      Apps: PullSecret.externalSecret({ ...STORED, ...FILE }),
      Web: copy('web'),
    });
    expect(lines.join('\n')).not.toMatch(/Copies of|annotate/);
  });
});

it('says what to write on nodes, and where', () => {
  const lines = section({
    Nodes: PullSecret.nodeRegistries(),
    Rancher: PullSecret.nodeRegistries({ distribution: NodeDistribution.RKE2 }),
  });
  expect(rowsOf(lines)[0]).toBe(
    '| Nodes | all | none | on each node, see below | the container runtime |',
  );
  const text = lines.join('\n');
  expect(text).toContain('`/etc/rancher/k3s/registries.yaml` (owner root, mode 0600)');
  expect(text).toContain('`/etc/rancher/rke2/registries.yaml`');
  expect(text).toContain('systemctl restart rke2-server  # on agents: rke2-agent');
  const block = text.slice(text.indexOf('```yaml\n') + 8);
  expect(parse(block.slice(0, block.indexOf('```')))).toEqual({
    configs: { 'git.example.org': { auth: { username: 'USER', password: 'TOKEN' } } },
  });
});
