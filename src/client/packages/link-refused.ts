import { formatPackageReference } from '../../declaration/package-reference';
import type { ErrorFacts } from '../error';
import { ClientError } from '../error';
import { filled } from '../fingerprint';
import type { Refusal } from '../refusal';
import { serverText } from '../server-text';
import type { LinkSearch } from './link-facts';
import { lookForCause } from './link-facts';
import type { LinkAction, LinkCause, LinkFacts, LinkRow } from './link-outcome';
import { linkRow } from './link-outcome';
import type { PackageVersion } from './package-version';
import { describeServer, hasFeature } from './server';

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

/** The last Forgejo known to read the raw name in link and unlink; later ones are tried. */
const LAST_WITHOUT_SLASHES = 12;

/**
 * Refuses what the release of the server is known not to do.
 *
 * @throws LinkRefused REG911 (no links at all), REG912 (names with a slash on Forgejo)
 */
export function refuseUnsupported(task: LinkTask): void {
  const { server, reference } = task;
  if (server === undefined) {
    return;
  }
  const major = Number(server.version?.number.split('.')[0] ?? Infinity);
  if (hasFeature(server, 'linkApi') === false) {
    refuseFor(task, 'api-route-missing', { isTooOld: true });
  }
  const isForgejo = server.product === 'forgejo';
  if (isForgejo && major <= LAST_WITHOUT_SLASHES && reference.name.includes('/')) {
    refuseFor(task, 'package-missing', { isForgejo, hasSlash: true, isListed: true });
  }
}

/** The error for an answer that is no success, once its cause was looked for. */
export async function refusedLink(
  task: LinkTask,
  { reading, error }: Refusal,
): Promise<ClientError> {
  const { facts, words } = await lookForCause(reading, task);
  const row = linkRow(reading.id, actionOf(task), facts);
  return row === undefined
    ? error
    : new LinkRefused(
        sentence(task, row, words, `the registry answered ${error.facts.status}: `),
        row,
        error.facts,
      );
}

function refuseFor(task: LinkTask, answer: string, facts: LinkFacts): void {
  const row = linkRow(answer, actionOf(task), facts);
  if (row !== undefined) {
    throw new LinkRefused(sentence(task, row, {}, ''), row);
  }
}

function actionOf({ repository }: LinkTask): LinkAction {
  return repository === undefined ? 'unlink' : 'link';
}

function sentence(
  { purpose, reference, repository = '', server }: LinkTask,
  { meaning, next }: LinkRow,
  found: { readonly [name: string]: string | undefined },
  answered: string,
): string {
  const words = {
    package: formatPackageReference(reference),
    owner: reference.owner,
    repository,
    server: server === undefined ? 'the server' : describeServer(server),
    ...Object.fromEntries(
      Object.entries(found).map(([name, text = '']) => [name, serverText(text)] as const),
    ),
  };
  return `cannot ${purpose}: ${answered}${filled(`${meaning}; ${next}`, words)}`;
}
