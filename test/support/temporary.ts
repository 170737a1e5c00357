import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Registers hooks that give each test a folder of its own; call the result to get its path. */
export function temporaryFolder(): () => string {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'gitea-registry-')));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return () => folder;
}

/** Registers a hook that puts an environment variable back after each test; call the result to set it. */
export function environmentVariable(name: string): (value: string | undefined) => void {
  const before = process.env[name];
  const set = (value: string | undefined): void => {
    if (value === undefined) {
      delete process.env[name];
    } else {
      process.env[name] = value;
    }
  };
  beforeEach(() => set(undefined));
  afterEach(() => set(before));
  return set;
}
