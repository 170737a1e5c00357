import { basic, send } from '../raw-request';
import type { Secrets } from './accounts';
import type { RecordedLine } from './recorded-line';

/** A token no account has. */
const UNKNOWN_TOKEN = '0'.repeat(40);

/** Puts real credentials where a recording has placeholders. */
export class Credentials {
  readonly #url: string;
  readonly #secrets: Secrets;
  readonly #registryTokens: ReadonlyMap<string, string>;
  /** The token a recorded request made last but did not name. */
  #minted = UNKNOWN_TOKEN;

  private constructor(url: string, secrets: Secrets, registryTokens: ReadonlyMap<string, string>) {
    this.#url = url;
    this.#secrets = secrets;
    this.#registryTokens = registryTokens;
  }

  /** Fetches the registry tokens the recordings use. */
  public static async of(url: string, secrets: Secrets): Promise<Credentials> {
    const password = basic('tegwick', secrets.get('PASSWORD')!);
    const tokens = new Map([
      ['-1', await registryToken(url, {})],
      ['2', await registryToken(url, password)],
    ]);
    return new Credentials(url, secrets, tokens);
  }

  /** Takes note of a token an answer showed. */
  public minted(secret: string): void {
    this.#minted = secret;
  }

  /** The header for a recorded one. */
  public header(line: RecordedLine): Readonly<Record<string, string>> {
    const recorded = line.request.headers.Authorization;
    if (recorded === undefined) return {};
    const [, scheme, rest] = /^(\w+) (.*)$/.exec(recorded)!;
    const [, userId] = /^<jwt UserID=(-?[0-9]+) /.exec(rest!) ?? [];
    if (userId !== undefined)
      return { Authorization: `Bearer ${this.#registryToken(line, userId)}` };
    const [, name, password] = /^<(<?[\w-]+>?):(.*)>$/.exec(rest!) ?? [];
    if (name !== undefined) {
      return basic(this.#secretIn(line, name), this.#secretIn(line, password!));
    }
    return { Authorization: `${scheme!} ${this.#secretIn(line, rest!)}` };
  }

  /** A path with secrets in its query. */
  public path(path: string): string {
    return path.replace(/<([A-Z0-9_]+)>/g, (_, name: string) => this.#secrets.get(name)!);
  }

  #secretIn({ response }: RecordedLine, text: string): string {
    if (text === '<hex40>') {
      return response.body.includes('user does not exist') ||
        response.body.includes('uthenticate') ||
        response.body.includes('authGroup')
        ? UNKNOWN_TOKEN
        : this.#minted;
    }
    const [, name] = /^<([A-Z0-9_]+)>$/.exec(text) ?? [];
    return name === undefined ? text : this.#secrets.get(name)!;
  }

  /** A registry token, spoilt where the server refused it as such. */
  #registryToken({ response }: RecordedLine, userId: string): string {
    const token = this.#registryTokens.get(userId)!;
    const isRefused = response.status === 401 && !response.body.startsWith('reqPackageAccess');
    return isRefused ? token.slice(0, -2) : token;
  }

  /** Where they are for. */
  public get url(): string {
    return this.#url;
  }
}

async function registryToken(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<string> {
  const answer = await send(url, { path: '/v2/token', headers });
  return (JSON.parse(answer.body.toString()) as { readonly token: string }).token;
}
