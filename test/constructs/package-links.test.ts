import type { PackageLinks } from 'cdk8s-gitea-registry';
import {
  ForgeRelease,
  GiteaRegistry,
  PackageOwner,
  V2Route,
  RegistryTls,
  Visibility,
} from 'cdk8s-gitea-registry';
import { parseDeclaration } from 'cdk8s-gitea-registry/declaration';
import { emptyChart, manifest, manifests, minimalProps, RELEASE } from '../support/registries';
import { messageOf } from '../support/thrown';

function registry(chart = emptyChart()): GiteaRegistry {
  return new GiteaRegistry(chart, 'Registry', {
    ...minimalProps(),
    owners: [PackageOwner.organization('mosaic', { visibility: Visibility.PRIVATE })],
  });
}

const IMAGES: PackageLinks = {
  owner: 'mosaic',
  repository: 'stack',
  names: ['stack-api', 'stack-web'],
};

const linksOf = (linked: GiteaRegistry) => parseDeclaration(linked.declaration).links;

it('links images unless another type is named', () => {
  const linked = registry();
  linked.linkPackages(IMAGES);
  linked.linkPackages({ owner: 'mosaic', repository: 'charts', type: 'helm', names: ['stack'] });
  expect(linksOf(linked)).toEqual([
    { owner: 'mosaic', type: 'container', name: 'stack-api', repository: 'stack' },
    { owner: 'mosaic', type: 'container', name: 'stack-web', repository: 'stack' },
    { owner: 'mosaic', type: 'helm', name: 'stack', repository: 'charts' },
  ]);
});

it('renders nothing but the declaration and the page', () => {
  const chart = emptyChart();
  const linked = registry(chart);
  const before = linked.values;
  linked.linkPackages(IMAGES);
  expect(manifests(chart).map(({ kind }) => kind)).toEqual(['ConfigMap']);
  expect(manifest(chart, 'ConfigMap').data).toEqual({ 'registry.json': linked.declaration });
  expect(linked.values).toBe(before);
  expect(linked.handoff).toContain('| `mosaic/stack` | container | `stack-api`, `stack-web` |');
});

it('leaves a declaration without links as it was', () => {
  expect(linksOf(registry())).toBeUndefined();
  expect(registry().declaration).not.toContain('links');
});

it('does not see a list that the caller changes afterwards', () => {
  const names = ['stack-api'];
  const linked = registry();
  linked.linkPackages({ ...IMAGES, names });
  names.push('late');
  expect(linksOf(linked)).toHaveLength(1);
});

it.each<[why: string, links: PackageLinks, said: RegExp]>([
  [
    'the owner is no name',
    { ...IMAGES, owner: 'mosaic/stack' },
    /^linkPackages\.owner 'mosaic\/stack' must be a name Gitea accepts.*\(REG320\)$/,
  ],
  [
    'the owner is not declared',
    { ...IMAGES, owner: 'acme' },
    /^links\[1\]\.owner 'acme' is no declared owner: add it to the owners.*\(REG320\)$/,
  ],
  [
    'the repository names its owner',
    { ...IMAGES, repository: 'mosaic/stack' },
    /^linkPackages\.repository 'mosaic\/stack' must be the name of a repository without its owner.*never leaves the owner.*\(REG914\)$/,
  ],
  [
    'the type has capitals',
    { ...IMAGES, type: 'Helm' },
    /^linkPackages\.type 'Helm' must be a package type in lower case.*\(REG913\)$/,
  ],
  [
    'Gitea has no such type',
    { ...IMAGES, type: 'oci' },
    /^links\[1\]\.type 'oci' is not a package type of gitea; known: .*\(REG913\)$/,
  ],
  [
    'a name has a tag',
    { ...IMAGES, names: ['stack-web', 'stack-api:1.0'] },
    /^linkPackages\.names\[1\] 'stack-api:1\.0' must be an image name.*\(REG470\)$/,
  ],
  [
    'there is no name',
    { ...IMAGES, names: [] },
    /^linkPackages\.names a list of 0 must have 1 to 500 entries \(REG660\)$/,
  ],
  [
    'the names are no list',
    { ...IMAGES, names: 'stack-api' as never },
    /^linkPackages\.names 'stack-api' must be a list \(REG660\)$/,
  ],
  [
    'a package is linked already',
    { ...IMAGES, names: ['other', 'first'] },
    /^links\[2\]\.name 'first' is linked twice: a package has one repository.*\(REG917\)$/,
  ],
])('refuses all links of a call when %s, and keeps those before', (_why, links, said) => {
  const chart = emptyChart();
  const linked = registry(chart);
  linked.linkPackages({ ...IMAGES, names: ['first'] });
  const before = [linked.declaration, linked.handoff, manifests(chart)];
  expect(messageOf(() => linked.linkPackages(links))).toMatch(said);
  expect([linked.declaration, linked.handoff, manifests(chart)]).toEqual(before);
});

it('refuses more links than a declaration that is read back may have', () => {
  const linked = registry();
  const names = Array.from({ length: 250 }, (_, index) => `image-${index}`);
  linked.linkPackages({ ...IMAGES, names });
  linked.linkPackages({ ...IMAGES, type: 'generic', names });
  expect(linksOf(linked)).toHaveLength(500);
  expect(() => linked.linkPackages(IMAGES)).toThrow(
    /^linkPackages 'stack' makes 502 links of the 500 allowed \(REG660\)$/,
  );
});

it('fails synth where the declared version cannot link, as a rule that is judged anew with each call', () => {
  const chart = emptyChart();
  const old = new GiteaRegistry(chart, 'Registry', {
    ...minimalProps(),
    release: ForgeRelease.gitea({ ...RELEASE, chartVersion: '11.0.0', appVersion: '1.23.8' }),
    owners: [PackageOwner.organization('mosaic', { visibility: Visibility.PRIVATE })],
  });
  old.exposeV2(
    V2Route.traefikIngress({
      tls: RegistryTls.existingSecret({ secretName: 'wildcard', producer: 'platform' }),
    }),
  );
  const messages = () => old.node.validate();
  expect(messages()).toEqual([]);
  old.linkPackages(IMAGES);
  expect(messages()).toEqual([
    expect.stringMatching(
      /^RegistryDeclaration git\.example\.org at release\.appVersion: Gitea '1\.23\.8', while 2 package links are declared; expected Gitea 1\.24\.0 or newer.*\(REG911\)$/,
    ),
  ]);
});
