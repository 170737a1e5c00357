import type { RawAnswer } from '../raw-request';
import type { RecordedLine } from './recorded-line';

/** How an answer of the fake becomes comparable to a recorded one. */
export interface Scrubbing {
  /** `127.0.0.1:PORT` of the fake. */
  readonly host: string;
  /** Recorded digests and session ids for ours. */
  readonly toRecorded: (text: string) => string;
}

/** Headers Go's server adds; the recordings dropped them. */
const DROPPED = new Set(['date', 'connection']);

/** What an answer differs in from the recorded one; empty when in nothing. */
export interface Difference {
  readonly line: number;
  readonly request: string;
  readonly part: 'status' | 'headers' | 'body';
  /** The recorded side around the first difference. */
  readonly recorded: string;
  /** The same of the fake. */
  readonly given: string;
}

/** Compares status, header names, values and order, and body. */
export function differences(
  line: RecordedLine,
  answer: RawAnswer,
  scrubbing: Scrubbing,
): readonly Difference[] {
  const given = scrub(answer.body.toString(), scrubbing);
  const recorded = scrubRecorded(line.response.body);
  const parts = [
    ['status', line.response.status, answer.status],
    ['headers', recordedHeaders(line), givenHeaders(line, answer, scrubbing)],
    ['body', ...comparedBodies(recorded, given, answer.body.length)],
  ] as const;
  return parts
    .map(([part, left, right]) => ({
      part,
      left: JSON.stringify(left),
      right: JSON.stringify(right),
    }))
    .filter(({ left, right }) => left !== right)
    .map(({ part, left, right }) => ({
      line: line.number,
      request: `${line.request.method} ${line.request.path}`,
      part,
      ...around(left, right),
    }));
}

const SHOWN = 80;

function around(recorded: string, given: string): Pick<Difference, 'recorded' | 'given'> {
  const at = [...recorded].findIndex((sign, index) => sign !== given[index]);
  const cut = (text: string): string => text.slice(Math.max(0, at - SHOWN), at + SHOWN);
  return at === -1 ? { recorded, given } : { recorded: cut(recorded), given: cut(given) };
}

function comparedBodies(
  recorded: string,
  given: string,
  length: number,
): readonly [string, string] {
  // Downloads were kept as their length.
  const [, bytes] = /^<([0-9]+) bytes>$/.exec(recorded) ?? [];
  if (bytes !== undefined) return [bytes, String(length)];
  if (!recorded.endsWith('…')) return [recorded, given];
  const kept = recorded.slice(0, -1);
  return [kept, given.slice(0, kept.length)];
}

function recordedHeaders({ response }: RecordedLine): readonly (readonly [string, string])[] {
  return Object.entries(response.headers).map(([name, value]) =>
    name === 'Content-Length' && !isLengthComparable(response.body, value)
      ? [name, '<length>']
      : [name, scrubRecorded(value)],
  );
}

function givenHeaders(
  { response }: RecordedLine,
  answer: RawAnswer,
  scrubbing: Scrubbing,
): readonly (readonly [string, string])[] {
  const recordedLength = response.headers['Content-Length'];
  return answer.headers
    .filter(([name]) => !DROPPED.has(name.toLowerCase()))
    .map(([name, value]) =>
      name === 'Content-Length' && !isLengthComparable(response.body, recordedLength ?? '')
        ? [name, '<length>']
        : [name, scrub(value, scrubbing)],
    );
}

/** Bodies with a host, a time or a token in them are longer or shorter than they were. */
function isLengthComparable(body: string, length: string): boolean {
  return body === '' || body.includes(' bytes>') || String(Buffer.byteLength(body)) === length;
}

/** What the recordings replaced, replaced in our answer too. */
function scrub(text: string, { host, toRecorded }: Scrubbing): string {
  const scrubbed = text
    .replaceAll(host, '<HOST>')
    .replace(/[\w-]+\.[\w-]{40,}\.[\w-]{43}/g, (token) => shownToken(token))
    .replace(/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z/g, '<time>');
  return scrubRecorded(toRecorded(scrubbed)).replace(
    /(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])/g,
    '<hex40>',
  );
}

/** What differs from run to run, or follows from bytes the recordings did not keep. */
function scrubRecorded(text: string): string {
  return text
    .replace(/Basic <\ufffd+>"/g, 'Basic realm="')
    .replace(/"token_last_eight":"[0-9a-f]{8}"/g, '"token_last_eight":"<hex8>"')
    .replace(/"mirror":false,"size":[0-9]+/g, '"mirror":false,"size":0')
    .replace(/"md5":"[0-9a-f]{32}"/g, '"md5":"<hex32>"')
    .replace(/"sha512":"[0-9a-f]{128}"/g, '"sha512":"<hex128>"')
    .replace(/open (<DATA>)?\/data\/packages\/..\/..\//, 'open <file> ')
    .replace(/^\w{3}, [0-9]{2} \w{3} [0-9]{4} [0-9:]{8} GMT$/, '<date>');
}

function shownToken(token: string): string {
  const claims = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as {
    readonly UserID: number;
    readonly Scope?: string;
  };
  return `<jwt UserID=${claims.UserID} Scope=${claims.Scope ?? ''}>`;
}
