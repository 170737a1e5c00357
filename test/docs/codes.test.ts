import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROBES } from '../../src/doctor';
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

/** What the catalogue decides over the network, by step. */
const OVER_THE_NETWORK = {
  P1: '111 112 113 452',
  P2: '120 121 122 123 124 125',
  P3: '210 213 215 216 217 220 221 560 563',
  P4: '230 211 212 213 214 217 218 219 250 610 452',
  P5: '240 241 212 611',
  P6: '310',
  P7: '311',
  P8: '311 312 313 314 315 316 324 325',
  P9: '320 321 470 212 219 450 452 218 440 441 442 460 461 471 475 632 710 712',
  P10: '910 250 322 911 912 642 643',
  P11: '330 310 322 323 723 724 727 735 913 914 915 916 917',
};

it.each(Object.entries(OVER_THE_NETWORK))(
  'has a probe for each code of %s, or says why there is none',
  (_step, codes) => {
    const named = new Set(PROBES.flatMap(({ code, names = [] }) => [code, ...names]));
    const untold = codes
      .split(' ')
      .map((number) => `REG${number}`)
      .filter((code) => !named.has(code) && checkOf(code)?.unseen === undefined);
    expect(untold).toEqual([]);
  },
);
