import type { Grammar } from './grammar';

/** Names both Gitea and Forgejo keep for their own routes and accounts (models/user/user.go). */
const RESERVED: ReadonlySet<string> = new Set(
  (
    'api metrics v2 assets attachments avatar avatars repo-avatars captcha login org repo user ' +
    'explore issues pulls milestones notifications favicon.ico manifest.json robots.txt sitemap.xml ssh_info ' +
    'swagger.v1.json ghost gitea-actions'
  ).split(' '),
);

/** Endings Gitea serves below a user's page (reservedUserPatterns). */
const RESERVED_ENDINGS = /\.(keys|gpg|rss|atom|png)$/;

/**
 * Name of a user or organization (modules/validation IsValidUsername, MaxSize 40 of the forms, reserved names).
 * Case is kept for display and ignored for everything else.
 */
export const OWNER_NAME: Grammar = {
  allowed:
    "must be a name Gitea accepts for a user or organization: letters, digits, single '-', '_' and '.' between them, at most 40, not a reserved name such as 'api' or 'ghost'",
  code: 'REG320',
  pattern: /^[0-9A-Za-z]+([-_.][0-9A-Za-z]+)*$/,
  maxLength: 40,
  accepts: (text) =>
    !RESERVED.has(text.toLowerCase()) && !RESERVED_ENDINGS.test(text.toLowerCase()),
};
