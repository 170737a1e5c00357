// TypeScript for jest (`transform`): the types go, nothing is checked; `npm run typecheck` does that. A run from a fresh
// clone translates a thousand files, and the compiler of TypeScript takes twenty times as long for it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { transformSync, version } from 'esbuild';

const OWN_TEXT = readFileSync(new URL(import.meta.url), 'utf8');

const OPTIONS = {
  format: 'cjs',
  loader: 'ts',
  // An `import()` that stays one would load its module outside the sandbox of jest.
  supported: { 'dynamic-import': false },
  sourcemap: 'external',
  sourcesContent: false,
  target: 'node20',
};

/** What esbuild adds before a module. It is nobody's to cover. */
const ADDED = /^(?:var __|__export\()/gm;

export default {
  /** What the result depends on: jest keeps it under this name. */
  getCacheKey(text, path, { configString, instrument }) {
    const all = JSON.stringify([version, OWN_TEXT, configString, instrument, path, text]);
    return createHash('sha256').update(all).digest('hex');
  },
  process(text, sourcefile, { instrument }) {
    const { code, map } = transformSync(text, { ...OPTIONS, sourcefile });
    return { code: instrument ? code.replace(ADDED, '/* istanbul ignore next */ $&') : code, map };
  },
};
