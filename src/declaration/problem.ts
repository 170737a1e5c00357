import { beginsWithUserinfo, looksLikeCredential, REDACTED } from './credential';

/** One refused value: where it stands, what it is, what is allowed, and the code whose truth it breaks. */
export interface Problem {
  /** JSON path below the document, such as `release.chartVersion` or `owners[1].name`. */
  readonly path: string;
  /** The refused value; absent when the value itself must not be shown. */
  readonly value?: unknown;
  /** What is allowed and what to do next, as the rest of a sentence: `must be …`. */
  readonly allowed: string;
  /** Stable code such as `REG111`. */
  readonly code: string;
}

const SHOWN_CHARACTERS = 120;

/** `value` as it may appear in a message: quoted, on one line, cut, and a credential only as its length. */
export function quote(value: unknown): string {
  if (typeof value === 'string') {
    if (looksLikeCredential(value) || beginsWithUserinfo(value)) {
      return `${REDACTED}, ${value.length} characters,`;
    }
    const shown = value.length > SHOWN_CHARACTERS ? `${value.slice(0, SHOWN_CHARACTERS)}…` : value;
    return `'${escapeControls(shown)}'`;
  }
  if (Array.isArray(value)) {
    return 'a list';
  }
  if (typeof value === 'object' && value !== null) {
    return 'an object';
  }
  return typeof value === 'function' || typeof value === 'symbol'
    ? `a ${typeof value}`
    : `${value}`;
}

/** The sentence a person reads, ending with the code. */
export function describeProblem(problem: Problem): string {
  const value = 'value' in problem ? ` ${quote(problem.value)}` : '';
  const path = looksLikeCredential(problem.path) ? REDACTED : escapeControls(problem.path);
  return `${path}${value} ${problem.allowed} (${problem.code})`;
}

/** Every {@link Problem} of one input, thrown together. */
export class DeclarationError extends Error {
  /** The entries of the package hold this class each; an error of one is an error of all. */
  public static override [Symbol.hasInstance](value: unknown): boolean {
    return (value as Partial<DeclarationError> | undefined)?.name === 'DeclarationError';
  }

  // Private, because Node prints every public field of an uncaught error, refused values included.
  readonly #problems: readonly Problem[];

  public constructor(problems: readonly Problem[]) {
    super(problems.map(describeProblem).join('\n'));
    Object.defineProperty(this, 'name', { value: 'DeclarationError' });
    this.#problems = problems;
  }

  /** The problems, in document order. A value may be a credential: show it with {@link quote} only. */
  public get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** Code of the first problem. */
  public get code(): string {
    return this.#problems[0].code;
  }
}

/** @throws DeclarationError with this one problem */
export function refuse(path: string, value: unknown, allowed: string, code: string): never {
  throw new DeclarationError([{ path, value, allowed, code }]);
}

/** Control and separator characters as `\u00XX`, so that a value can neither break a line nor move a cursor. */
export function escapeControls(text: string): string {
  return text.replace(
    // eslint-disable-next-line no-control-regex
    /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
