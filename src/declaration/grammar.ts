/** What a piece of text must look like, said once for the check, the message and the JSON schema. */
export interface Grammar {
  /** Rest of the sentence `<path> '<value>' …`: what is allowed and what to do. */
  readonly allowed: string;
  /** Code whose truth a wrong value breaks. */
  readonly code: string;
  /** Necessary form; goes into the JSON schema as it is. */
  readonly pattern: RegExp;
  /** Most characters allowed. @default - no bound but the pattern's */
  readonly maxLength?: number;
  /** What the pattern cannot say. @default - the pattern is the whole grammar */
  readonly accepts?: (text: string) => boolean;
  /** Whether 40 hex digits are a revision here and not a token. @default false */
  readonly holdsRevision?: boolean;
  /** Whether a name beside the text can make it a secret: refused without showing it. @default false */
  readonly hidden?: boolean;
}

/** Whether `text` is a sentence of `grammar`. */
export function matches(grammar: Grammar, text: string): boolean {
  return (
    text.length <= (grammar.maxLength ?? Infinity) &&
    grammar.pattern.test(text) &&
    (grammar.accepts?.(text) ?? true)
  );
}

/** Halves of a surrogate pair without the other half: no UTF-8 file can hold them. */
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Whether `text` can be written as UTF-8 (ECMAScript 2024 `isWellFormed`). */
export function isWellFormed(text: string): boolean {
  // Not /\p{Cs}/u: the Unicode tables cost each app a millisecond.
  return !LONE_SURROGATE.test(text);
}
