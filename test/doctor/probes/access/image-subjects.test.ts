import fc from 'fast-check';
import type { OwnerVisibility, RegistryDeclaration } from '../../../../src/declaration/model';
import { imageSubjects } from '../../../../src/doctor/observe/image-subjects';
import { mayRead, mayWrite } from '../../../../src/doctor/probes/access/scopes';
import { registryJson } from '../../../support/registry-json';

const name = fc.stringMatching(/^[a-c]{1,2}$/);
const mixed = fc.oneof(
  name,
  name.map((text) => text.toUpperCase()),
);
const repository = fc.tuple(mixed, name).map((parts) => parts.join('/'));
const visibility = fc.constantFrom<OwnerVisibility>('public', 'limited', 'private');

describe('what is looked at', () => {
  test('is each owner once by its images, or by one that stands for it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ kind: fc.constant('user'), name: mixed, visibility }), {
          maxLength: 4,
        }),
        fc.array(repository, { maxLength: 4 }),
        fc.array(mixed, { maxLength: 3 }),
        fc.option(repository, { nil: undefined }),
        (owners, images, others, published) => {
          const handoff = {
            verifiedImages: images.map((each) => ({ repository: each, tag: 'v', digest: 'd' })),
          };
          const declaration = registryJson({
            owners,
            handoff,
          }) as unknown as RegistryDeclaration;
          const subjects = imageSubjects({
            host: 'git.example.org',
            paths: [],
            declaration,
            owners: others,
            ...(published !== undefined && { publish: { repository: published } }),
          });
          const named = [...images, ...(published === undefined ? [] : [published])];
          const all = [
            ...owners.map((owner) => owner.name),
            ...others,
            ...named.map((each) => each.split('/')[0]),
          ].map((each) => each.toLowerCase());
          expect(new Set(subjects.map(({ owner }) => owner.toLowerCase()))).toEqual(new Set(all));
          const known = subjects.filter(({ isKnown }) => isKnown);
          expect(known.map((each) => each.repository).sort()).toEqual([...new Set(named)].sort());
          const standing = subjects.filter(({ isKnown }) => !isKnown).map(({ owner }) => owner);
          const lower = standing.map((each) => each.toLowerCase());
          expect(new Set(lower).size).toBe(lower.length);
          expect(known.filter(({ owner }) => lower.includes(owner.toLowerCase()))).toEqual([]);
        },
      ),
    );
  });
});

describe('scopes', () => {
  const scope = fc.constantFrom(
    'all',
    'public-only',
    'read:package',
    'write:package',
    'write:user',
    'read:packages',
  );

  test('that allow writing allow reading', () => {
    fc.assert(
      fc.property(fc.array(scope), (scopes) => {
        const token = { value: 't', expiresAt: 0, scopes };
        expect(mayWrite(token) && !mayRead(token)).toBe(false);
      }),
    );
  });

  test.each<[string, boolean, boolean]>([
    ['', true, true],
    ['all', true, true],
    ['read:package', true, false],
    ['public-only,write:package', true, true],
    ['public-only', false, false],
    ['read:packages', false, false],
    ['write:user', false, false],
  ])("'%s': reads %s, writes %s", (text, reads, writes) => {
    const token = { value: 't', expiresAt: 0, scopes: text.split(',').filter(Boolean) };
    expect([mayRead(token), mayWrite(token)]).toEqual([reads, writes]);
  });
});
