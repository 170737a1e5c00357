import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { freePort, run, Running } from './program';
import type { Limits, Server } from './server';

/** Where the program is, and what it needs. */
export interface GiteaProgram {
  /** A Gitea or Forgejo. */
  readonly binary: string;
  /** Folder with `templates`, `options` and `public`. @default - they are in the program */
  readonly staticRoot?: string;
}

/** Settings of app.ini beside the limits. */
export interface GiteaSettings {
  /** `[server] ROOT_URL`. @default - the address it listens on */
  readonly rootUrl?: string;
  /** `[packages] ENABLED`. @default true */
  readonly packagesEnabled?: boolean;
  /** `[service] REQUIRE_SIGNIN_VIEW`. @default false */
  readonly requireSignIn?: boolean;
}

/** A program this harness runs, and may set up anew. */
export interface GiteaServer extends Server {
  /** `[storage] PATH` of packages: the blob of a digest lies at `ab/cd/abcd…` of its hex digits. */
  readonly packageStore: string;
  /** Starts it again with these settings in place of the ones before; its data stays. */
  configure(settings: GiteaSettings): Promise<void>;
}

const ADMIN = { user: 'root1', secret: 'Contract-Pass-1' };

/** Starts a Gitea or Forgejo program with SQLite and empty data on 127.0.0.1; all of it goes with the end. */
export async function startGitea(
  program: GiteaProgram,
  settings: GiteaSettings = {},
): Promise<GiteaServer> {
  const gitea = new GiteaInstance(program, await freePort(), settings);
  try {
    await gitea.install();
    return gitea;
  } catch (error) {
    await gitea.close();
    throw error;
  }
}

class GiteaInstance implements GiteaServer {
  public readonly admin = ADMIN;
  private readonly data = mkdtempSync(join(tmpdir(), 'gitea-registry-e2e-'));
  private readonly secrets = Array.from({ length: 3 }, () => randomBytes(32).toString('base64url'));
  private running?: Running;
  private limits: Limits = {};

  public constructor(
    private readonly program: GiteaProgram,
    private readonly port: number,
    private settings: GiteaSettings,
  ) {}

  public get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  public get packageStore(): string {
    return join(this.data, 'data', 'packages');
  }

  public async install(): Promise<void> {
    await this.restart();
    const { user, secret } = ADMIN;
    const account = ['--username', user, '--password', secret, '--email', `${user}@example.test`];
    await run(
      this.program.binary,
      [
        '--config',
        this.file,
        ...['admin', 'user', 'create', '--admin', '--must-change-password=false', ...account],
      ],
      this.surroundings,
    );
  }

  public readonly limit = async (limits: Limits): Promise<void> => {
    this.limits = limits;
    await this.restart();
  };

  public async configure(settings: GiteaSettings): Promise<void> {
    this.settings = settings;
    await this.restart();
  }

  public async close(): Promise<void> {
    await this.running?.stop();
    rmSync(this.data, { recursive: true, force: true });
  }

  private get file(): string {
    return join(this.data, 'custom', 'conf', 'app.ini');
  }

  private get surroundings(): { readonly cwd: string; readonly env: NodeJS.ProcessEnv } {
    const { data } = this;
    const env = { ...process.env, GITEA_WORK_DIR: data, FORGEJO_WORK_DIR: data, HOME: data };
    return { cwd: data, env };
  }

  private async restart(): Promise<void> {
    await this.running?.stop();
    this.writeSettings();
    this.running = await Running.start(
      this.program.binary,
      ['--config', this.file, 'web'],
      `${this.origin}/api/healthz`,
      this.surroundings,
    );
  }

  private writeSettings(): void {
    const { genericSize = -1, ownerCount = -1 } = this.limits;
    const {
      rootUrl = `${this.origin}/`,
      packagesEnabled = true,
      requireSignIn = false,
    } = this.settings;
    const { staticRoot } = this.program;
    if (staticRoot !== undefined && !existsSync(join(staticRoot, 'templates'))) {
      throw new Error(`GITEA_STATIC_ROOT '${staticRoot}' must hold the folder 'templates'`);
    }
    const [secretKey, internalToken, jwtSecret] = this.secrets;
    mkdirSync(join(this.data, 'custom', 'conf'), { recursive: true });
    mkdirSync(join(this.data, 'log'), { recursive: true });
    writeFileSync(
      this.file,
      `RUN_USER = ${userInfo().username}
RUN_MODE = prod
WORK_PATH = ${this.data}
I_AM_BEING_UNSAFE_RUNNING_AS_ROOT = true
[server]
HTTP_ADDR = 127.0.0.1
HTTP_PORT = ${this.port}
ROOT_URL = ${rootUrl}
OFFLINE_MODE = true
DISABLE_SSH = true
LFS_START_SERVER = false
APP_DATA_PATH = ${this.data}/data
${staticRoot === undefined ? '' : `STATIC_ROOT_PATH = ${staticRoot}`}
[database]
DB_TYPE = sqlite3
PATH = ${this.data}/gitea.db
SQLITE_JOURNAL_MODE = WAL
[repository]
ROOT = ${this.data}/repositories
[security]
INSTALL_LOCK = true
# Every request of the contract signs in: the hash of a throw-away password may be cheap.
PASSWORD_HASH_ALGO = pbkdf2$1000$50
SECRET_KEY = ${secretKey}
INTERNAL_TOKEN = ${internalToken}
[oauth2]
JWT_SECRET = ${jwtSecret}
[service]
DISABLE_REGISTRATION = true
REQUIRE_SIGNIN_VIEW = ${requireSignIn}
[mailer]
ENABLED = false
[packages]
ENABLED = ${packagesEnabled}
LIMIT_SIZE_GENERIC = ${genericSize}
LIMIT_TOTAL_OWNER_COUNT = ${ownerCount}
[indexer]
ISSUE_INDEXER_TYPE = db
[actions]
ENABLED = false
[cron.update_checker]
ENABLED = false
[log]
MODE = file
LEVEL = Warn
ROOT_PATH = ${this.data}/log
`,
    );
  }
}
