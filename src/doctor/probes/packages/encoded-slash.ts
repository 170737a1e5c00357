import { hasFeature } from '../../../client/packages/server';
import { quote } from '../../../declaration/problem';
import type { Answered, Seen } from '../../ask';
import { isAnswered } from '../../ask';
import type { EncodedSlashes } from '../../observe/encoded-slash';
import { encodedSlashes } from '../../observe/encoded-slash';
import { server } from '../../observe/server';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Probe } from '../../probe';
import type { Sight } from '../../sight';
import { shownSeen, withoutCode } from '../route/shown';

const CODE = 'REG250';

/** P10: `%2F` in a path arrives as it was sent. */
export const encodedSlashArrives: Probe = {
  code: CODE,
  step: 'P10',
  scope: 'path',
  needs: ['REG910'],
  sends:
    'GET /api/v1/packages/OWNER/container/a%2Fb, as nobody and with the credential; GET /api/packages/OWNER/npm/@doctor%2fprobe',
  decide: async (sight) => {
    const seen = await sight.see(encodedSlashes);
    const fault = (await refused(sight, seen)) ?? (await decoded(sight, seen));
    if (fault !== undefined) {
      return [fault];
    }
    return [
      isAnswered(seen.list)
        ? passed(CODE, `HTTP ${seen.list.status} by Gitea to a path with '%2F'`)
        : skipped(CODE, withoutCode(seen.list.error)),
    ];
  },
};

/** Statuses a filter of paths answers with; others speak of a backend. */
const REFUSALS: ReadonlySet<number> = new Set([400, 403, 404]);

async function refused(sight: Sight, seen: EncodedSlashes): Promise<Outcome | undefined> {
  const filtered = [seen.list, seen.npm].filter(isAnswered).find(isFilter);
  if (filtered !== undefined) {
    return broken(CODE, {
      observed: `${shownSeen(filtered)} to a path with '%2F'`,
      expected: 'an answer of Gitea',
    });
  }
  if (!isAnswered(seen.list) || !isForeignRefusal(seen.list)) {
    return undefined;
  }
  const other = await comparable(sight, ({ list }) => isAnswered(list) && isOfGitea(list));
  return (
    other &&
    broken(CODE, {
      observed: `${shownSeen(seen.list)} to a path with '%2F'; path ${quote(other.path.name)} leads it to Gitea`,
      expected: 'an answer of Gitea',
    })
  );
}

/** Traefik's filter of encoded characters: 400, empty, and no header but Date. */
function isFilter({ status, reading }: Answered): boolean {
  return status === 400 && reading.code === CODE;
}

function isForeignRefusal(answer: Answered): boolean {
  return REFUSALS.has(answer.status) && !isOfGitea(answer);
}

function isOfGitea({ status, reading, headers }: Answered): boolean {
  return status === 200
    ? /^application\/json\b/i.test(String(headers['content-type']))
    : reading.responder === 'gitea' || reading.responder === 'forgejo';
}

/**
 * Whether `a%2Fb` was taken for version `b` of `a`: a release that lists the versions of a package looks for none there,
 * and where the release does not tell, another path that answers otherwise does.
 */
async function decoded(
  sight: Sight,
  { list, signedList }: EncodedSlashes,
): Promise<Outcome | undefined> {
  const wrong = [signedList, list].find((seen) => seen !== undefined && isVersionSought(seen));
  if (wrong === undefined) {
    return undefined;
  }
  const { server: known } = await sight.see(server);
  const other = await comparable(sight, (seen) => isListSought(seen.list));
  return (known && hasFeature(known, 'versionList') === true) || other !== undefined
    ? broken(CODE, {
        observed: `Gitea looked for version 'b' of a package 'a' where 'a%2Fb' was asked for${other ? `; path ${quote(other.path.name)} leaves it as it is` : ''}`,
        expected: "a path that arrives with its '%2F'",
      })
    : undefined;
}

function isVersionSought(seen: Seen): boolean {
  return isAnswered(seen) && seen.reading.id === 'package-missing';
}

function isListSought(seen: Seen): boolean {
  return isAnswered(seen) && (seen.status === 200 || seen.reading.id === 'api-route-missing');
}

/** Another path that shows the same question answered as it should be. */
async function comparable(
  sight: Sight,
  isSound: (seen: EncodedSlashes) => boolean,
): Promise<Sight | undefined> {
  const others = sight.others.filter((other) => other !== sight);
  const seen = await Promise.all(others.map((other) => other.see(encodedSlashes)));
  return others.find((_, at) => isSound(seen[at]));
}
