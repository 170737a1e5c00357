/** Categories of Gitea's access token scopes, each with `read:` and `write:` (section 6 of the reference). */
const CATEGORIES = [
  'activitypub',
  'admin',
  'issue',
  'misc',
  'notification',
  'organization',
  'package',
  'repository',
  'user',
];

/** What a scope may be limited to. */
export type ScopeCategory = 'admin' | 'misc' | 'organization' | 'package' | 'repository' | 'user';

const SCOPES = new Set([
  'all',
  'public-only',
  ...CATEGORIES.flatMap((category) => [`read:${category}`, `write:${category}`]),
]);

/** Whether Gitea has such a scope. */
export function isScope(text: string): boolean {
  return SCOPES.has(text);
}

/** Whether the scopes of a token allow `read:…` or `write:…`; writing includes reading. */
export function allows(
  scopes: readonly string[],
  level: 'read' | 'write',
  category: ScopeCategory,
): boolean {
  return (
    scopes.includes('all') ||
    scopes.includes(`write:${category}`) ||
    (level === 'read' && scopes.includes(`read:${category}`))
  );
}

/** Whether a token sees public owners only. */
export function isPublicOnly(scopes: readonly string[]): boolean {
  return scopes.includes('public-only');
}
