import type { Answered, Seen } from '../../ask';
import { isAnswered } from '../../ask';
import { bearers } from '../../observe/bearers';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Probe } from '../../probe';
import { shownAnswer } from './shown';

const CODE = 'REG316';

/** P8: the token of one call is good for the next, whichever replica answers. */
export const bearerAccepted: Probe = {
  code: CODE,
  step: 'P8',
  scope: 'path',
  needs: ['REG312'],
  names: ['REG311'],
  sends: 'GET /v2/ with the token of the sign-in, five times at once',
  decide: async (sight) => [judged(await sight.see(bearers))],
};

function judged(seen: readonly Seen[]): Outcome {
  if (seen.length === 0) {
    return skipped(CODE, 'a token, which the registry refused (REG314)');
  }
  const refused = seen.filter((one) => isRefusal(one, 'token-refused'));
  if (refused.length > 0) {
    return broken(CODE, {
      observed: `${refused.length} of ${seen.length} requests with a token made just now are refused`,
      expected: '200 each time',
    });
  }
  if (seen.some((one) => isRefusal(one, 'no-credential-seen'))) {
    return broken('REG311', {
      observed: '401 with a challenge, for a request with a token',
      expected: '200',
      why: 'the header arrives with Basic and is lost with Bearer: something on the way passes on one of the two only',
    });
  }
  const failed = seen.find((one) => !isAnswered(one) || one.status !== 200);
  return failed
    ? skipped(CODE, `five answers of the registry: ${shownAnswer(failed)}`)
    : passed(CODE, `${seen.length} of ${seen.length} requests accepted`);
}

function isRefusal(seen: Seen, reading: Answered['reading']['id']): boolean {
  return isAnswered(seen) && seen.status === 401 && seen.reading.id === reading;
}
