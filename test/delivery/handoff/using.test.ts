import type { GiteaRegistryProps } from 'cdk8s-gitea-registry';
import {
  GiteaRegistry,
  PackageOwner,
  RegistryTls,
  V2Route,
  Visibility,
} from 'cdk8s-gitea-registry';
import {
  namingSection,
  registrySection,
  usageSection,
  verifiedImagesSection,
  visibilitySection,
} from '../../../src/delivery/handoff/using';
import { emptyChart, fullProps, minimalProps, registryCase } from '../../support/registries';

const declaration = (props: Partial<GiteaRegistryProps> = {}) =>
  new GiteaRegistry(emptyChart(), 'Registry', { ...minimalProps(), ...props })._toDeclaration();

it('names product, release and the probe that must answer 401', () => {
  const gitea = registrySection(declaration()).lines.join('\n');
  expect(gitea).toContain('| Product | Gitea 1.25.4, chart 12.5.0 |');
  expect(gitea).toContain('`gitea` in namespace `git`');
  expect(gitea).toContain('`curl -si https://git.example.org/v2/` answers 401');
  const forgejo = registrySection(registryCase('forgejo').registry._toDeclaration()).lines;
  expect(forgejo.join('\n')).toContain('| Product | Forgejo 11.0.1+gitea-1.22.0, chart 12.0.1 |');
});

it('names the web pages where they are elsewhere, and how an authority that is not public is trusted', () => {
  const page = (props: Partial<GiteaRegistryProps>): string =>
    registrySection(declaration(props)).lines.join('\n');
  expect(page({})).not.toMatch(/Web pages|Certificate/);
  expect(page({ uiPath: '/git' })).toContain('| Web pages | `https://git.example.org/git/`;');
  expect(page({ uiHost: 'code.example.org' })).toContain(
    '| Web pages | `https://code.example.org/`;',
  );
  const registry = new GiteaRegistry(emptyChart(), 'Registry', minimalProps());
  const nodeTrust = 'the root is in every node image';
  registry.exposeV2(
    V2Route.nginxIngress({
      tls: RegistryTls.existingSecret({ secretName: 'tls', producer: 'pki', nodeTrust }),
    }),
  );
  expect(registrySection(registry._toDeclaration()).lines).toContain(
    `| Certificate | of an authority that is not public: ${nodeTrust} |`,
  );
});

it('takes the first owner for its examples, in lower case as references demand', () => {
  const owned = declaration(fullProps());
  expect(namingSection(owned).lines[0]).toContain('`git.example.org/platform/app:1.0.0`');
  expect(usageSection(owned).lines).toContain('docker push git.example.org/platform/app:1.0.0');
  expect(namingSection(declaration()).lines[0]).toContain('`git.example.org/OWNER/app:1.0.0`');
  expect(usageSection(declaration()).lines).toContain(
    'docker push git.example.org/OWNER/app:1.0.0',
  );
});

it('logs in with a token from standard input', () => {
  expect(usageSection(declaration()).lines).toContain(
    'docker login git.example.org --username USER --password-stdin < token.txt',
  );
});

it('says of each visibility who can pull', () => {
  const owners = Object.values(Visibility).map((visibility) =>
    PackageOwner.user(visibility, { visibility }),
  );
  const { lines } = visibilitySection(declaration({ owners }));
  expect(lines.filter((line) => line.startsWith('| `'))).toEqual([
    '| `public` | user | public | no pull secret needed; anyone on the network can pull |',
    '| `limited` | user | limited | every signed-in user can pull; pods need a pull secret |',
    '| `private` | user | private | members only; pods need a pull secret of a member |',
  ]);
  expect(visibilitySection(declaration()).lines).toContain('No owner is declared.');
});

it('lists verified images with digest and record, a dash where there is none', () => {
  const [section] = verifiedImagesSection(declaration(fullProps()));
  expect(section.lines.slice(2)).toEqual([
    `| \`git.example.org/platform/state-hub:6186a99\` | \`sha256:${'0123456789abcdef'.repeat(4)}\` | CUST-WP-0011 |`,
    `| \`git.example.org/mosaic/a/b:v1\` | \`sha256:${'f'.repeat(64)}\` | – |`,
  ]);
  expect(verifiedImagesSection(declaration())).toEqual([]);
});
