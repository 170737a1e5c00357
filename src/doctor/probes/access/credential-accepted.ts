import { account } from '../../observe/account';
import { signedIn } from '../../observe/signed-in';
import { passed, skipped } from '../../outcome';
import type { Probe } from '../../probe';
import { readSignIn, SIGN_IN_FAULTS } from './sign-in';

const CODE = 'REG312';

/** P8: the server knows the account behind the credential. */
export const credentialAccepted: Probe = {
  code: CODE,
  step: 'P8',
  scope: 'path',
  needs: ['REG311'],
  names: SIGN_IN_FAULTS,
  sends: 'GET /v2/token with the credential',
  decide: async (sight) => {
    // What comes next needs it, and the credential may be shown now.
    void sight.see(account);
    const answer = await sight.see(signedIn);
    if (answer === undefined) {
      return [skipped(CODE, 'a user and an access token of this origin')];
    }
    const signIn = readSignIn(answer, 'the credential');
    return [
      signIn.kind === 'not'
        ? signIn.outcome
        : passed(CODE, signIn.kind === 'accepted' ? 'a token of the account' : 'a known token'),
    ];
  },
};
