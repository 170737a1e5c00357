import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Run } from '../../cli/run-command';
import { runCommand } from '../../cli/run-command';
import { authority, trusted } from '../../doctor/scenarios/certificates';
import type { Login } from '../../doctor/scenarios/world';
import { HOST } from '../../doctor/scenarios/world';
import type { Traefik, TraefikRoutes } from '../servers/traefik';
import { startTraefik } from '../servers/traefik';

/** Somebody at a workstation, for whom the public name leads to a Traefik. */
export class Operator {
  /** Puts a Traefik with these routes behind the public name. */
  public static async behind(binary: string, routes: TraefikRoutes): Promise<Operator> {
    const certificate = trusted({ names: [HOST] });
    return new Operator(await startTraefik(binary, { routes, certificate }));
  }

  private readonly folder = mkdtempSync(join(tmpdir(), 'gitea-registry-operator-'));

  private constructor(private readonly traefik: Traefik) {
    writeFileSync(join(this.folder, 'ca.pem'), authority().ca);
  }

  /** Runs `gitea-registry` with these words. */
  public run(argv: readonly string[], login?: Login): Promise<Run> {
    const { https, http } = this.traefik;
    const dialed = [`443:127.0.0.1:${https}`, `80:127.0.0.1:${http}`];
    const to = dialed.flatMap((rule) => ['--connect-to', `${HOST}:${rule}`]);
    const env = login && { GITEA_REGISTRY_USER: login.user, GITEA_REGISTRY_TOKEN: login.secret };
    return runCommand([...argv, '--ca-file', 'ca.pem', ...to], this.folder, env);
  }

  /** Runs `gitea-registry doctor` for the public name; gives what it says in JSON. */
  public async doctor(
    argv: readonly string[],
    login?: Login,
  ): Promise<{ readonly code: number; readonly report: DoctorReport }> {
    const { code, out } = await this.run(['doctor', HOST, ...argv, '--output', 'json'], login);
    return { code, report: JSON.parse(out) as DoctorReport };
  }

  public async close(): Promise<void> {
    await this.traefik.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What of `docs/report.schema.json` is looked at. */
export interface DoctorReport {
  readonly cause: { readonly code: string; readonly path?: string } | null;
  readonly checks: readonly {
    readonly code: string;
    readonly path?: string;
    readonly status: string;
    readonly observed?: string;
    readonly fix?: { readonly kind: string; readonly text: string };
  }[];
}
