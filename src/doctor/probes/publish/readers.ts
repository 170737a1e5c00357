import { belongs } from '../../observe/signed-in';
import type { ReadImage } from '../../observe/publish-package';
import { readImage } from '../../observe/publish-package';
import { publishRegistry } from '../../observe/publish-registry';
import type { Told } from '../../observe/publish-told';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Sight } from '../../sight';
import { withoutCode } from '../route/shown';
import { isDenied, notTold } from './registry';

/** Whether anybody can pull the image: information, for nobody says here whether it should be so. */
export async function anybody(sight: Sight): Promise<Outcome[]> {
  const { repository } = sight.request.publish!;
  const read = await readImage(sight, undefined);
  if (isThere(read)) {
    return [passed('REG330', `anybody can pull '${nameOf(sight)}' without signing in`)];
  }
  if (isAbsent(read)) {
    return [
      passed('REG330', `anybody may read '${repository}', and '${nameOf(sight)}' is not there`),
    ];
  }
  return [
    isDenied(read.error!)
      ? passed(
          'REG330',
          `'${repository}' is only for those who sign in`,
          'visibility is that of the owner: clusters need a pull secret',
        )
      : notTold('REG330', read.error!),
  ];
}

/**
 * Whether the pull credential can pull the image. Where it cannot on Gitea, the probe of the pull identities says so.
 */
export async function puller(sight: Sight): Promise<Outcome[]> {
  const { pullCredential, publish } = sight.request;
  const isGitea = (await sight.see(publishRegistry)) === 'gitea';
  if (pullCredential === undefined) {
    return isGitea
      ? []
      : [skipped('REG323', 'no pull credential: name a pull secret with --pull-config')];
  }
  if (!belongs(pullCredential, sight)) {
    return [
      skipped(
        'REG323',
        `the pull credential belongs to ${pullCredential.origin}, which is not this path`,
      ),
    ];
  }
  const user = `'${pullCredential.user}'`;
  const read = await readImage(sight, pullCredential);
  if (isThere(read)) {
    return [passed('REG323', `${user} can pull '${nameOf(sight)}'`)];
  }
  if (isAbsent(read)) {
    return [
      passed(
        'REG323',
        `${user} may pull from '${publish!.repository}', and '${nameOf(sight)}' is not there`,
      ),
    ];
  }
  const error = read.error!;
  if (isDenied(error) && isGitea) {
    return [];
  }
  if (!isDenied(error)) {
    return [notTold('REG323', error)];
  }
  const code = /^REG31[0-4]$/.test(error.code) ? error.code : 'REG323';
  return [
    broken(code, { observed: `${user} cannot pull '${nameOf(sight)}': ${withoutCode(error)}` }),
  ];
}

function isThere({ value }: Told<ReadImage>): boolean {
  return value === 'there';
}

/** A registry that says "not there" has let the reader in; one that hides what is private says so too. */
function isAbsent({ value, error }: Told<ReadImage>): boolean {
  return value === 'not-there' || (error?.facts.status === 404 && error.code !== 'REG320');
}

function nameOf({ request }: Sight): string {
  const { repository, reference } = request.publish!;
  return reference === undefined
    ? repository
    : `${repository}${reference.includes(':') ? '@' : ':'}${reference}`;
}
