import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { FINGERPRINTS, readAnswer } from '../../src/client/fingerprint';
import { LAST_ROWS } from '../../src/client/fingerprints/last-rows';
import { answers } from '../../src/client/fingerprints/pattern';
import type { Fingerprint, SeenAnswer } from '../../src/client/fingerprints/pattern';
import { expectGoldenText } from '../support/golden-text';
import { ANSWER_EXAMPLES, surfaceOf } from './answer-examples';

const RECORDINGS = join(__dirname, '..', '..', '..', 'shared', 'recordings');

const isPresent = existsSync(RECORDINGS);
if (!isPresent) console.warn(`skipped: no recordings in ${RECORDINGS}`);

/** A line of a recording. */
interface RecordedLine {
  readonly request: { readonly method: SeenAnswer['method']; readonly path: string };
  readonly response: {
    readonly status: number;
    readonly headers: { readonly [name: string]: string };
    readonly body: string;
  };
}

function seen({ request, response }: RecordedLine): SeenAnswer {
  const path = request.path.replace(/\?.*/s, '');
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [
      name.toLowerCase(),
      // The recordings lost the beginning of this header to their own scrubbing.
      value.replace(/^Basic <[^>]*>"/, 'Basic realm="'),
    ]),
  );
  const { method } = request;
  const { status, body } = response;
  return { method, surface: surfaceOf(path), path, status, headers, body };
}

function refusals(file: string): SeenAnswer[] {
  return readFileSync(join(RECORDINGS, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => seen(JSON.parse(line) as RecordedLine))
    .filter(({ status }) => status >= 400);
}

const summary = (answer: SeenAnswer): string => {
  const { id, code, responder } = readAnswer(answer);
  return `${id} ${code} ${responder}`;
};

const rowOf = (answer: SeenAnswer): Fingerprint =>
  FINGERPRINTS.find(({ when }) => answers(when, answer))!;

/** Names of the groups a row can fill its sentences with. */
function groupsOf({ when }: Fingerprint): string[] {
  const patterns = [when.body, ...Object.values(when.headers ?? {})];
  return patterns.flatMap((pattern) =>
    [...(pattern?.source ?? '').matchAll(/\(\?<(\w+)>/g)].map(([, name]) => name),
  );
}

describe('the table of answers', () => {
  it.each(ANSWER_EXAMPLES.map(({ reading, seen: answer }) => [reading, answer] as const))(
    'reads %s',
    (reading, answer) => expect(summary(answer)).toBe(reading),
  );

  it('has an example of every row', () => {
    const reached = new Set(ANSWER_EXAMPLES.map(({ seen: answer }) => rowOf(answer)));
    const unreached = FINGERPRINTS.filter((row) => !reached.has(row)).map(({ id }) => id);
    expect(unreached).toEqual([]);
  });

  it('fills every placeholder from the answer', () => {
    for (const row of FINGERPRINTS) {
      const named = [...`${row.meaning} ${row.next ?? ''}`.matchAll(/\{(\w+)\}/g)].map(
        ([, name]) => name,
      );
      expect(groupsOf(row)).toEqual(expect.arrayContaining(named));
    }
  });

  it('names both scopes where the server names both', () => {
    const [{ seen: answer }] = ANSWER_EXAMPLES.filter(({ seen: { body } }) =>
      body.includes('token scope=read:package'),
    );
    expect(readAnswer(answer).meaning).toBe(
      "this needs a token with the scope 'write:package', this one has 'read:package'",
    );
  });

  it('takes an answer to HEAD for what its status and headers say, and never for an empty body', () => {
    const texts = fc.constantFrom('', ' \n', ...ANSWER_EXAMPLES.map((one) => one.seen.body));
    const asHead = fc.constantFrom(
      ...ANSWER_EXAMPLES.map(({ seen }) => ({ ...seen, method: 'HEAD' as const })),
    );
    fc.assert(
      fc.property(asHead, texts, fc.boolean(), (answer, body, hasLength) => {
        const { 'content-length': length, ...others } = answer.headers;
        const headers = hasLength && length !== undefined ? answer.headers : others;
        const row = rowOf({ ...answer, headers, body });
        expect(rowOf({ ...answer, headers, body: '' })).toBe(row);
        expect(row.when.body === undefined || headers['content-length'] !== undefined).toBe(true);
      }),
    );
  });

  it('reads every answer there can be', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom(...ANSWER_EXAMPLES.map((one) => one.seen.body)),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 599 }),
        fc.constantFrom('GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE'),
        fc.constantFrom('v2', 'api', 'generic'),
        fc.dictionary(
          fc.constantFrom('content-type', 'server', 'location', 'www-authenticate', 'allow'),
          text,
        ),
        text,
        (status, method, surface, headers, body) => {
          const reading = readAnswer({
            status,
            method,
            surface,
            headers,
            body,
            path: '/v2/a/b',
          } as SeenAnswer);
          expect(reading.code).toMatch(/^REG\d{3}$/);
          // eslint-disable-next-line no-control-regex
          expect(`${reading.meaning}${reading.next}`).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
        },
      ),
    );
  });
});

(isPresent ? describe : describe.skip)('the recordings of running servers', () => {
  const files = isPresent ? readdirSync(RECORDINGS).filter((file) => file.endsWith('.jsonl')) : [];
  const last = new Set(LAST_ROWS);

  it.each(files)('of %s are recognized, line by line', (file) => {
    const unrecognized = refusals(file).filter((answer) => last.has(rowOf(answer)));
    expect(unrecognized).toEqual([]);
  });

  it('keep the meaning people have reviewed', () => {
    const lines = files.flatMap((file) =>
      refusals(file).map(
        (answer) =>
          `${answer.method} ${answer.surface} ${answer.status} ${JSON.stringify(wordsOf(answer))} → ${summary(answer)}\n`,
      ),
    );
    expectGoldenText([...new Set(lines)].sort().join(''), 'recorded-refusals.txt');
  });
});

/** The beginning of a body, without what differs from run to run. */
function wordsOf({ body }: SeenAnswer): string {
  return body.slice(0, 72).replace(/<DATA>\S*/, '<DATA>');
}
