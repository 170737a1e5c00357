import { looksLikeCredential, REDACTED } from '../../declaration/credential';

/**
 * Credentials inside a longer text that must stay readable, and what they are replaced with. `failed to fetch oauth
 * token: 401` is the most telling message of a pull, so a word with a colon behind it is none; 40 hex digits are a Git
 * revision in tags, labels and messages.
 */
const PARTS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*/g, REDACTED],
  [/:\/\/[^\s/?#]*@/g, `://${REDACTED}@`],
  [/\b(Basic|Bearer)\s+[\w+/.-]{16,}=*/gi, `$1 ${REDACTED}`],
  [/\beyJ[\w-]{5,}\.[\w-]{2,}(\.[\w-]*)?/g, REDACTED],
  [/\b(passw(?:or)?d|passphrase|pwd)(\s*[=:]\s*)[^\s,;&"']+/gi, `$1$2${REDACTED}`],
  [/(secret|token|credential|signature|[?&](?:sig|key|auth))=[^\s,;&"']+/gi, `$1=${REDACTED}`],
  [/(?<![A-Za-z])(?:gh[a-z]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{20,})/g, REDACTED],
];

/** `text` with what is shaped like a credential replaced, and the rest as it is: messages, URLs, names. */
export function maskParts(text: string): string {
  return PARTS.reduce((masked, [shape, instead]) => masked.replace(shape, instead), text);
}

/** `text`, or nothing of it when something in it is shaped like a credential: for texts anybody may write. */
export function maskWhole(text: string): string {
  return looksLikeCredential(text) ? REDACTED : text;
}

/** A tree of JSON with every text in it masked. */
export function maskTree(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') {
    return mask(value);
  }
  if (Array.isArray(value)) {
    return value.map((item) => maskTree(item, mask));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, below]) => [key, maskTree(below, mask)]))
    : value;
}
