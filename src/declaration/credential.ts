/** What a refused credential is shown as. */
export const REDACTED = '‹redacted›';

/**
 * Shapes a credential has wherever it stands: a Gitea token (40 hex digits, models/auth/access_token.go),
 * a JWT (RFC 7519), userinfo in a URL (RFC 3986 §3.2.1), a password in a connection string, tokens of
 * other forges, an HTTP Authorization value and a PEM private key. Each takes time in proportion to the text,
 * which may be megabytes of one letter.
 */
const CREDENTIALS: readonly RegExp[] = [
  /(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])/i,
  /(?<![\w-])(?=[\w-]*?eyJ[\w-]{5})[\w-]+\.[\w-]{2,}\./,
  /:\/\/[^\s/?#]*@/,
  /(?:password|passwd|passphrase|pwd|secret|token)\s*[=:]\s*[^\s,;&]/i,
  /(?<![A-Za-z])(?:gh[a-z]_\w{20}|github_pat_\w{20}|glpat-[\w-]{20})/,
  /(?<![a-z])(?:Basic|Bearer)\s+[\w+/.-]{16}/i,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
];

/** Forty hex digits are also a Git revision; where one belongs this shape is no finding. */
const REVISION = CREDENTIALS[0];

/** Whether `text` contains something shaped like a credential. */
export function looksLikeCredential(text: string): boolean {
  return CREDENTIALS.some((shape) => shape.test(text));
}

/** Whether `text` begins with `user:password@`, as an address without a scheme may; a digest behind a tag is none. */
export function beginsWithUserinfo(text: string): boolean {
  return /^[^\s/:@]+:[^\s/@]+@(?!sha(?:256|512):)/.test(text);
}

/** As {@link looksLikeCredential}, for a field that holds a tag, a digest or a revision. */
export function looksLikeCredentialBesideRevision(text: string): boolean {
  return CREDENTIALS.some((shape) => shape !== REVISION && shape.test(text));
}
