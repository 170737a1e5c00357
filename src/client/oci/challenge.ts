/** One way to sign in that a server offers (RFC 9110 §11.6.1). */
export interface Challenge {
  /** `bearer`, `basic`, …, in lower case. */
  readonly scheme: string;
  /** What some schemes send instead of parameters (RFC 9110 §11.2). */
  readonly token68?: string;
  /**
   * Parameters by name in lower case; the first of a name counts. A value whose quoting is broken begins with a quote
   * and goes on as it was written, so that it never passes for a URL.
   */
  readonly parameters: ReadonlyMap<string, string>;
}

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

/** `name =`, and what follows is its value. */
const PARAMETER_NAME = new RegExp(`(${TOKEN})[ \\t]*=[ \\t]*`, 'y');

/** A whole value: quoted text, or what stands there up to the comma; Gitea's realm may hold anything. */
const QUOTED = /"((?:[^"\\]|\\.)*)"[ \t]*(?=,|$)/sy;
const UNQUOTED = /([^\s",][^",]*)?(?=,|$)/y;

/** A value with a quote inside. */
const BROKEN = /(?:"(?:[^"\\]|\\.)*"|[^\s",])[^,]*/sy;
const REST = /.*/sy;

const SCHEME = new RegExp(`(${TOKEN})(?:[ \\t]+|(?=,|$))`, 'y');
const TOKEN68 = /([0-9A-Za-z._~+/-]+=*)[ \t]*(?=,|$)/y;
const SEPARATOR = /[ \t,]*/y;
const JUNK = /[^,]*/y;

/**
 * Reads `WWW-Authenticate` headers. Servers join several challenges with the comma that also parts parameters, and
 * proxies write junk into them: what cannot be read is passed over, and nothing throws.
 *
 * @param headers the value of each header
 */
export function parseChallenges(headers: readonly string[]): Challenge[] {
  return headers.flatMap((header) => parseHeader(header));
}

/** The challenges of an answer; each header is read on its own, so that a broken one spoils no other. */
export function challengesOf({
  rawHeaders,
}: {
  /** Names and values in turn. */
  readonly rawHeaders: readonly string[];
}): Challenge[] {
  return parseChallenges(
    rawHeaders.filter((_, at) => at % 2 === 1 && /^www-authenticate$/i.test(rawHeaders[at - 1])),
  );
}

/** A challenge that is being read. */
interface Draft {
  readonly scheme: string;
  token68?: string;
  readonly parameters: Map<string, string>;
}

function parseHeader(text: string): Challenge[] {
  const found: Draft[] = [];
  const reader = new Reader(text);
  while (reader.take(SEPARATOR) && !reader.isAtEnd) {
    const name = reader.take(PARAMETER_NAME)?.[1];
    if (name !== undefined) {
      addParameter(found.at(-1), name, readValue(reader));
      continue;
    }
    const scheme = reader.take(SCHEME)?.[1];
    if (scheme === undefined) {
      reader.take(JUNK);
      continue;
    }
    const draft: Draft = { scheme: scheme.toLowerCase(), parameters: new Map() };
    found.push(draft);
    const token68 = reader.take(TOKEN68)?.[1];
    if (token68 !== undefined) {
      draft.token68 = token68;
    }
  }
  return found;
}

function readValue(reader: Reader): string {
  const quoted = reader.take(QUOTED);
  if (quoted) {
    return quoted[1].replace(/\\(.)/gs, '$1');
  }
  const unquoted = reader.take(UNQUOTED)?.[0].trim();
  if (unquoted !== undefined) {
    return unquoted;
  }
  // Without an end, a quote swallows the rest of the header.
  const broken = (reader.take(BROKEN) ?? reader.take(REST)!)[0].trim();
  return broken.startsWith('"') ? broken : `"${broken}`;
}

function addParameter(draft: Draft | undefined, name: string, value: string): void {
  const key = name.toLowerCase();
  if (draft && !draft.parameters.has(key)) {
    draft.parameters.set(key, value);
  }
}

/** Text that is read from left to right. */
class Reader {
  private at = 0;

  public constructor(private readonly text: string) {}

  public get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** What a sticky pattern finds here, and goes on behind it. */
  public take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    this.at += match?.[0].length ?? 0;
    return match ?? undefined;
  }
}
