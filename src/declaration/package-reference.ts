import { isWellFormed, matches } from './grammar';
import type { Grammar } from './grammar';
import { DIGEST, TAG } from './image-reference';
import { OWNER_NAME } from './owner-name';
import { packageName } from './package-name';
import { PACKAGE_TYPE, packageTypes } from './package-type';
import { refuse } from './problem';

/** A package, or one version of it, as the command takes it: `OWNER/TYPE/NAME[@VERSION]`. */
export interface PackageReference {
  /** Gitea user or organization. */
  readonly owner: string;
  /** Package type in lower case, `container` for images. */
  readonly type: string;
  /** Name below owner and type; may hold `/`, and begins with `@` for a scope of npm. */
  readonly name: string;
  /** Version; for an image its tag or digest. */
  readonly version?: string;
}

/** Types of both products: which of them answers is not known before it is asked. */
const TYPES: readonly string[] = [
  ...new Set([...packageTypes('gitea'), ...packageTypes('forgejo')]),
].sort();

const KNOWN_TYPE: Grammar = {
  ...PACKAGE_TYPE,
  allowed: `must be a package type: ${TYPES.join(', ')}`,
  code: 'REG913',
  accepts: (text) => TYPES.includes(text),
};

/** Version of an image: its tag, or the digest of a manifest. */
const IMAGE_VERSION: Grammar = {
  ...TAG,
  allowed: `${TAG.allowed}; or 'sha256:' and 64 lower-case hex digits`,
  pattern: new RegExp(`${TAG.pattern.source}|${DIGEST.pattern.source}`),
  accepts: (text) => matches(TAG, text) || matches(DIGEST, text),
};

/**
 * Version of any other package. Gitea takes any trimmed text for a generic one; a `/` would end the version in a path,
 * an `@` would end the name before it.
 */
const ANY_VERSION: Grammar = {
  allowed: "must be a version: at most 255 characters without '/', '@' and blanks around it",
  code: 'REG913',
  pattern:
    // eslint-disable-next-line no-control-regex
    /^(?!\s)(?!.*\s$)(?!\.\.?$)[^@/\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+$/,
  maxLength: 255,
  accepts: isWellFormed,
  holdsRevision: true,
};

/** Grammar of versions of one package type. */
export function packageVersion(type: string): Grammar {
  return type === 'container' ? IMAGE_VERSION : ANY_VERSION;
}

/**
 * Parses `OWNER/TYPE/NAME[@VERSION]`, split at the last `@` of the name: `npm/@scope/name` has one of its own.
 *
 * @throws DeclarationError REG913 (the form, type, name or version), REG320 (the owner), REG470 (name, tag or digest of
 *   an image), REG920 (the name of a generic package)
 */
export function parsePackageReference(text: string): PackageReference {
  const parts = /^([^/]*)\/([^/]*)\/(.*)$/s.exec(text);
  if (!parts) {
    refuse(
      'package',
      text,
      "must be 'OWNER/TYPE/NAME', '@VERSION' optional, such as 'coulomb/container/state-hub@6186a99'",
      'REG913',
    );
  }
  const [, owner, type, rest] = parts;
  const [name, version] = splitVersion(rest);
  if (type === 'container' && name.includes(':')) {
    refuse(
      'package',
      text,
      "names a tag as image references do: write '@' before it, as in 'coulomb/container/state-hub@6186a99'",
      'REG913',
    );
  }
  for (const [part, grammar, value] of [
    ['owner', OWNER_NAME, owner],
    ['type', KNOWN_TYPE, type],
    ['name', packageName(type), name],
    ['version', packageVersion(type), version],
  ] as const) {
    if (value !== undefined && !matches(grammar, value)) {
      refuse('package', text, `is refused: its ${part} ${grammar.allowed}`, grammar.code);
    }
  }
  return { owner, type, name, ...(version !== undefined && { version }) };
}

/** The text {@link parsePackageReference} reads back. */
export function formatPackageReference(reference: PackageReference): string {
  const { owner, type, name, version } = reference;
  return `${owner}/${type}/${name}${version === undefined ? '' : `@${version}`}`;
}

/** An `@` at the very beginning belongs to the name. */
function splitVersion(text: string): [name: string, version?: string] {
  const at = text.lastIndexOf('@');
  return at > 0 ? [text.slice(0, at), text.slice(at + 1)] : [text];
}
