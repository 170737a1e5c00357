import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FAKE_USER } from './access';

/** A kubeconfig on disk. */
export interface WrittenKubeconfig {
  readonly path: string;
  remove(): void;
}

/** Writes a kubeconfig of mode 0600, context `fake`, into a temporary folder of its own. */
export function writeKubeconfig(server: string): WrittenKubeconfig {
  const folder = mkdtempSync(join(tmpdir(), 'fake-cluster-'));
  const path = join(folder, 'kubeconfig');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'fake',
    clusters: [{ name: 'fake', cluster: { server } }],
    users: [{ name: FAKE_USER, user: { token: 'token-of-the-fake-cluster' } }],
    contexts: [{ name: 'fake', context: { cluster: 'fake', user: FAKE_USER } }],
  };
  // JSON is YAML.
  writeFileSync(path, JSON.stringify(config, null, 2), { mode: 0o600 });
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
