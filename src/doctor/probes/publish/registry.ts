import type { ClientError } from '../../../client/error';
import { publishRegistry } from '../../observe/publish-registry';
import type { Outcome } from '../../outcome';
import { skipped } from '../../outcome';
import type { Sight } from '../../sight';
import { withoutCode } from '../route/shown';

/** Decides where a registry answers; the rest of the report says why none does. */
export async function onRegistry(
  sight: Sight,
  code: string,
  decide: (sight: Sight) => Promise<readonly Outcome[]>,
): Promise<readonly Outcome[]> {
  return (await sight.see(publishRegistry)) === undefined
    ? [skipped(code, 'waits for REG230')]
    : decide(sight);
}

/** What is about signing in, and said by the probes of that (P5 to P8). */
const SIGNING_IN = /^REG(24[01]|31[0-6])$/;

/** What is only information, and could not be had: another check speaks of the cause. */
export function notTold(code: string, error: ClientError): Outcome {
  if (SIGNING_IN.test(error.code) && error.code !== code) {
    return skipped(code, `waits for ${error.code}`);
  }
  const said = withoutCode(error);
  return skipped(code, error.code === code ? said : `${said} (${error.code})`);
}

/** Whether an answer says that the one who asks has no right to it, or is nobody. */
export function isDenied({ code, facts: { status } }: ClientError): boolean {
  return status === 401 || status === 403 || code === 'REG310';
}
