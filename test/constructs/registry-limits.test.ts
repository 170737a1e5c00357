import { Duration, Size } from 'cdk8s';
import type { RegistryLimits } from 'cdk8s-gitea-registry';
import { ForgeRelease, GiteaRegistry, PackageSize } from 'cdk8s-gitea-registry';
import { limitsDeclaration } from '../../src/constructs/registry-limits';
import { emptyChart, minimalProps, RELEASE } from '../support/registries';

const gib = PackageSize.gibibytes(1);

function registry(limits: RegistryLimits, release = ForgeRelease.gitea(RELEASE)): GiteaRegistry {
  return new GiteaRegistry(emptyChart(), 'Registry', { ...minimalProps(), release, limits });
}

it('defaults', () => {
  const defaults = { perType: { container: '-1' }, pushBudget: '1h' };
  expect(limitsDeclaration()).toEqual(defaults);
  expect(limitsDeclaration({})).toEqual(defaults);
});

it('all the props', () => {
  const limits: Required<RegistryLimits> = {
    container: PackageSize.gibibytes(20),
    generic: gib,
    helm: PackageSize.mebibytes(10),
    others: { npm: PackageSize.mebibytes(64) },
    totalOwnerSize: PackageSize.gibibytes(200),
    totalOwnerCount: 1_000_000,
    largestLayer: Size.mebibytes(1536),
    pushBudget: Duration.seconds(5400),
  };
  expect(limitsDeclaration(limits)).toEqual({
    perType: { container: '20 GiB', generic: '1 GiB', helm: '10 MiB', npm: '64 MiB' },
    totalOwnerSize: '200 GiB',
    totalOwnerCount: 1_000_000,
    largestLayer: '1536 MiB',
    pushBudget: '1h30m',
  });
});

it('can count owners without a limit', () => {
  expect(limitsDeclaration({ totalOwnerCount: -1 }).totalOwnerCount).toBe(-1);
  expect(limitsDeclaration({ totalOwnerCount: 0 }).totalOwnerCount).toBe(0);
});

it('can limit a type that only Forgejo has', () => {
  const others = { alt: gib };
  expect(registry({ others }, ForgeRelease.forgejo(RELEASE)).values).toContain(
    'LIMIT_SIZE_ALT: "1 GiB"',
  );
  expect(() => registry({ others })).toThrow(
    /^limits\.perType\.alt is not a package type of gitea; known: alpine, .*\(REG460\)$/,
  );
});

describe('throws when', () => {
  it.each(['container', 'generic', 'helm'])(
    'a type with a prop of its own stands among the others: %s',
    (type) => {
      for (const more of [{}, { [type]: gib }]) {
        expect(() => limitsDeclaration({ ...more, others: { [type]: gib } })).toThrow(
          `limits.others '${type}' has a prop of its own: write limits.${type} (REG660)`,
        );
      }
    },
  );

  it.each<[string, RegistryLimits, RegExp]>([
    [
      'a type is in upper case',
      { others: { NPM: gib } },
      /'NPM' must be a package type.*REG460\)$/,
    ],
    ['the count is below -1', { totalOwnerCount: -2 }, /totalOwnerCount -2 .*\(REG461\)$/],
    ['the count is a fraction', { totalOwnerCount: 1.5 }, /totalOwnerCount 1\.5 .*\(REG461\)$/],
    ['the layer is empty', { largestLayer: Size.kibibytes(0) }, /largestLayer '0' .*\(REG621\)$/],
    ['there is no time', { pushBudget: Duration.seconds(0) }, /pushBudget '0s' .*\(REG621\)$/],
  ])('%s', (_why, limits, message) => {
    expect(() => limitsDeclaration(limits)).toThrow(message);
  });
});
