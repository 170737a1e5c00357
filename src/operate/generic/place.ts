import { GENERIC_FILE, GENERIC_VERSION } from '../../client/generic/file-name';
import type { Grammar } from '../../declaration/grammar';
import { matches } from '../../declaration/grammar';
import { OWNER_NAME } from '../../declaration/owner-name';
import { GENERIC_NAME } from '../../declaration/package-name';
import type { PackageReference } from '../../declaration/package-reference';
import { refuse } from '../../declaration/problem';

/** A place among generic packages, as the command takes it: `OWNER[/NAME[@VERSION[/FILE]]]`. */
export interface GenericPlace {
  readonly owner: string;
  readonly name?: string;
  readonly version?: string;
  readonly file?: string;
}

/** One version of a generic package. */
export type GenericVersion = PackageReference & {
  readonly type: 'generic';
  readonly version: string;
};

/** What of a place must be named. */
export type NeededPart = 'owner' | 'version';

const FORMS: { readonly [needed in NeededPart]: string } = {
  owner: "must be 'OWNER', 'OWNER/NAME' or 'OWNER/NAME@VERSION', such as 'coulomb/tool@1.0.0'",
  version: "must be 'OWNER/NAME@VERSION' and, where one file is meant, '/FILE'",
};

/** What stands for the latest version in `get` and `ls`. */
export const LATEST = 'latest';

const PLACE = /^([^/]*)(?:\/([^/@]*)(?:@([^/]*)(?:\/([^/]*))?)?)?$/s;

/**
 * Reads a place, split at the first `@`: no name of a generic package holds one.
 *
 * @throws DeclarationError REG920 (the form, name, version or file), REG320 (owner)
 */
export function parsePlace(text: string, needed: NeededPart): GenericPlace {
  const parts = PLACE.exec(text);
  if (!parts || (needed === 'version' && parts[3] === undefined)) {
    refuse('package', text, FORMS[needed], 'REG920');
  }
  const [, owner, name, version, file] = parts;
  for (const [part, grammar, value] of [
    ['owner', OWNER_NAME, owner],
    ['name', GENERIC_NAME, name],
    ['version', GENERIC_VERSION, version],
    ['file', GENERIC_FILE, file],
  ] as const satisfies readonly (readonly [string, Grammar, string | undefined])[]) {
    if (value !== undefined && !matches(grammar, value)) {
      refuse('package', text, `is refused: its ${part} ${grammar.allowed}`, grammar.code);
    }
  }
  return {
    owner,
    ...(name !== undefined && { name }),
    ...(version !== undefined && { version }),
    ...(file !== undefined && { file }),
  };
}

/**
 * The version a place names.
 *
 * @param place read with a version needed
 */
export function versionOf({ owner, name, version }: GenericPlace): GenericVersion {
  return { owner, type: 'generic', name: name!, version: version! };
}

/** `owner/name@version`, and `/file` where one is meant, as {@link parsePlace} reads it. */
export function formatPlace({ owner, name, version }: GenericVersion, file?: string): string {
  return `${owner}/${name}@${version}${file === undefined ? '' : `/${file}`}`;
}
