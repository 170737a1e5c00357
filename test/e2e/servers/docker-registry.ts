import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, Running } from './program';

/** A registry of distribution/distribution on 127.0.0.1 that asks nobody who they are. */
export interface DockerRegistry {
  readonly origin: string;
  close(): Promise<void>;
}

/** Starts the program `docker-registry` (Debian) with empty data, which goes with the end. */
export async function startDockerRegistry(binary: string): Promise<DockerRegistry> {
  const data = mkdtempSync(join(tmpdir(), 'gitea-registry-e2e-'));
  const origin = `http://127.0.0.1:${await freePort()}`;
  const settings = join(data, 'config.yml');
  mkdirSync(join(data, 'store'));
  writeFileSync(
    settings,
    `version: 0.1
log: { level: error, accesslog: { disabled: true } }
storage:
  filesystem: { rootdirectory: '${data}/store' }
  delete: { enabled: true }
http: { addr: '${new URL(origin).host}' }
`,
  );
  const running = await Running.start(binary, ['serve', settings], `${origin}/v2/`, { cwd: data });
  return {
    origin,
    close: async () => {
      await running.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
