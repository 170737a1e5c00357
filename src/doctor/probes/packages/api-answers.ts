import { quote } from '../../../declaration/problem';
import type { Seen } from '../../ask';
import { isAnswered } from '../../ask';
import type { ServerSeen } from '../../observe/server';
import { isSignInRequired, nameOf, server } from '../../observe/server';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Probe } from '../../probe';
import type { Sight } from '../../sight';
import { shownSeen } from '../route/shown';

const CODE = 'REG910';

/** P10: the REST API answers, and names product and version. */
export const apiAnswers: Probe = {
  code: CODE,
  step: 'P10',
  scope: 'path',
  needs: ['REG210'],
  sends: 'GET /api/v1/version, with the credential where sign-in is required',
  decide: async (sight) => {
    const { seen, server: known } = await sight.see(server);
    if (known !== undefined) {
      return [passed(CODE, nameOf(known))];
    }
    if (isAnswered(seen) && seen.reading.id === 'api-below-path') {
      return [skipped(CODE, `an address at whose root Gitea answers: ${seen.reading.meaning}`)];
    }
    return [isNotForUs(seen) ? kept(sight, seen) : await noApi(sight, seen)];
  },
};

/** Gitea's API answers, and not to this caller. */
function isNotForUs(seen: Seen): boolean {
  return (
    isSignInRequired(seen) ||
    (isAnswered(seen) &&
      /^(token-refused|account-locked|password-change-required|scope-missing)$/.test(
        seen.reading.id,
      ))
  );
}

function kept({ path }: Sight, seen: Seen): Outcome {
  return skipped(
    CODE,
    path.credential === undefined || isSignInRequired(seen)
      ? 'a credential: the API answers nobody who has not signed in'
      : 'a credential the API takes',
  );
}

async function noApi(sight: Sight, seen: Seen): Promise<Outcome> {
  if (isV2Only(sight)) {
    return skipped(CODE, 'the declared route leads /v2 to Gitea and nothing else');
  }
  const elsewhere = await answering(sight);
  return broken(CODE, {
    // The commands have another way; who uses this host for the API has none.
    severity: elsewhere ? 'warning' : 'error',
    observed: isNoVersion(seen)
      ? 'HTTP 200 without a version: something else than Gitea answers'
      : `${shownSeen(seen)}${elsewhere ? `; path ${quote(elsewhere.name)} answers as ${elsewhere.server}` : ''}`,
    expected: '200 with a version from /api/v1/version',
  });
}

function isNoVersion(seen: Seen): boolean {
  return isAnswered(seen) && seen.status === 200;
}

/** The route of a declaration leads `/v2` of its host to Gitea; what else the host serves is not ours. */
function isV2Only({ path, request: { declaration } }: Sight): boolean {
  return declaration?.route !== undefined && path.origin.host === declaration.host;
}

async function answering(
  sight: Sight,
): Promise<{ readonly name: string; readonly server: string } | undefined> {
  const others = sight.others.filter((other) => other !== sight);
  const seen: readonly ServerSeen[] = await Promise.all(others.map((other) => other.see(server)));
  const at = seen.findIndex((one) => one.server !== undefined);
  return at < 0 ? undefined : { name: others[at].path.name, server: nameOf(seen[at].server!) };
}
