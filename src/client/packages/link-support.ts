import { filled } from '../fingerprints/filled';
import type { LinkRow } from './link-outcome';
import { LINK_ROWS } from './link-outcome';
import type { ForgeServer } from './server';
import { describeServer, hasFeature } from './server';

/** What a release of a server is known not to do. */
export interface UnsupportedLink {
  readonly row: LinkRow;
  /** In words, without the code. */
  readonly reason: string;
}

/** The last Forgejo known to read the raw name in link and unlink; later ones are tried. */
const LAST_WITHOUT_SLASHES = 12;

/**
 * What the release of a server lacks to link or unlink a package.
 *
 * @param name of the package
 * @returns undefined when it may be tried, else REG911 (no links at all) or REG912 (names with a slash on Forgejo)
 */
export function unsupportedLink(name: string, server: ForgeServer): UnsupportedLink | undefined {
  const cause = isTooOld(server)
    ? 'too-old'
    : name.includes('/') && readsRawNames(server)
      ? 'slash-name'
      : undefined;
  const row = LINK_ROWS.find((each) => each.cause === cause);
  return (
    row && {
      row,
      reason: filled(`${row.meaning}; ${row.next}`, { server: describeServer(server) }),
    }
  );
}

function isTooOld(server: ForgeServer): boolean {
  return hasFeature(server, 'linkApi') === false;
}

function readsRawNames({ product, version }: ForgeServer): boolean {
  const major = Number(version?.number.split('.')[0] ?? Infinity);
  return product === 'forgejo' && major <= LAST_WITHOUT_SLASHES;
}
