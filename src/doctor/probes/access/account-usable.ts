import { isAnswered } from '../../ask';
import type { AccountSeen } from '../../observe/account';
import { account } from '../../observe/account';
import { signedIn } from '../../observe/signed-in';
import type { TagRead } from '../../observe/tag-reads';
import { anonymousReads, credentialReads } from '../../observe/tag-reads';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Probe } from '../../probe';
import type { Sight } from '../../sight';
import { mayRead } from './scopes';
import { listed } from './shown';

const CODE = 'REG322';

/** P11: the account is active; one that is not gets tokens, and they open nothing. */
export const accountUsable: Probe = {
  code: CODE,
  step: 'P11',
  scope: 'registry',
  needs: ['REG312'],
  sends:
    'GET /api/v1/user with the credential; GET /v2/OWNER/IMAGE/tags/list with and without it, for each owner',
  decide: async (sight) => {
    const fault = await accountFault(sight);
    return [fault ?? (await usable(sight))];
  },
};

/** The finding for an account that may do nothing, whatever its rights: what else it is refused follows from that. */
export async function accountFault(sight: Sight): Promise<Outcome | undefined> {
  const [told, answer, anonymous, signed] = await Promise.all([
    apiOutcome(sight),
    sight.see(signedIn),
    sight.see(anonymousReads),
    sight.see(credentialReads),
  ]);
  const locked = answer?.token && mayRead(answer.token) ? closedToAccount(anonymous, signed) : [];
  if (locked.length > 0) {
    return lockedOut(locked);
  }
  return told?.status === 'fail' ? told : undefined;
}

async function usable(sight: Sight): Promise<Outcome> {
  const [told, signed] = await Promise.all([apiOutcome(sight), sight.see(credentialReads)]);
  const read = signed.find(({ verdict }) => verdict === 'readable');
  return (
    told ??
    (read
      ? passed(CODE, `the account reads packages of '${read.owner}'`)
      : skipped(CODE, 'an answer of the API, or an owner whose packages may be read'))
  );
}

/** What the API says of the account, on this path or the first other one that leads to it. */
async function apiOutcome(sight: Sight): Promise<Outcome | undefined> {
  for (const one of new Set([sight, ...sight.others])) {
    const owner = await one.see(account);
    const outcome = owner && outcomeOf(owner);
    if (outcome) {
      return outcome;
    }
  }
  return undefined;
}

/** Nothing where it is not the API that speaks. */
function outcomeOf({ seen, id }: AccountSeen): Outcome | undefined {
  if (!isAnswered(seen)) {
    return undefined;
  }
  switch (seen.reading.id) {
    case 'password-change-required':
      return refusedByApi('the account must change its password');
    case 'account-locked':
      return refusedByApi('the account is inactive or may not sign in');
    // Looked at after the account itself.
    case 'scope-missing':
      return passed(CODE, 'the API takes the account');
    default:
      return id === undefined ? undefined : passed(CODE, 'the API takes the account');
  }
}

function refusedByApi(reason: string): Outcome {
  return broken(CODE, {
    observed: `the API answers 403: ${reason}`,
    expected: 'an account that may be used',
  });
}

/** What anybody may read, and the account may not. */
export function closedToAccount(
  anonymous: readonly TagRead[],
  signed: readonly TagRead[],
): string[] {
  const open = new Set(
    anonymous.filter(({ verdict }) => verdict === 'readable').map(({ repository }) => repository),
  );
  const closed = signed.filter(
    ({ verdict, repository }) => verdict === 'closed' && open.has(repository),
  );
  return [...new Set(closed.map(({ owner }) => owner))];
}

/** The finding for an account that is refused what anybody gets. */
export function lockedOut(owners: readonly string[]): Outcome {
  return broken(CODE, {
    observed: `signed in, and refused packages that anybody may read: ${listed(owners)}`,
    expected: 'an account that is active and may sign in',
  });
}
