import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A credential helper of docker that keeps what it is given in a file beside it. */
export interface HelperProgram {
  /** `PATH` that finds it. */
  readonly path: string;
  /** What it keeps: user and secret by server. */
  readonly store: string;
}

/**
 * Writes `docker-credential-NAME` in the form of docker-credential-helpers.
 *
 * @param script replaces what it does, as JavaScript with `verb` and `input`. @default - a helper that works
 */
export function helperProgram(folder: string, name: string, script = WORKING): HelperProgram {
  const path = join(folder, 'bin');
  const store = join(path, 'store.json');
  mkdirSync(path, { recursive: true });
  const source = `#!${process.execPath}
const fs = require('fs');
const store = ${JSON.stringify(store)};
const verb = process.argv[2];
const input = fs.readFileSync(0, 'utf8').trim();
${script}
`;
  writeFileSync(join(path, `docker-credential-${name}`), source, { mode: 0o755 });
  return { path, store };
}

const WORKING = `
const kept = fs.existsSync(store) ? JSON.parse(fs.readFileSync(store, 'utf8')) : {};
if (verb === 'store') {
  const { ServerURL, Username, Secret } = JSON.parse(input);
  fs.writeFileSync(store, JSON.stringify({ ...kept, [ServerURL]: { Username, Secret } }));
} else if (kept[input]) {
  console.log(JSON.stringify({ ServerURL: input, ...kept[input] }));
} else {
  console.log('credentials not found in native keychain');
  process.exit(1);
}`;
