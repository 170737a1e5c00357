import fc from 'fast-check';
import { linkPackage } from '../../../src/rules/links/link-package';
import { packageLinked } from '../../../src/rules/links/package-linked';
import { asManifest } from '../../../src/rules/manifest';
import type { Manifest } from '../../../src/rules/manifest';
import { registryJson } from '../../support/registry-json';
import { findings } from '../fixture';

interface Link {
  readonly owner: string;
  readonly name: string;
}

/** A registry with links of images, and a workload that uses images of it. */
function estate(links: readonly Link[], images: readonly string[]): Manifest[] {
  const owners = [...new Set(links.map(({ owner }) => owner))];
  const declaration = registryJson({
    owners: owners.map((name) => ({ kind: 'organization', name, visibility: 'private' })),
    links: links.map((link) => ({ ...link, type: 'container', repository: 'shop' })),
  });
  const containers = images.map((image) => ({ name: 'x', image: `git.example.org/${image}:1` }));
  const spec = { template: { spec: { containers } } };
  return [
    asManifest(declaration, {}),
    asManifest({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'x' }, spec }, {}),
  ];
}

const observed = (links: readonly Link[], images: readonly string[]): string[] =>
  findings(estate(links, images), [linkPackage]).map((finding) => finding.observed);

const name = fc
  .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 2 })
  .chain((words) => fc.constantFrom('-', '_', '/', '.').map((sign) => words.join(sign)));
const owner = fc.constantFrom('acme', 'lab');
const links = fc.uniqueArray(fc.record({ owner, name }), {
  selector: (link) => `${link.owner}/${link.name}`,
  maxLength: 4,
});
const images = fc.array(
  fc.tuple(owner, name).map((parts) => parts.join('/')),
  { maxLength: 4 },
);

test('a link whose image is in use is never doubted, nor an image that is linked taken for another', () => {
  fc.assert(
    fc.property(links, images, (declared, used) => {
      const linked = declared.map((link) => `${link.owner}/${link.name}`);
      for (const text of observed(declared, used)) {
        const [, owner, name, image] = /^a link of '(.*?)\/container\/(.*?)', .* '(.*)'$/.exec(
          text,
        )!;
        expect(used).not.toContain(`${owner}/${name}`);
        expect(used).toContain(image);
        expect(linked).not.toContain(image);
      }
    }),
    { numRuns: 120 },
  );
});

test('an image in use is linked, doubted or reported, and no two of them', () => {
  fc.assert(
    fc.property(links, images, (declared, used) => {
      const linked = declared.map((link) => `${link.owner}/${link.name}`);
      const owners: readonly string[] = declared.map((link) => link.owner);
      const meant = observed(declared, used).map((text) => /'([^']*)'$/.exec(text)![1]);
      const reported = findings(estate(declared, used), [packageLinked]).map(
        (finding) => /^image '([^']*)'/.exec(finding.observed)![1],
      );
      const expected = [...new Set(used)].filter(
        (image) =>
          owners.includes(image.split('/')[0]) && !linked.includes(image) && !meant.includes(image),
      );
      expect(reported).toEqual(expected);
    }),
    { numRuns: 120 },
  );
});

test('nothing is found where no image is linked', () => {
  fc.assert(
    fc.property(images, (used) => {
      expect(findings(estate([], used), [linkPackage, packageLinked])).toEqual([]);
    }),
    { numRuns: 50 },
  );
});

test('an image that differs in separators is likelier than one at another depth, and that than another owner', () => {
  const link = { owner: 'acme', name: 'web-app' };
  const lab = { owner: 'lab', name: 'linked' };
  const meant = (...used: string[]) => observed([link, lab], used)[0]?.match(/'([^']*)'$/)![1];
  expect(meant('lab/web-app', 'acme/shop/web-app', 'acme/webapp')).toBe('acme/webapp');
  expect(meant('lab/web-app', 'acme/shop/web-app')).toBe('acme/shop/web-app');
  expect(meant('lab/web-app')).toBe('lab/web-app');
  expect(meant('lab/webapp', 'acme/other/web-app', 'lab/shop/web-app')).toBeUndefined();
});
