/** Patterns longer than this are left unread. */
const LONGEST = 256;

/** Repetitions in one pattern; with a path of 20 letters five can be tried in about 50,000 ways. */
const MOST_REPETITIONS = 5;

/** Ways to choose among the alternatives of all groups. */
const MOST_CHOICES = 32;

type Kind = 'atom' | 'anchor' | 'open' | 'close' | 'or' | 'repeat';

/** What Go (RE2), nginx (PCRE) and JavaScript read alike. */
const TOKENS: readonly (readonly [Kind, RegExp])[] = [
  ['atom', /[^\\^$.|?*+()[\]{}]|\.|\\(?:[^A-Za-z0-9]|[dws])/y],
  ['atom', /\[\^?(?:[^\\[\]^]|\\(?:[^A-Za-z0-9]|[dws]))+\]/y],
  ['anchor', /[\^$]/y],
  ['open', /\((?:\?:)?(?!\?)/y],
  ['close', /\)/y],
  ['or', /\|/y],
  ['repeat', /(?:[*+?]|\{\d{1,2}(?:,\d{0,2})?\})\??/y],
];

interface Token {
  readonly kind: Kind;
  readonly text: string;
}

/**
 * A pattern of a foreign route as a RegExp that cannot be made to run for long: nothing repeated inside a repetition,
 * few repetitions, few alternatives.
 *
 * @returns undefined for every other pattern, and for one the engines read differently
 */
export function plainPattern(source: string, ignoreCase = false): RegExp | undefined {
  const [, flag, body] = /^(\(\?i\))?(.*)$/s.exec(source)!;
  const tokens = body.length > LONGEST ? undefined : tokensOf(body);
  if (!tokens || !isTame(tokens)) {
    return undefined;
  }
  try {
    return new RegExp(body, ignoreCase || flag ? 'i' : '');
  } catch {
    // `[z-a]` and `{3,2}` fit the tokens and mean nothing.
    return undefined;
  }
}

function tokensOf(source: string): Token[] | undefined {
  const tokens: Token[] = [];
  for (let at = 0; at < source.length;) {
    const token = tokenAt(source, at);
    if (!token) {
      return undefined;
    }
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function tokenAt(source: string, at: number): Token | undefined {
  for (const [kind, pattern] of TOKENS) {
    pattern.lastIndex = at;
    const text = pattern.exec(source)?.[0];
    if (text !== undefined) {
      return { kind, text };
    }
  }
  return undefined;
}

function isTame(tokens: readonly Token[]): boolean {
  const repetitions = tokens.filter(({ kind }) => kind === 'repeat').length;
  return (
    repetitions <= MOST_REPETITIONS &&
    tokens.every((token, index) => token.kind !== 'repeat' || repeats(token, tokens[index - 1])) &&
    choicesOf(tokens) <= MOST_CHOICES
  );
}

/** A group may be left out, not repeated. */
function repeats({ text }: Token, before: Token | undefined): boolean {
  return before?.kind === 'atom' || (before?.kind === 'close' && text === '?');
}

/** Product of the numbers of alternatives of each group; infinite where brackets do not pair. */
function choicesOf(tokens: readonly Token[]): number {
  const open = [1];
  let choices = 1;
  for (const { kind } of tokens) {
    if (kind === 'open') {
      open.push(1);
    } else if (kind === 'or') {
      open[open.length - 1]++;
    } else if (kind === 'close') {
      choices *= open.pop()!;
      if (open.length === 0) {
        return Infinity;
      }
    }
  }
  return open.length === 1 ? choices * open[0] : Infinity;
}
