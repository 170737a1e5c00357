import fc from 'fast-check';
import type { GenericPlace } from '../../../src/operate/generic/place';
import { formatPlace, parsePlace, versionOf } from '../../../src/operate/generic/place';
import { arbitraryOwnerName } from '../../support/arbitraries';
import { messageOf } from '../../support/thrown';

it.each<[text: string, place: GenericPlace]>([
  ['coulomb', { owner: 'coulomb' }],
  ['coulomb/tool', { owner: 'coulomb', name: 'tool' }],
  ['coulomb/tool@1.0.0', { owner: 'coulomb', name: 'tool', version: '1.0.0' }],
  ['coulomb/tool@1@rc', { owner: 'coulomb', name: 'tool', version: '1@rc' }],
  ['c/t@1 0/a b@2.txt', { owner: 'c', name: 't', version: '1 0', file: 'a b@2.txt' }],
])('reads %s', (text, place) => {
  expect(parsePlace(text, 'owner')).toEqual(place);
});

it.each([
  ['', /'' is refused: its owner .* \(REG320\)$/],
  ['coulomb/', /its name must be the name of a generic package.* \(REG920\)$/],
  ['coulomb/..@1', /its name .* \(REG920\)$/],
  ['coulomb/a b@1', /its name .* \(REG920\)$/],
  ['api/tool@1', /its owner .* \(REG320\)$/],
  ['coulomb/tool@', /its version must be a version.* \(REG920\)$/],
  ['coulomb/tool@ 1', /its version .* \(REG920\)$/],
  ['coulomb/tool@1/', /its file must be a file name.* \(REG920\)$/],
  ['coulomb/tool@1/..', /its file .* \(REG920\)$/],
  ['coulomb/tool@1/a/b', /must be 'OWNER', .* \(REG920\)$/],
  ['coulomb/tool/x', /must be 'OWNER', .* \(REG920\)$/],
])('refuses %p', (text, message) => {
  expect(messageOf(() => parsePlace(text, 'owner'))).toMatch(message);
});

it.each(['coulomb', 'coulomb/tool', 'coulomb/tool/f'])('wants a version in %s', (text) => {
  expect(messageOf(() => parsePlace(text, 'version'))).toBe(
    `package '${text}' must be 'OWNER/NAME@VERSION' and, where one file is meant, '/FILE' (REG920)`,
  );
});

it('reads what it prints', () => {
  const part = (letters: string): fc.Arbitrary<string> =>
    fc.string({ unit: fc.constantFrom(...letters), minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(
      arbitraryOwnerName,
      part('aZ0-_+'),
      part('aZ0-_+@.~版'),
      fc.option(part('aZ0-_+=:;()[]{}~!@#$%^&')),
      (owner, name, version, file) => {
        const text = formatPlace({ owner, type: 'generic', name, version }, file ?? undefined);
        fc.pre(version !== '..');
        const place = parsePlace(text, 'version');
        expect(versionOf(place)).toEqual({ owner, type: 'generic', name, version });
        expect(place.file ?? null).toBe(file);
      },
    ),
  );
});
