import { FakeGitea } from '../../../src/testing';
import { digestOf } from '../images';
import { send } from '../raw-request';
import type { RawAnswer, RawRequest } from '../raw-request';
import { addAccounts } from './accounts';
import { arrangeFor } from './arrangements';
import type { RecordedRelease, Stage } from './arrangements';
import { differences } from './compare';
import type { Difference } from './compare';
import { Contents } from './contents';
import { Credentials } from './credentials';
import { jsonBodyFor } from './json-bodies';
import { Manifests } from './manifests';
import type { RecordedLine } from './recorded-line';
import { Sessions } from './sessions';

const START = Date.UTC(2026, 10, 21);

/** Sends the requests of a recording, in their order, to one fake; tells where its answers differ. */
export async function replay(
  release: RecordedRelease,
  lines: readonly RecordedLine[],
): Promise<readonly Difference[]> {
  const clock = { time: START };
  const gitea = await FakeGitea.start({ release, appName: 'peer', now: () => clock.time });
  try {
    const tick = (): void => {
      clock.time += 1000;
    };
    const secrets = addAccounts(release, gitea, tick);
    const run = new Replay(gitea, lines, await Credentials.of(gitea.url, secrets));
    const found: Difference[] = [];
    for (const line of lines) {
      await arrangeFor(release, run.stage(tick), line);
      found.push(...(await run.compare(line)));
    }
    return found;
  } finally {
    await gitea.close();
  }
}

class Replay {
  readonly #gitea: FakeGitea;
  readonly #lines: readonly RecordedLine[];
  readonly #credentials: Credentials;
  readonly #contents: Contents;
  readonly #manifests: Manifests;
  readonly #sessions: Sessions;
  readonly #seen = new Set<string>();

  public constructor(gitea: FakeGitea, lines: readonly RecordedLine[], credentials: Credentials) {
    this.#gitea = gitea;
    this.#lines = lines;
    this.#credentials = credentials;
    this.#contents = new Contents(lines);
    this.#manifests = new Manifests(this.#contents);
    this.#sessions = new Sessions(lines, this.#contents);
  }

  public stage(tick: () => void): Stage {
    return {
      gitea: this.#gitea,
      tick,
      repeat: async (methodAndPath) => {
        const line = this.#lines.find(({ request }) =>
          methodAndPath.test(`${request.method} ${request.path}`),
        );
        await this.#send(line!);
      },
      digestOf: (recorded) => digestOf(this.#contents.of(recorded)),
    };
  }

  public async compare(line: RecordedLine): Promise<readonly Difference[]> {
    const answer = await this.#send(line);
    this.#sessions.answered(line, answer);
    const [, minted] = /"sha1":"([0-9a-f]{40})"/.exec(answer.body.toString()) ?? [];
    if (minted !== undefined && line.request.path.endsWith('/tokens')) {
      this.#credentials.minted(minted);
    }
    return differences(line, answer, {
      host: new URL(this.#gitea.url).host,
      toRecorded: (text) => this.#contents.toRecorded(this.#sessions.toRecorded(text)),
    });
  }

  async #send(line: RecordedLine): Promise<RawAnswer> {
    const { method, path, headers } = line.request;
    // A manifest's own digest is known once its bytes are: they come before the path.
    const body = this.#bodyFor(line);
    const request: RawRequest = {
      method,
      path: this.#credentials.path(this.#contents.toOurs(this.#sessions.toOurs(path))),
      headers: { ...headersWithout(headers, 'Authorization'), ...this.#credentials.header(line) },
      ...(body === undefined ? {} : { body }),
    };
    return send(this.#gitea.url, request);
  }

  #bodyFor(line: RecordedLine): string | Buffer | undefined {
    const { method, path } = line.request;
    const isFirst = !this.#seen.has(`${method} ${path}`);
    this.#seen.add(`${method} ${path}`);
    const [, image, reference] = /^\/v2\/(.+)\/manifests\/([^/]+)$/.exec(path) ?? [];
    if (method === 'PUT' && reference !== undefined) {
      return this.#manifests.bodyFor(line, image!, reference);
    }
    const [, target, digest] =
      /^\/v2\/(.+)\/blobs\/uploads\/\?digest=(sha256:.+)$/.exec(path) ?? [];
    if (digest !== undefined) {
      const bytes = this.#contents.of(digest);
      this.#manifests.blobPushed(target!, bytes);
      return bytes;
    }
    if (path.includes('/blobs/uploads/')) return this.#sessions.bodyFor(line);
    if (method === 'PUT' && path.startsWith('/api/packages/')) return this.#fileFor(line);
    return jsonBodyFor(line, isFirst);
  }

  #fileFor({ number, request }: RecordedLine): string | Buffer {
    const name = request.path.split('/').at(-1)!;
    if (name === 'zero0') return '';
    if (name.startsWith('big')) return 'x'.repeat(5000);
    const [, lost] =
      /packages\/..\/..\/([0-9a-f]{64})/.exec(this.#lines[number]?.response.body ?? '') ?? [];
    return lost === undefined ? 'abcd' : this.#contents.of(`sha256:${lost}`);
  }
}

function headersWithout(
  headers: Readonly<Record<string, string>>,
  left: string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== left));
}
