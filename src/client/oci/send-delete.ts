import type { RegistryConnection, RegistryRequest } from './connection';
import type { Purpose } from './registry-answer';
import { expectStatus, isAbsent } from './registry-answer';

/** Deletes once; what is not there is no error. */
export async function sendDelete(
  connection: RegistryConnection,
  { asked, ...request }: Pick<RegistryRequest, 'url' | 'scopes'> & { readonly asked: Purpose },
): Promise<'deleted' | 'absent'> {
  const answer = await connection.send({ method: 'DELETE', ...request });
  if (isAbsent(answer)) {
    await answer.discard();
    return 'absent';
  }
  await expectStatus(answer, [200, 202, 204], asked, connection.target);
  await answer.discard();
  return 'deleted';
}
