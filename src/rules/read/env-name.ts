/** The setting an environment variable names. */
export interface EnvName {
  /** Section in lower case; empty for top-level keys. */
  readonly section: string;
  /** Key as written. */
  readonly key: string;
  /** Whether the value is the name of a file that holds it (`…__FILE`). */
  readonly file: boolean;
}

/** Variables that `environment-to-ini` of the images turns into settings; Forgejo's takes both prefixes. */
export const ENV_PREFIX = /^(?:GITEA|FORGEJO)__/;

const FILE_SUFFIX = '__FILE';

/** Bytes of a name as hex digits: `_0X2E_` is a dot (modules/setting/config_env.go). */
const ESCAPE = /_0[xX]((?:[0-9a-fA-F]{2})+)_/;

/**
 * The setting `GITEA__<section>__<key>` names; undefined for other variables and for names without a key, which set
 * nothing. The first `__` outside an escape ends the section.
 */
export function envName(name: string): EnvName | undefined {
  if (!ENV_PREFIX.test(name)) {
    return undefined;
  }
  const file = name.endsWith(FILE_SUFFIX);
  const encoded = name.replace(ENV_PREFIX, '').slice(0, file ? -FILE_SUFFIX.length : undefined);
  const [section, ...key] = splitOutsideEscapes(encoded);
  const decodedKey = key.join('__');
  return decodedKey === '' ? undefined : { section: section.toLowerCase(), key: decodedKey, file };
}

/** The parts between `__`, escapes decoded: a decoded text is never split again. */
function splitOutsideEscapes(encoded: string): string[] {
  const parts = [''];
  encoded.split(ESCAPE).forEach((piece, index) => {
    const [first, ...others] = index % 2 === 0 ? piece.split('__') : [decoded(piece)];
    parts[parts.length - 1] += first;
    parts.push(...others);
  });
  return parts;
}

function decoded(hex: string): string {
  return Buffer.from(hex, 'hex').toString('utf8');
}
