import { isAnswered } from '../../ask';
import type { AccountSeen } from '../../observe/account';
import { account } from '../../observe/account';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Probe } from '../../probe';
import { shownAnswer } from './shown';

const CODE = 'REG324';

/** P8: the credential is not that of a site administrator. */
export const leastPrivilege: Probe = {
  code: CODE,
  step: 'P8',
  scope: 'path',
  needs: ['REG312'],
  sends: 'GET /api/v1/user with the credential',
  decide: async (sight) => [judged(await sight.see(account))],
};

function judged(owner: AccountSeen | undefined): Outcome {
  if (owner?.isAdmin !== undefined) {
    return owner.isAdmin
      ? broken(CODE, {
          severity: 'warning',
          observed: 'the account is a site administrator',
          expected: 'a bot without rights on the site',
        })
      : passed(CODE, 'the account is no site administrator');
  }
  const seen = owner?.seen;
  if (seen && isAnswered(seen)) {
    const { code } = seen.reading;
    if (code === 'REG314') {
      return skipped(CODE, "the scope 'read:user', which tokens of bots should not have");
    }
    if (code === 'REG322') {
      return skipped(CODE, 'waits for REG322');
    }
  }
  return skipped(CODE, `an answer of the API${seen ? `: ${shownAnswer(seen)}` : ''}`);
}
