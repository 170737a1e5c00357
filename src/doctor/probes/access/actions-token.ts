import { account } from '../../observe/account';
import { signedIn } from '../../observe/signed-in';
import { broken, passed } from '../../outcome';
import type { Probe } from '../../probe';

const CODE = 'REG315';

/** Gitea's `UserID` for the job of an Actions run. */
export const ACTIONS = -2;

/** P8: the credential is not the built-in one of a job. */
export const actionsToken: Probe = {
  code: CODE,
  step: 'P8',
  scope: 'path',
  needs: ['REG312'],
  sends: 'nothing more: reads the token of the sign-in, and GET /api/v1/user where that is refused',
  decide: async (sight) => {
    const { token } = (await sight.see(signedIn)) ?? {};
    const userId = token ? token.userId : (await sight.see(account))?.id;
    if (userId === ACTIONS) {
      return [
        broken(CODE, {
          observed: 'the built-in token of an Actions job',
          expected: "an access token of a bot, with 'write:package'",
        }),
      ];
    }
    // Refused and nobody says whose it is: REG314 has said so.
    return userId === undefined ? [] : [passed(CODE, 'the token of an account')];
  },
};
