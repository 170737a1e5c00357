import { linksSection } from '../../../src/delivery/handoff/links';
import type { LinkDeclaration } from '../../../src/declaration/model';
import { MINIMAL_DECLARATION } from '../../support/arbitraries';

function rows(...links: LinkDeclaration[]): string[] {
  const [section] = linksSection({ ...MINIMAL_DECLARATION, links });
  return section.lines.filter((line) => line.startsWith('| `'));
}

const LINK: LinkDeclaration = {
  owner: 'mosaic',
  type: 'container',
  name: 'stack-api',
  repository: 'stack',
};

it('is no section where nothing is linked', () => {
  expect(linksSection(MINIMAL_DECLARATION)).toEqual([]);
  expect(linksSection({ ...MINIMAL_DECLARATION, links: [] })).toEqual([]);
});

it('has one row for each repository and type, in the order of the declaration', () => {
  expect(
    rows(
      LINK,
      { ...LINK, type: 'helm', name: 'stack' },
      { ...LINK, repository: 'other', name: 'x' },
      { ...LINK, name: 'team/web' },
      { ...LINK, owner: 'dana', name: 'x' },
    ),
  ).toEqual([
    '| `mosaic/stack` | container | `stack-api`, `team/web` |',
    '| `mosaic/stack` | helm | `stack` |',
    '| `mosaic/other` | container | `x` |',
    '| `dana/stack` | container | `x` |',
  ]);
});

it('says who makes the links, and that none of them hides anything', () => {
  const [{ title, lines }] = linksSection({ ...MINIMAL_DECLARATION, links: [LINK] });
  expect(title).toBe('Package links');
  expect(lines.join(' ')).toContain('run `gitea-registry links apply`');
  expect(lines.join(' ')).toContain('A link hides nothing');
});
