import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checksPage, explanation, CHECKS } from '../../src/rules';

const PAGE = readFileSync(join(__dirname, '../../docs/checks.md'), 'utf8');

it('says on the page of checks what the rules say', () => {
  expect(PAGE).toBe(checksPage(CHECKS));
});

it.each(CHECKS.map((rule) => [rule.code, rule] as const))('has a heading for %s', (code, rule) => {
  expect(PAGE).toContain(`\n## ${code}\n\n${explanation(rule)}`);
});
