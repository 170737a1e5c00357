import { ClientError } from '../../client/error';
import type { PackagesClient } from '../../client/packages/packages-client';
import type { PackageReference } from '../../declaration/package-reference';
import { formatPackageReference } from '../../declaration/package-reference';

/** What changing links asks the server. */
export type LinkingClient = Pick<PackagesClient, 'link' | 'unlink'>;

/** Where a package goes, and where it comes from. */
export interface Move {
  /** Name of the repository, without its owner. */
  readonly repository: string;
  /** `owner/name` of the repository it is linked to. @default - one this account cannot see */
  readonly from?: string;
}

/**
 * Moves a package to another repository: unlinks it, then links it. When the new link is refused the old one is put
 * back where that can be done.
 *
 * @throws ClientError of what failed; its message says where the package is linked now
 */
export async function moveLink(
  client: LinkingClient,
  reference: PackageReference,
  { repository, from }: Move,
): Promise<void> {
  await client.unlink(reference);
  let failed: unknown;
  try {
    const outcome = await client.link(reference, repository, { current: null });
    if (outcome.kind !== 'linked-elsewhere') {
      return;
    }
    failed = new ClientError(
      `'${formatPackageReference(reference)}' was linked to '${outcome.repository ?? 'another repository'}' meanwhile: plan again`,
      'REG917',
    );
  } catch (error) {
    failed = error;
  }
  throw await afterwards(client, reference, from, failed);
}

/** What failed, with the state it leaves. */
async function afterwards(
  client: LinkingClient,
  reference: PackageReference,
  from: string | undefined,
  failed: unknown,
): Promise<unknown> {
  if (!(failed instanceof ClientError)) {
    return failed;
  }
  const isBack = await putBack(client, reference, from);
  const state = isBack
    ? `it is linked to '${from}' as before`
    : `it is linked to no repository now${from === undefined ? '' : `, before it was '${from}'`}`;
  const words = failed.message.replace(` (${failed.code})`, '');
  return new ClientError(`${words}; ${state}`, failed.code, failed.facts, { cause: failed });
}

async function putBack(
  client: LinkingClient,
  reference: PackageReference,
  from: string | undefined,
): Promise<boolean> {
  const [owner, name] = from?.split('/') ?? [];
  if (owner?.toLowerCase() !== reference.owner.toLowerCase()) {
    return false;
  }
  try {
    const outcome = await client.link(reference, name, { current: null });
    return outcome.kind !== 'linked-elsewhere';
  } catch {
    return false;
  }
}
