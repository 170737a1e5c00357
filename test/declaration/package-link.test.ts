import { MOST_LINKS } from '../../src/declaration/package-link';
import type { LinkDeclaration, RegistryDeclaration } from '../../src/declaration/model';
import { asDeclaration, parseDeclaration, printDeclaration } from '../../src/declaration/parse';
import { MINIMAL_DECLARATION } from '../support/arbitraries';
import { messageOf } from '../support/thrown';

const LINK: LinkDeclaration = {
  owner: 'mosaic',
  type: 'container',
  name: 'stack-api',
  repository: 'stack',
};

function withLinks(
  links: LinkDeclaration[],
  flavor: RegistryDeclaration['release']['flavor'] = 'gitea',
): RegistryDeclaration {
  return {
    ...MINIMAL_DECLARATION,
    release: { ...MINIMAL_DECLARATION.release, flavor },
    owners: [
      { kind: 'organization', name: 'Mosaic', visibility: 'private' },
      { kind: 'user', name: 'dana', visibility: 'public' },
    ],
    links,
  };
}

const refusal = (...links: LinkDeclaration[]): string[] =>
  messageOf(() => asDeclaration(withLinks(links))).split('\n');

describe('links of packages', () => {
  it('may be absent, and then leave no trace', () => {
    expect(printDeclaration(MINIMAL_DECLARATION)).not.toContain('links');
    expect(parseDeclaration(printDeclaration(MINIMAL_DECLARATION))).not.toHaveProperty('links');
  });

  it('stand behind the owners, in the order they were declared', () => {
    const links = [LINK, { ...LINK, name: 'a' }, { ...LINK, owner: 'dana', type: 'helm' }];
    const read = asDeclaration(withLinks(links));
    expect(read.links).toEqual(links);
    expect(Object.keys(read).slice(6, 9)).toEqual(['owners', 'links', 'limits']);
    expect(Object.keys(read.links![0])).toEqual(['owner', 'type', 'name', 'repository']);
  });

  it('may name an owner in other case: Gitea ignores it', () => {
    expect(() => asDeclaration(withLinks([{ ...LINK, owner: 'MOSAIC' }]))).not.toThrow();
  });

  it('may lead several packages to one repository, and equal names of two types or owners', () => {
    const links = [
      LINK,
      { ...LINK, name: 'stack-web' },
      { ...LINK, type: 'helm' },
      { ...LINK, owner: 'dana' },
    ];
    expect(() => asDeclaration(withLinks(links))).not.toThrow();
  });

  it('are refused for an owner that is not declared, once for each', () => {
    expect(
      refusal(
        { ...LINK, owner: 'acme' },
        LINK,
        { ...LINK, owner: 'Acme', name: 'b' },
        { ...LINK, owner: 'x' },
      ),
    ).toEqual([
      "links[0].owner 'acme' is no declared owner: add it to the owners, with its visibility (REG320)",
      "links[3].owner 'x' is no declared owner: add it to the owners, with its visibility (REG320)",
    ]);
  });

  it('are refused for a type the product does not have', () => {
    const alt = { ...LINK, type: 'alt' };
    expect(refusal(alt, { ...alt, name: 'b' })).toEqual([
      expect.stringMatching(
        /^links\[0\]\.type 'alt' is not a package type of gitea; known: alpine, arch,.*\(REG913\)$/,
      ),
    ]);
    expect(() => asDeclaration(withLinks([alt], 'forgejo'))).not.toThrow();
  });

  it('are refused for a name their type does not have', () => {
    expect(refusal({ ...LINK, name: 'Stack' }, { ...LINK, type: 'helm', name: 'a/b' })).toEqual([
      expect.stringMatching(/^links\[0\]\.name 'Stack' must be an image name .*\(REG470\)$/),
      expect.stringMatching(
        /^links\[1\]\.name 'a\/b' must be the name of a package: .*\(REG913\)$/,
      ),
    ]);
  });

  it('are refused when a package has two, to one repository or to two', () => {
    const twice =
      "links[1].name 'stack-api' is linked twice: a package has one repository; keep one of the links (REG917)";
    expect(refusal(LINK, LINK)).toEqual([twice]);
    expect(refusal(LINK, { ...LINK, owner: 'Mosaic', repository: 'other' })).toEqual([twice]);
    const generic = { ...LINK, type: 'generic' };
    expect(refusal(generic, { ...generic, name: 'Stack-API' })[0]).toContain('linked twice');
  });

  it('are as many as a registry of a few hundred packages needs', () => {
    const links = Array.from({ length: MOST_LINKS }, (_, index) => ({
      ...LINK,
      name: `a${index}`,
    }));
    expect(() => asDeclaration(withLinks(links))).not.toThrow();
    expect(refusal(...links, LINK)).toEqual([
      'links a list of 501 must have 0 to 500 entries (REG660)',
    ]);
  });
});
