import { expectGoldenText } from '../support/golden-text';
import type { Rule } from '../../src/rules/rule';
import { findings, fixtureNames, kindOf, line, readFixture } from './fixture';

/**
 * Tests each rule on its fixtures. One test file a block: a file of all rules would load them all for every mutant of
 * mutation testing.
 */
export function describeRules(rules: readonly Rule[]): void {
  describe.each(rules.map((rule) => [rule.code, rule] as const))('%s', (code, rule) => {
    const names = fixtureNames(code);

    test('has a failing fixture, a passing one and a near miss', () => {
      expect([...new Set(names.map(kindOf))].sort()).toEqual(['fails', 'near-miss', 'passes']);
      const sourced = names.filter((name) => kindOf(name) !== 'near-miss');
      expect(sourced.filter((name) => !readFixture(code, name).source)).toEqual([]);
    });

    test.each(names.length === 0 ? ['nothing'] : names)(
      'finds in %s what its header says',
      (name) => {
        const { manifests, finds, kind } = readFixture(code, name);
        expect(findings(manifests, [rule]).map(line)).toEqual(finds);
        expect(finds.length > 0).toBe(kind === 'fails');
      },
    );

    test('reports in the words of the golden file', () => {
      const text = names
        .filter((name) => kindOf(name) === 'fails')
        .flatMap((name) => [
          `# ${name}`,
          ...findings(readFixture(code, name).manifests, [rule]).flatMap((finding) => [
            line(finding),
            `  observed  ${finding.observed}`,
            `  expected  ${finding.expected}`,
            ...(finding.why === rule.why ? [] : [`  why       ${finding.why}`]),
            ...(finding.fix === rule.fix ? [] : [`  fix       ${finding.fix}`]),
          ]),
        ])
        .join('\n');
      expectGoldenText(`${text}\n`, `rules/${code}.txt`);
    });
  });
}
