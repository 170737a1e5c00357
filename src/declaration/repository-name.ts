import type { Grammar } from './grammar';

/** Endings Gitea keeps for itself (models/repo `reservedRepoNamePatterns`). */
const RESERVED_ENDINGS = /\.(git|wiki|rss|atom)$/;

/**
 * Name of a repository without its owner (models/repo `IsUsableRepoName`, MaxSize 100 of the forms). Case is kept for
 * display and ignored for everything else. A run of dots is refused by newer releases of Gitea only.
 */
export const REPOSITORY_NAME: Grammar = {
  allowed:
    "must be the name of a repository without its owner: letters, digits, '-', '_' and '.', at most 100, not ending in '.git', '.wiki', '.rss' or '.atom'; a link never leaves the owner of the package",
  code: 'REG914',
  pattern: /^[-.\w]+$/,
  maxLength: 100,
  accepts: (text) => !['.', '..', '-'].includes(text) && !RESERVED_ENDINGS.test(text.toLowerCase()),
};
