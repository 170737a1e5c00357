import type { PullSecretOptions } from 'cdk8s-gitea-registry';
import { GiteaRegistry, PullSecret } from 'cdk8s-gitea-registry';
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
