import { Authorization } from '../../client/oci/authorization';
import { challengesOf } from '../../client/oci/challenge';
import { realmElsewhere } from '../../client/oci/realm';
import { refusal } from '../../client/refusal';
import type { RegistryTarget } from '../../client/target';

/** What a registry says of the credential it gave a token for. */
export interface IssuedToken {
  /** Gitea's account: -1 for nobody, -2 for an Actions job. @default - the registry does not say */
  readonly userId?: number;
  /**
   * Scopes of the credential, such as `write:package`; `all` for a password on Gitea, none for one on Forgejo.
   * @default - the registry does not say (Gitea before 1.22.2)
   */
  readonly scopes?: readonly string[];
}

/**
 * Signs in to the registry as docker does, and reads what the token says. Nobody checks its signature: it only tells
 * people what the server thinks.
 *
 * @throws ClientError REG240 or REG241 (the realm), REG310, REG311, REG312 or REG314 (the credential), REG210 and the
 *   like where no registry answers
 */
export async function issueToken(target: RegistryTarget): Promise<IssuedToken> {
  const { origin, transport, signal } = target;
  const answer = await transport.send({ method: 'GET', url: new URL('/v2/', origin), signal });
  if (answer.status === 200) {
    await answer.discard();
    return {};
  }
  if (answer.status !== 401) {
    const purpose = `sign in to '${origin.host}'`;
    throw await refusal(answer, { method: 'GET', purpose, surface: 'v2' });
  }
  await answer.discard();
  const grant = await new Authorization(target).answer(challengesOf(answer), [], undefined);
  const { token, withheldFrom } = grant ?? {};
  if (withheldFrom) {
    // What came is a token for nobody, whatever the credential is worth.
    throw realmElsewhere(origin, withheldFrom);
  }
  return { userId: token?.userId, scopes: token?.scopes };
}
