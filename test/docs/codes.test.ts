import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkOf } from '../../src/rules';

const SOURCE = join(__dirname, '../../src');

/** Codes that messages end with, by code, with a file that has it. */
function codesOfMessages(): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of readdirSync(SOURCE, { recursive: true }) as string[]) {
    if (name.endsWith('.ts') && !name.startsWith('rules')) {
      const text = readFileSync(join(SOURCE, name), 'utf8').replace(
        /^\s*(\*|\/\/|\/\*\*).*$/gm,
        '',
      );
      text.match(/\bREG\d{3}\b/g)?.forEach((code) => found.set(code, name));
    }
  }
  return found;
}

it.each([...codesOfMessages()])('explains %s, which %s speaks of', (code) => {
  expect(checkOf(code)).toBeDefined();
});
