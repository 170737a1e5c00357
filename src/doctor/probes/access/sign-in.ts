import type { RegistryToken } from '../../../client/oci/registry-token';
import { isAnswered } from '../../ask';
import type { TokenAnswer } from '../../observe/token-answer';
import type { Outcome } from '../../outcome';
import { broken, skipped } from '../../outcome';
import { isSignInDemanded, NOBODY } from './anonymous-access';
import { IN_FRONT } from './authorization-passes';
import { shownAnswer } from './shown';

/** Codes a sign-in can end in. */
export const SIGN_IN_FAULTS = ['REG311', ...IN_FRONT];

/** What came of a sign-in. */
export type SignIn =
  | { readonly kind: 'accepted'; readonly token: RegistryToken }
  /** The credential is known and has no package scope, or is that of an Actions job (Gitea from 1.22.2 on). */
  | { readonly kind: 'scopeless' }
  | { readonly kind: 'not'; readonly outcome: Outcome };

const CERTIFICATE = /^REG12[1-4]$/;

/**
 * Reads the answer to a sign-in. Holds only where the Authorization header arrives (REG311): without it strict sign-in
 * answers as to a token without a scope.
 *
 * @param whose as the subject of a sentence: `the credential`
 */
export function readSignIn(answer: TokenAnswer, whose: string): SignIn {
  const { seen, token } = answer;
  const expected = `a token of the account`;
  if (token) {
    return token.userId === NOBODY
      ? not(
          broken('REG311', {
            observed: `200 and a token for nobody, although ${whose} was sent`,
            expected,
          }),
        )
      : { kind: 'accepted', token };
  }
  if (!isAnswered(seen)) {
    const { code, message } = seen.error;
    return not(
      CERTIFICATE.test(code)
        ? skipped('REG312', 'a certificate that is trusted: no credential is sent without one')
        : broken('REG312', { observed: message, expected }),
    );
  }
  if (isSignInDemanded(answer)) {
    return { kind: 'scopeless' };
  }
  const { code } = seen.reading;
  return not(
    broken(IN_FRONT.includes(code) ? code : 'REG312', {
      observed: `${shownAnswer(seen)}, for ${whose}`,
      expected,
    }),
  );
}

function not(outcome: Outcome): SignIn {
  return { kind: 'not', outcome };
}
