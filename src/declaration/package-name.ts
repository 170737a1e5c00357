import type { Grammar } from './grammar';
import { IMAGE_NAME } from './image-reference';

/** Name of a generic package (routers/api/packages/generic `isValidPackageName`). */
export const GENERIC_NAME: Grammar = {
  allowed:
    "must be the name of a generic package: letters, digits, '-', '_', '+' and '.', not '..', and a letter or digit where it is one character",
  code: 'REG920',
  pattern: /^[-_+.A-Za-z0-9]+$/,
  maxLength: 255,
  accepts: (text) => text !== '..' && (text.length > 1 || /[A-Za-z0-9]/.test(text)),
};

/** Name of an npm package (modules/packages/npm `nameMatch`). */
export const NPM_NAME: Grammar = {
  allowed:
    "must be the name of an npm package, such as 'lib' or '@scope/lib': lower-case letters, digits, '-', '_' and '.'",
  code: 'REG913',
  pattern: /^(@[a-z0-9-][a-z0-9._-]*\/)?[a-z0-9-][a-z0-9._-]*$/,
  maxLength: 255,
};

/** Letters of names of every type but npm. `@` is left out, although Arch Linux has it: a version stands behind it. */
const PART = '[A-Za-z0-9._~+:-]+';

const isNoStep = (part: string): boolean => part !== '.' && part !== '..';

/**
 * Name of a package of a type whose grammar is not written down here. Narrower than what the products take: a name that
 * needs more than these letters cannot be told apart from a path, a query or a version.
 */
const PLAIN_NAME: Grammar = {
  allowed: "must be the name of a package: letters, digits, '.', '_', '~', '+', ':' and '-'",
  code: 'REG913',
  pattern: new RegExp(`^${PART}$`),
  maxLength: 255,
  accepts: isNoStep,
};

/** {@link PLAIN_NAME}s with `/` between them: a Go module, a Composer vendor, a Conda channel. */
const PATH_NAME: Grammar = {
  ...PLAIN_NAME,
  allowed: `${PLAIN_NAME.allowed}, parts separated by '/'`,
  pattern: new RegExp(`^${PART}(/${PART})*$`),
  accepts: (text) => text.split('/').every(isNoStep),
};

/** Name of a package of any type: what {@link packageName} takes for one of them. */
export const ANY_PACKAGE_NAME: Grammar = {
  ...PATH_NAME,
  allowed: "must be the name of a package, without owner, type and version, such as 'state-hub'",
  pattern: new RegExp(`^@?${PART}(/${PART})*$`),
};

const BY_TYPE: ReadonlyMap<string, Grammar> = new Map([
  ['composer', PATH_NAME],
  ['conda', PATH_NAME],
  ['container', IMAGE_NAME],
  ['generic', GENERIC_NAME],
  ['go', PATH_NAME],
  ['npm', NPM_NAME],
]);

/** Grammar of names of one package type; the column that holds them takes 255 characters (models/packages). */
export function packageName(type: string): Grammar {
  return BY_TYPE.get(type) ?? PLAIN_NAME;
}
