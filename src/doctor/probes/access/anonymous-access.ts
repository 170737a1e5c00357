import { isAnswered } from '../../ask';
import { anonymousToken } from '../../observe/anonymous-token';
import type { TokenAnswer } from '../../observe/token-answer';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Probe } from '../../probe';
import type { DoctorRequest } from '../../request';
import { listed, shownAnswer } from './shown';

const CODE = 'REG310';

/** Gitea's `UserID` for nobody. */
export const NOBODY = -1;

/** P6: whether somebody without an account gets a token; who declared something public must not demand sign-in. */
export const anonymousAccess: Probe = {
  code: CODE,
  step: 'P6',
  scope: 'path',
  needs: ['REG230'],
  names: ['REG311'],
  sends: 'GET of the token realm without credentials',
  decide: async (sight) => [judged(await sight.see(anonymousToken), sight.request)],
};

function judged({ seen, token }: TokenAnswer, request: DoctorRequest): Outcome {
  if (token) {
    return token.userId === undefined || token.userId === NOBODY
      ? passed(CODE, 'anonymous reading is allowed: a token for nobody')
      : foreignCredential('a token of an account');
  }
  if (isSignInDemanded({ seen, token })) {
    return strict(request);
  }
  return isAnswered(seen) && seen.reading.id === 'token-refused'
    ? foreignCredential('401 as for a wrong password')
    : skipped(CODE, `a token, or the word that sign-in is required: ${shownAnswer(seen)}`);
}

/** Whether the registry gives nobody a token (`[service] REQUIRE_SIGNIN_VIEW = true`). */
export function isSignInDemanded({ seen }: TokenAnswer): boolean {
  return (
    isAnswered(seen) &&
    seen.status === 401 &&
    ['login-refused', 'no-credential-seen'].includes(seen.reading.id)
  );
}

function strict({ declaration }: DoctorRequest): Outcome {
  const open = (declaration?.owners ?? []).filter(({ visibility }) => visibility === 'public');
  return open.length === 0
    ? passed(CODE, 'sign-in is required to read', 'every consumer needs a pull secret')
    : broken(CODE, {
        severity: 'warning',
        observed: `sign-in is required to read, and declared public: ${listed(open.map(({ name }) => name))}`,
        expected: 'a token for nobody',
      });
}

function foreignCredential(given: string): Outcome {
  return broken('REG311', {
    observed: `${given}, for a request without credentials`,
    expected: 'a token for nobody, or 401 with a challenge',
    why: 'something on the way adds an Authorization header of its own: everybody acts with its rights, or nobody can sign in',
  });
}
