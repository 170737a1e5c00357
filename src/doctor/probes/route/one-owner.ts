import { serverText } from '../../../client/server-text';
import { isAnswered } from '../../ask';
import { v2Repeats } from '../../observe/v2';
import { versions } from '../../observe/versions';
import type { Outcome } from '../../outcome';
import { broken } from '../../outcome';
import type { Probe } from '../../probe';
import type { Sight } from '../../sight';
import { tlsBlock } from '../names/speaks-tls';
import { exceptions, takesTurns } from './flips';
import { shownSeen } from './shown';

const CODE = 'REG214';

/** P4: whether two routes, or two releases, take turns. Silent when nothing shows it: that proves nothing. */
export const oneOwner: Probe = {
  code: CODE,
  step: 'P4',
  scope: 'path',
  needs: [],
  sends: 'GET /v2/ and GET /api/v1/version, five times each at once',
  decide: async (sight) =>
    (await tlsBlock(sight)) === undefined
      ? [...(await turnsOfV2(sight)), ...(await turnsOfReleases(sight))]
      : [],
};

async function turnsOfV2(sight: Sight): Promise<readonly Outcome[]> {
  const repeats = await sight.see(v2Repeats);
  const bad = exceptions(repeats).filter(isAnswered);
  return takesTurns(repeats)
    ? [
        broken(CODE, {
          observed: `${bad.length} of ${repeats.length} answers to /v2/ come from elsewhere: ${shownSeen(bad[0])}`,
          expected: 'the same answer each time',
        }),
      ]
    : [];
}

async function turnsOfReleases(sight: Sight): Promise<readonly Outcome[]> {
  const seen = await sight.see(versions);
  const named = seen.flatMap(({ body }) => /"version"\s*:\s*"([^"]{1,80})"/.exec(body)?.[1] ?? []);
  const distinct = [...new Set(named)].sort();
  return distinct.length > 1
    ? [
        broken(CODE, {
          observed: `releases of different versions take turns: ${distinct.map((version) => `'${serverText(version, 80)}'`).join(', ')}`,
          expected: 'the same answer each time',
        }),
      ]
    : [];
}
