import { isAnswered } from '../../ask';
import type { TokenAnswer } from '../../observe/token-answer';
import { wrongBasic } from '../../observe/wrong-basic';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Probe } from '../../probe';
import { isSignInDemanded, NOBODY } from './anonymous-access';
import { shownAnswer } from './shown';

const CODE = 'REG311';

/** What may refuse in place of the registry. */
export const IN_FRONT = ['REG217', 'REG218'];

/** P7: a wrong password must be refused; whoever accepts it never saw it. */
export const authorizationPasses: Probe = {
  code: CODE,
  step: 'P7',
  scope: 'path',
  needs: ['REG230'],
  names: IN_FRONT,
  sends: 'GET /v2/token with the Basic credentials of an account there is not',
  decide: async (sight) => [judged(await sight.see(wrongBasic))],
};

function judged(answer: TokenAnswer): Outcome {
  const { seen, token } = answer;
  const expected = '401 without a challenge, for a wrong password';
  if (token) {
    return token.userId === undefined || token.userId === NOBODY
      ? broken(CODE, { observed: '200 and a token for nobody, for a wrong password', expected })
      : broken(CODE, {
          observed: '200 and a token of an account, for a wrong password',
          expected,
          why: 'something on the way puts its own Authorization header in place of the one of the client: everybody acts with its rights',
        });
  }
  if (!isAnswered(seen)) {
    return skipped(CODE, `an answer to a sign-in: ${shownAnswer(seen)}`);
  }
  if (seen.reading.id === 'token-refused') {
    return passed(CODE, 'a wrong password is refused');
  }
  if (isSignInDemanded(answer)) {
    return broken(CODE, {
      observed: '401 with a challenge, as for a request without credentials',
      expected,
    });
  }
  return IN_FRONT.includes(seen.reading.code)
    ? broken(seen.reading.code, { observed: `${shownAnswer(seen)}, for a sign-in`, expected })
    : skipped(CODE, `an answer of the registry to a sign-in: ${shownAnswer(seen)}`);
}
