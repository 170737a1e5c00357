import { plainPattern } from './path-pattern';

/** A test of the path of a request. */
export interface PathTest {
  readonly kind: 'prefix' | 'exact' | 'regex';
  readonly value: string;
}

/** What beside host and path a route asks of a request; `other`: something the rules cannot tell. */
export type Condition = 'method' | 'header' | 'query' | 'other';

/** One way a Traefik router rule can match: all of these together. */
export interface MatcherBranch {
  /** `Host(…)`, in lower case, a wildcard included; absent: any host. */
  readonly host?: string;
  /** `PathPrefix(…)`, `Path(…)` or a readable `PathRegexp(…)`; absent: any path. */
  readonly path?: PathTest;
  /** Paths that do not match: `!PathPrefix(…)`. */
  readonly excludedPaths: readonly PathTest[];
  /** `Method(…)`, in upper case. */
  readonly method?: string;
  /** What narrows it further. */
  readonly conditions: readonly Condition[];
}

type Node =
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly string[] }
  | { readonly kind: 'not'; readonly of: Node }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Node[] };

/** Rules multiply out; beyond this many branches a rule counts as unreadable. */
const MOST_BRANCHES = 1000;

/** More than a rule with a thousand hosts has. */
const MOST_TOKENS = 10_000;

/** A foreign rule may nest without end; the stack does not. */
const DEEPEST = 100;

const TOKEN = /\s*(\|\||&&|[!(),]|[A-Za-z]+|`[^`]*`|"(?:[^"\\]|\\.)*")/y;

/**
 * The ways a router rule of Traefik matches: Host(`a`) && (PathPrefix(`/v2`) || Path(`/x`)) has two
 * (https://doc.traefik.io/traefik/reference/routing-configuration/http/routing/rules-and-priority/).
 *
 * @returns undefined when `rule` is not such an expression
 */
export function matcherBranches(rule: string): readonly MatcherBranch[] | undefined {
  const tokens = tokensOf(rule);
  const parsed = tokens && new Parser(tokens).parse();
  return parsed && branches(parsed, false)?.flatMap(finished);
}

function tokensOf(rule: string): string[] | undefined {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const text = rule.trimEnd();
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match || tokens.length === MOST_TOKENS) {
      return undefined;
    }
    tokens.push(match[1]);
  }
  return tokens;
}

class Parser {
  private next = 0;
  private depth = 0;

  public constructor(private readonly tokens: readonly string[]) {}

  public parse(): Node | undefined {
    const node = this.either();
    return this.next === this.tokens.length ? node : undefined;
  }

  private either(): Node | undefined {
    return this.chain('||', 'or', () => this.chain('&&', 'and', () => this.single()));
  }

  private chain(
    operator: string,
    kind: 'and' | 'or',
    operand: () => Node | undefined,
  ): Node | undefined {
    const parts: Node[] = [];
    do {
      const part = operand();
      if (!part) {
        return undefined;
      }
      parts.push(part);
    } while (this.take(operator));
    return parts.length === 1 ? parts[0] : { kind, parts };
  }

  private single(): Node | undefined {
    if (++this.depth > DEEPEST) {
      return undefined;
    }
    const node = this.take('!') ? this.negated() : this.take('(') ? this.group() : this.call();
    this.depth--;
    return node;
  }

  private negated(): Node | undefined {
    const of = this.single();
    return of && { kind: 'not', of };
  }

  private group(): Node | undefined {
    const inner = this.either();
    return this.take(')') ? inner : undefined;
  }

  private call(): Node | undefined {
    const name = this.tokens[this.next++];
    if (!/^[A-Za-z]+$/.test(name ?? '') || !this.take('(')) {
      return undefined;
    }
    const args: string[] = [];
    do {
      const token = this.tokens[this.next++];
      if (!/^[`"]/.test(token ?? '')) {
        return undefined;
      }
      args.push(unquoted(token));
    } while (this.take(','));
    return this.take(')') ? { kind: 'call', name: name.toLowerCase(), args } : undefined;
  }

  private take(token: string): boolean {
    if (this.tokens[this.next] !== token) {
      return false;
    }
    this.next++;
    return true;
  }
}

/** A string of Go: raw between backticks, with backslashes between quotes. */
function unquoted(token: string): string {
  const inner = token.slice(1, -1);
  return token.startsWith('`') ? inner : inner.replace(/\\(.)/g, '$1');
}

/** A branch while it is put together. */
interface Draft extends MatcherBranch {
  readonly excludedHosts: readonly string[];
}

const ANYTHING: Draft = { excludedHosts: [], excludedPaths: [], conditions: [] };

function branches(node: Node, negated: boolean): Draft[] | undefined {
  switch (node.kind) {
    case 'call':
      return negated ? withoutCall(node.name, node.args) : ofCall(node.name, node.args);
    case 'not':
      return branches(node.of, !negated);
    default:
      // De Morgan: a negated `and` is an `or` of negations, and the other way round.
      return (node.kind === 'and') === negated
        ? anyOf(node.parts, negated)
        : allOf(node.parts, negated);
  }
}

function anyOf(parts: readonly Node[], negated: boolean): Draft[] | undefined {
  const all: Draft[] = [];
  for (const part of parts) {
    const some = branches(part, negated);
    if (!some || all.length + some.length > MOST_BRANCHES) {
      return undefined;
    }
    all.push(...some);
  }
  return all;
}

function allOf(parts: readonly Node[], negated: boolean): Draft[] | undefined {
  let all = [ANYTHING];
  for (const part of parts) {
    const some = branches(part, negated);
    if (!some || all.length * some.length > MOST_BRANCHES) {
      return undefined;
    }
    all = all.flatMap((a) => some.flatMap((b) => both(a, b)));
  }
  return all;
}

/** Both branches at once; none when no request fits both. */
function both(a: Draft, b: Draft): Draft[] {
  const host = commonHost(a.host, b.host);
  const path = commonPath(a.path, b.path);
  const methods = new Set([a.method, b.method].filter((method) => method !== undefined));
  if (host === NONE || path === NONE || methods.size > 1) {
    return [];
  }
  const [method] = methods;
  return [
    {
      ...(host !== undefined && { host }),
      ...(path.known && { path: path.known }),
      ...(method !== undefined && { method }),
      excludedHosts: [...a.excludedHosts, ...b.excludedHosts],
      excludedPaths: [...a.excludedPaths, ...b.excludedPaths],
      conditions: [...new Set([...a.conditions, ...b.conditions, ...path.conditions])],
    },
  ];
}

/** No request fits. */
const NONE = Symbol('none');

function commonHost(
  a: string | undefined,
  b: string | undefined,
): string | undefined | typeof NONE {
  if (a === undefined || b === undefined || a === b) {
    return a ?? b;
  }
  if (hostMatches(a, b)) {
    return b;
  }
  return hostMatches(b, a) ? a : NONE;
}

/** Whether `pattern` takes `host`; a wildcard `*.example.org` takes one label (RFC 6125 §6.4.3). */
export function hostMatches(pattern: string, host: string): boolean {
  const dot = host.indexOf('.');
  return (
    pattern === host ||
    (dot > 0 && pattern.startsWith('*.') && host.slice(dot) === pattern.slice(1))
  );
}

interface CommonPath {
  readonly known?: PathTest;
  readonly conditions: readonly Condition[];
}

function commonPath(a: PathTest | undefined, b: PathTest | undefined): CommonPath | typeof NONE {
  if (!a || !b || (a.kind === b.kind && a.value === b.value)) {
    return { ...((a ?? b) && { known: a ?? b }), conditions: [] };
  }
  if (a.kind === 'regex' || b.kind === 'regex') {
    // Two patterns have no simple common one: the plainer stays, the other only narrows.
    return { known: a.kind === 'regex' ? b : a, conditions: ['other'] };
  }
  if (isWithin(b, a)) {
    return { known: b, conditions: [] };
  }
  return isWithin(a, b) ? { known: a, conditions: [] } : NONE;
}

function isWithin(inner: PathTest, outer: PathTest): boolean {
  return outer.kind === 'prefix' && inner.value.startsWith(outer.value);
}

/** Matchers whose arguments are alternatives (one in Traefik 3, several in 2); the rest take a key and a value. */
const OF_ALTERNATIVES = new Set(['host', 'path', 'pathprefix', 'pathregexp', 'method']);

function ofCall(name: string, args: readonly string[]): Draft[] {
  const values = OF_ALTERNATIVES.has(name) ? args : args.slice(0, 1);
  return values.map((value) => ofMatcher(name, value));
}

function ofMatcher(name: string, value: string): Draft {
  switch (name) {
    case 'host':
      // Every request since Traefik 3.7.7.
      return value === '*' ? ANYTHING : { ...ANYTHING, host: value.toLowerCase() };
    case 'pathprefix':
      return ofPath('prefix', value);
    case 'path':
      return ofPath('exact', value);
    case 'pathregexp':
      return plainPattern(value)
        ? { ...ANYTHING, path: { kind: 'regex', value } }
        : { ...ANYTHING, conditions: ['other'] };
    case 'method':
      return { ...ANYTHING, method: value.toUpperCase(), conditions: ['method'] };
    default:
      return { ...ANYTHING, conditions: [conditionOf(name)] };
  }
}

/** In the syntax of Traefik 2 a path may hold variables, `/{name:pattern}`; what stands before them is known. */
function ofPath(kind: 'prefix' | 'exact', value: string): Draft {
  const brace = value.indexOf('{');
  return brace < 0
    ? { ...ANYTHING, path: { kind, value } }
    : {
        ...ANYTHING,
        path: { kind: 'prefix', value: value.slice(0, brace) },
        conditions: ['other'],
      };
}

/** HostRegexp and ClientIP: some requests, the rules cannot say which. */
function conditionOf(name: string): Condition {
  if (name.startsWith('header')) {
    return 'header';
  }
  return name.startsWith('query') ? 'query' : 'other';
}

/** What a negated call leaves over: one branch, since all its alternatives are out. */
function withoutCall(name: string, args: readonly string[]): Draft[] {
  const kept = args.map((value) => ofMatcher(name, value));
  return [
    kept.reduce<Draft>(
      (draft, { host, path, conditions }) => ({
        ...draft,
        excludedHosts: host === undefined ? draft.excludedHosts : [...draft.excludedHosts, host],
        // A path under a further condition is not excluded as a whole.
        excludedPaths:
          path && conditions.length === 0 ? [...draft.excludedPaths, path] : draft.excludedPaths,
        conditions:
          conditions.length > 0 || (host === undefined && !path) ? ['other'] : draft.conditions,
      }),
      ANYTHING,
    ),
  ];
}

/** Settles the excluded hosts: they empty a branch, say nothing new about it, or narrow it. */
function finished({ excludedHosts, ...branch }: Draft): MatcherBranch[] {
  const { host, conditions } = branch;
  if (host !== undefined && excludedHosts.some((pattern) => hostMatches(pattern, host))) {
    return [];
  }
  const plain = host !== undefined && !host.startsWith('*');
  return excludedHosts.length === 0 || plain
    ? [branch]
    : [{ ...branch, conditions: [...new Set<Condition>([...conditions, 'other'])] }];
}
