import type { CleanupDeclaration, RegistryDeclaration } from '../../src/declaration/model';
import { ownedSettings } from '../../src/declaration/owned-settings';
import { declarationProblems } from '../../src/declaration/parse';
import { describeProblem } from '../../src/declaration/problem';
import { MINIMAL_DECLARATION } from '../support/arbitraries';

const CLEANUP: CleanupDeclaration = {
  enabled: true,
  olderThan: '24h',
  schedule: '@midnight',
  runAtStart: true,
};

const declaration = (
  change: Partial<CleanupDeclaration>,
  pushBudget = '1h',
): RegistryDeclaration => ({
  ...MINIMAL_DECLARATION,
  limits: { ...MINIMAL_DECLARATION.limits, pushBudget },
  cleanup: { ...CLEANUP, ...change },
});

const problems = (change: Partial<CleanupDeclaration>, pushBudget?: string): string[] =>
  declarationProblems(declaration(change, pushBudget)).map(describeProblem);

describe('the cleanup', () => {
  it('writes every key of its section', () => {
    const off = declaration({
      enabled: false,
      runAtStart: false,
      olderThan: '36h',
      schedule: '@every 6h',
    });
    expect(
      ownedSettings(off)
        .filter(({ section }) => section === 'cron.cleanup_packages')
        .map(({ key, value, initial }) => [key, value, initial]),
    ).toEqual([
      ['ENABLED', 'false', 'true'],
      ['OLDER_THAN', '36h', '24h'],
      ['RUN_AT_START', 'false', 'true'],
      ['SCHEDULE', '@every 6h', '@midnight'],
    ]);
  });

  it.each([
    ['59m59s', '10m', 'at least 1h, which a push may take'],
    ['1h', '90m', 'at least 1h30m, the declared pushBudget'],
    ['1s', '1h', 'at least 1h, which a push may take'],
  ])('is refused with an age of %s and a push budget of %s', (olderThan, budget, message) => {
    expect(problems({ olderThan }, budget)).toEqual([
      expect.stringMatching(
        new RegExp(`^cleanup\\.olderThan '${olderThan}' must be ${message}.*\\(REG720\\)$`),
      ),
    ]);
  });

  it.each([
    ['1h', '10m'],
    ['90m', '90m'],
  ])('is fine with an age of %s and a push budget of %s', (olderThan, budget) => {
    expect(problems({ olderThan }, budget)).toEqual([]);
  });

  it.each(['7d', '86400', '0s', ''])(
    'is refused with the age %j, which Gitea reads otherwise',
    (olderThan) => {
      expect(problems({ olderThan })[0]).toMatch(/^cleanup\.olderThan .*\(REG621\)$/);
    },
  );

  it('is refused with a schedule Gitea does not start with', () => {
    expect(problems({ schedule: 'midnight' })).toEqual([
      expect.stringMatching(/^cleanup\.schedule 'midnight' .*\(REG621\)$/),
    ]);
  });
});
