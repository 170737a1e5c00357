import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { stringify } from 'yaml';
import { freePort, Running } from './program';

/** Dynamic configuration of Traefik's file provider, below `http`. */
export interface TraefikRoutes {
  readonly routers: Readonly<Record<string, object>>;
  readonly services: Readonly<Record<string, object>>;
  readonly middlewares?: Readonly<Record<string, object>>;
}

/** What a Traefik is started with. */
export interface TraefikOptions {
  readonly routes: TraefikRoutes;
  /** Certificate and key, PEM. @default - none: Traefik makes one for itself */
  readonly certificate?: { readonly cert: string; readonly key: string };
  /** Whether that certificate is shown for names it does not cover, too. @default false */
  readonly isDefaultCertificate?: boolean;
  /** Further options of the command line, which are the static configuration. @default - none */
  readonly args?: readonly string[];
}

/** A Traefik with the entry points `web` and `websecure` on 127.0.0.1. */
export interface Traefik {
  /** Port of `websecure`. */
  readonly https: number;
  /** Port of `web`. */
  readonly http: number;
  close(): Promise<void>;
}

const LOADED_MS = 20_000;

/** Starts the program `traefik` with its file provider and waits until it serves the routes. */
export async function startTraefik(
  binary: string,
  { routes, certificate, isDefaultCertificate = false, args = [] }: TraefikOptions,
): Promise<Traefik> {
  const folder = mkdtempSync(join(tmpdir(), 'gitea-registry-traefik-'));
  const [https, http, ready] = [await freePort(), await freePort(), await freePort()];
  const settings = join(folder, 'dynamic.yml');
  const tls = certificate && tlsOf(folder, certificate, isDefaultCertificate);
  writeFileSync(settings, stringify({ http: withReadiness(routes), ...(tls && { tls }) }));
  const listen = (name: string, port: number): string =>
    `--entryPoints.${name}.address=127.0.0.1:${port}`;
  const running = await Running.start(
    binary,
    [
      ...[listen('websecure', https), listen('web', http), listen('ready', ready)],
      `--providers.file.filename=${settings}`,
      '--providers.file.watch=false',
      // Two seconds unless set: no route is there before.
      '--providers.providersThrottleDuration=10ms',
      '--ping.manualRouting=true',
      '--global.checkNewVersion=false',
      '--global.sendAnonymousUsage=false',
      ...args,
    ],
    `http://127.0.0.1:${ready}/`,
    { cwd: folder },
  );
  const close = async (): Promise<void> => {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilLoaded(`http://127.0.0.1:${ready}/ping`);
  } catch (error) {
    await close();
    throw error;
  }
  return { https, http, close };
}

/** The routes, and one that tells that they are loaded. */
function withReadiness({ routers, services, middlewares }: TraefikRoutes): object {
  return {
    routers: {
      ...routers,
      ready: { entryPoints: ['ready'], rule: 'Path(`/ping`)', service: 'ping@internal' },
    },
    services,
    ...(middlewares && { middlewares }),
  };
}

/** Writes a certificate, and tells Traefik where. */
function tlsOf(
  folder: string,
  { cert, key }: NonNullable<TraefikOptions['certificate']>,
  isDefault: boolean,
): object {
  const files = { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') };
  writeFileSync(files.certFile, cert);
  writeFileSync(files.keyFile, key);
  return isDefault
    ? { stores: { default: { defaultCertificate: files } } }
    : { certificates: [files] };
}

/** Routes and certificates come some time after the ports. */
async function untilLoaded(url: string): Promise<void> {
  for (const begin = Date.now(); ; await pause(50)) {
    const answer = await fetch(url);
    await answer.arrayBuffer();
    if (answer.ok) {
      return;
    }
    if (Date.now() - begin > LOADED_MS) {
      throw new Error(`the routes of Traefik must be loaded: ${url} gave ${answer.status}`);
    }
  }
}
