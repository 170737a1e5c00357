import fc from 'fast-check';
import type { PackageReference } from 'cdk8s-gitea-registry/declaration';
import { formatPackageReference, parsePackageReference } from 'cdk8s-gitea-registry/declaration';
import { matches } from '../../src/declaration/grammar';
import { packageVersion } from '../../src/declaration/package-reference';
import {
  arbitraryDigest,
  arbitraryOwnerName,
  arbitraryPackage,
  arbitraryTag,
} from '../support/arbitraries';
import { messageOf, thrown } from '../support/thrown';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** Versions as servers list them; blanks, letters of any script and 40 hex digits included. */
const arbitraryPlainVersion = fc.oneof(
  fc.constantFrom('1.2.0', 'v2.0.0-rc.1+build.5', '1:2.3~deb12u1', 'latest', 'a b', '版本', '...'),
  fc.constantFrom('0123456789'.repeat(4), 'a?b#c%2F', '-', '_'),
);

const arbitraryReference: fc.Arbitrary<PackageReference> = fc
  .tuple(arbitraryOwnerName, arbitraryPackage)
  .chain(([owner, { type, name }]) => {
    const version =
      type === 'container' ? fc.oneof(arbitraryTag, arbitraryDigest) : arbitraryPlainVersion;
    return fc
      .option(version, { nil: undefined })
      .map((one) => ({ owner, type, name, ...(one !== undefined && { version: one }) }));
  });

describe('a package reference', () => {
  it.each<[text: string, parts: PackageReference]>([
    [
      'coulomb/container/state-hub@6186a99',
      { owner: 'coulomb', type: 'container', name: 'state-hub', version: '6186a99' },
    ],
    [
      'coulomb/npm/@acme/lib@1.2.0',
      { owner: 'coulomb', type: 'npm', name: '@acme/lib', version: '1.2.0' },
    ],
    ['coulomb/npm/@acme/lib', { owner: 'coulomb', type: 'npm', name: '@acme/lib' }],
    [
      `coulomb/container/img@${DIGEST}`,
      { owner: 'coulomb', type: 'container', name: 'img', version: DIGEST },
    ],
    ['Coulomb/container/team/app', { owner: 'Coulomb', type: 'container', name: 'team/app' }],
    [
      'a/go/example.org/m/v2@v2.0.0',
      { owner: 'a', type: 'go', name: 'example.org/m/v2', version: 'v2.0.0' },
    ],
    ['a/maven/org.example:core', { owner: 'a', type: 'maven', name: 'org.example:core' }],
    ['a/alt/b', { owner: 'a', type: 'alt', name: 'b' }],
    ['a/arch/b', { owner: 'a', type: 'arch', name: 'b' }],
  ])('%s falls into its parts and is printed again', (text, parts) => {
    expect(parsePackageReference(text)).toStrictEqual(parts);
    expect(formatPackageReference(parts)).toBe(text);
  });

  it('is read back as what was printed', () => {
    fc.assert(
      fc.property(arbitraryReference, (reference) => {
        expect(parsePackageReference(formatPackageReference(reference))).toStrictEqual(reference);
      }),
      { numRuns: 500 },
    );
  });

  it('is printed as it was read, or refused in one line with a code', () => {
    const text = fc.oneof(
      fc.string(),
      fc
        .array(fc.constantFrom('a', 'npm', 'go', 'container', 'generic', '/', '@', ':', '.', '-'), {
          maxLength: 9,
        })
        .map((parts) => parts.join('')),
      fc.string().map((name) => `a/npm/${name}`),
      fc.string().map((version) => `a/generic/b@${version}`),
    );
    fc.assert(
      fc.property(text, (one) => {
        let read: PackageReference;
        try {
          read = parsePackageReference(one);
        } catch (error) {
          expect((error as Error).message).toMatch(
            /^package (?:'.*'|‹redacted›, \d+ characters,) .*\(REG(320|470|913|920)\)$/,
          );
          return;
        }
        expect(formatPackageReference(read)).toBe(one);
      }),
      { numRuns: 1000 },
    );
  });

  it.each<[text: string, said: RegExp, code: string]>([
    ['state-hub', /must be 'OWNER\/TYPE\/NAME', '@VERSION' optional, such as/, 'REG913'],
    ['coulomb/state-hub', /must be 'OWNER\/TYPE\/NAME'/, 'REG913'],
    ['', /must be 'OWNER\/TYPE\/NAME'/, 'REG913'],
    ['api/container/a', /is refused: its owner must be a name Gitea accepts/, 'REG320'],
    ['/container/a', /is refused: its owner must be/, 'REG320'],
    ['a/oci/b', /is refused: its type must be a package type: alpine, alt, arch, /, 'REG913'],
    ['a/Container/b', /is refused: its type must be/, 'REG913'],
    ['git.example.org/a/b', /is refused: its type must be/, 'REG913'],
    ['a/container/', /is refused: its name must be an image name/, 'REG470'],
    ['a/container/B', /is refused: its name must be an image name/, 'REG470'],
    ['a/container/b@c@d', /is refused: its name must be an image name/, 'REG470'],
    ['a/npm/acme/lib', /is refused: its name must be the name of an npm package/, 'REG913'],
    ['a/npm/@1.0', /is refused: its name must be the name of an npm package/, 'REG913'],
    ['a/generic/..', /is refused: its name must be the name of a generic package/, 'REG920'],
    ['a/helm/b/c', /is refused: its name must be the name of a package/, 'REG913'],
    ['a/container/b@', /is refused: its version must be a tag: .*; or 'sha256:' and 64/, 'REG470'],
    ['a/container/b@-x', /is refused: its version must be a tag/, 'REG470'],
    ['a/container/b@sha256:abc', /is refused: its version must be a tag/, 'REG470'],
    [`a/container/b@${'x'.repeat(129)}`, /is refused: its version must be a tag/, 'REG470'],
    ['a/generic/b@', /is refused: its version must be a version/, 'REG913'],
    ['a/generic/b@ 1', /is refused: its version must be a version/, 'REG913'],
    ['a/generic/b@1 ', /is refused: its version must be a version/, 'REG913'],
    ['a/generic/b@1/file', /is refused: its version must be a version/, 'REG913'],
    ['a/generic/b@.', /is refused: its version must be a version/, 'REG913'],
    ['a/generic/b@..', /is refused: its version must be a version/, 'REG913'],
    ['a/generic/b@1\n2', /is refused: its version must be a version/, 'REG913'],
    ['a/generic/b@\ud800', /is refused: its version must be a version/, 'REG913'],
    [`a/generic/b@${'1'.repeat(256)}`, /is refused: its version must be a version/, 'REG913'],
    [
      'coulomb/container/state-hub:6186a99',
      /names a tag as image references do: write '@' before it/,
      'REG913',
    ],
    [
      `coulomb/container/state-hub:1@${DIGEST}`,
      /names a tag as image references do: write '@' before it/,
      'REG913',
    ],
  ])('%j is refused: %s', (text, said, code) => {
    const message = messageOf(() => parsePackageReference(text));
    expect(message).toMatch(said);
    expect(message.startsWith('package ')).toBe(true);
    expect(thrown(() => parsePackageReference(text))).toMatchObject({ code });
  });

  it('is refused in a moment, however long it is', () => {
    for (const text of ['a/'.repeat(500_000), `a/npm/${'@'.repeat(1_000_000)}`, 'a'.repeat(1e6)]) {
      expect(messageOf(() => parsePackageReference(text)).length).toBeLessThan(1000);
    }
  });

  it('has versions of at most 255 characters, images of 128 or a digest', () => {
    expect(matches(packageVersion('generic'), 'v'.repeat(255))).toBe(true);
    expect(matches(packageVersion('container'), 'v'.repeat(128))).toBe(true);
    expect(matches(packageVersion('container'), DIGEST)).toBe(true);
    expect(matches(packageVersion('container'), `${DIGEST}0`)).toBe(false);
  });
});
