import { formatPackageReference } from '../../declaration/package-reference';
import type { ErrorFacts } from '../error';
import { ClientError } from '../error';
import { filled } from '../fingerprints/filled';
import type { Refusal } from '../refusal';
import { serverText } from '../server-text';
import type { LinkSearch } from './link-facts';
import { lookForCause } from './link-facts';
import type { LinkCause, LinkRow } from './link-outcome';
import { linkRow } from './link-outcome';
import { unsupportedLink } from './link-support';
import type { PackageVersion } from './package-version';
import type { ForgeServer } from './server';

/** A link or unlink under way: a link names its repository. */
export interface LinkTask extends LinkSearch {
  /** As the rest of `cannot …`. */
  readonly purpose: string;
  /** Any version of the package. */
  readonly anyVersion: () => Promise<PackageVersion | undefined>;
}

/** A link or unlink that was refused, with its cause. */
export class LinkRefused extends ClientError {
  public constructor(
    message: string,
    /** Row of the table of causes. */
    public readonly row: LinkRow,
    facts?: ErrorFacts,
  ) {
    super(message, row.code, facts);
  }

  public get linkCause(): LinkCause {
    return this.row.cause;
  }
}

/**
 * Refuses what the release of the server is known not to do.
 *
 * @param server undefined as long as nobody asked: then its refusal tells
 * @throws LinkRefused REG911 (no links at all), REG912 (names with a slash on Forgejo)
 */
export function refuseUnsupported(
  { purpose, reference }: LinkTask,
  server: ForgeServer | undefined,
): void {
  const unsupported = server && unsupportedLink(reference.name, server);
  if (unsupported) {
    throw new LinkRefused(`cannot ${purpose}: ${unsupported.reason}`, unsupported.row);
  }
}

/** The error for an answer that is no success, once its cause was looked for. */
export async function refusedLink(
  task: LinkTask,
  { reading, error }: Refusal,
): Promise<ClientError> {
  const { facts, words } = await lookForCause(reading, task);
  const row = linkRow(reading.id, task.repository === undefined ? 'unlink' : 'link', facts);
  return row === undefined
    ? error
    : new LinkRefused(
        `cannot ${task.purpose}: the registry answered ${error.facts.status}: ${sentence(task, row, words)}`,
        row,
        error.facts,
      );
}

function sentence(
  { reference, repository = '' }: LinkTask,
  { meaning, next }: LinkRow,
  found: { readonly [name: string]: string | undefined },
): string {
  const words = {
    package: formatPackageReference(reference),
    owner: reference.owner,
    repository,
    ...Object.fromEntries(
      Object.entries(found).map(([name, text = '']) => [name, serverText(text)] as const),
    ),
  };
  return filled(`${meaning}; ${next}`, words);
}
