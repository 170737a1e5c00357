import * as fc from 'fast-check';
import { overlaySettings } from '../../../../src/delivery/overlay';
import {
  declaredSettings,
  isSameValue,
} from '../../../../src/doctor/cluster/drift/declared-settings';
import { arbitraryDeclaration } from '../../../support/arbitraries';

const id = ({ section, key, value }: { section: string; key: string; value?: string }): string =>
  JSON.stringify([section, key, value]);

it('declared settings are those the overlay writes', () => {
  fc.assert(
    fc.property(arbitraryDeclaration, (declaration) => {
      const known = declaredSettings({
        ...declaration,
        config: { ...declaration.config, added: [] },
      });
      expect(known.map(id).sort()).toEqual(overlaySettings(declaration).map(id).sort());
    }),
    { numRuns: 50 },
  );
});

it('settings of addConfig are known by name', () => {
  fc.assert(
    fc.property(arbitraryDeclaration, (declaration) => {
      const names = declaredSettings(declaration).filter(({ value }) => value === undefined);
      expect(names).toEqual(declaration.config.added);
    }),
    { numRuns: 50 },
  );
});

it('a URL without its closing slash is the same, another scheme is not', () => {
  expect(isSameValue('ROOT_URL', 'https://git.example.org', 'https://git.example.org/')).toBe(true);
  expect(isSameValue('ROOT_URL', 'http://git.example.org/', 'https://git.example.org/')).toBe(
    false,
  );
  expect(isSameValue('LIMIT_SIZE_CONTAINER', '5 GIB', '5 GiB')).toBe(false);
});
