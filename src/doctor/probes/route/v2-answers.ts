import type { Seen } from '../../ask';
import { isAnswered } from '../../ask';
import { v2, v2Repeats } from '../../observe/v2';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Probe } from '../../probe';
import type { Sight } from '../../sight';
import { tlsBlock } from '../names/speaks-tls';
import { reach } from './edge-reaches-gitea';
import { exceptions, takesTurns } from './flips';
import { frontCode } from './front-code';
import { noRegistry } from './no-registry';
import { registryKind } from './registry-kind';
import { shownSeen } from './shown';

const CODE = 'REG230';

const EXPECTED = "401 with 'Docker-Distribution-Api-Version: registry/2.0' and a Bearer challenge";

/** P4: whether `/v2/` answers as clients need it, and what answers in its place. */
export const v2Answers: Probe = {
  code: CODE,
  step: 'P4',
  scope: 'path',
  // Not REG210, for a host may lead /v2 alone to Gitea; and REG120 on paths by https.
  needs: ['REG113'],
  names: [
    ...['REG211', 'REG212', 'REG213', 'REG215', 'REG217', 'REG218', 'REG219', 'REG220'],
    ...['REG250', 'REG452', 'REG560', 'REG563', 'REG610'],
  ],
  sends: 'GET /v2/ without credentials, five times at once, following no redirect',
  decide: async (sight) => [await judged(sight)],
};

async function judged(sight: Sight): Promise<Outcome> {
  const waits = await tlsBlock(sight);
  if (waits !== undefined) {
    return skipped(CODE, `waits for ${waits}`);
  }
  const [first, repeats] = await Promise.all([sight.see(v2), sight.see(v2Repeats)]);
  if (takesTurns(repeats)) {
    return skipped(CODE, 'waits for REG214');
  }
  const bad = exceptions(repeats);
  if (bad.length > 0) {
    return sometimes(bad, repeats.length);
  }
  return (
    (await asRegistry(sight, first)) ?? withoutRepeating(sight, await noRegistry(sight, first))
  );
}

/** Most answers are well. */
function sometimes(bad: readonly Seen[], total: number): Outcome {
  const [first] = bad;
  return broken((isAnswered(first) && frontCode(first)) || CODE, {
    severity: isAnswered(first) ? 'error' : 'warning',
    observed: `${bad.length} of ${total} at once: ${shownSeen(first)}`,
    expected: EXPECTED,
  });
}

/** Judges the answer of a registry; undefined when none gave it. */
async function asRegistry(sight: Sight, seen: Seen): Promise<Outcome | undefined> {
  const isFor = sight.request.publish !== undefined;
  const fault = (observed: string, severity?: 'warning'): Outcome =>
    broken(CODE, { observed, expected: EXPECTED, severity });
  switch (registryKind(seen)) {
    case 'gitea':
      return passed(CODE, '401 by Gitea');
    case 'unnamed':
      return fault('401 by Gitea, its Docker-Distribution-Api-Version taken off', 'warning');
    case 'unchallenged':
      return fault('401 by Gitea without a Bearer challenge: something takes WWW-Authenticate off');
    case 'signed-in':
      return isFor && (await isElsewhere(sight))
        ? passed(CODE, 'another registry than Gitea, open to everybody')
        : fault('HTTP 200 without a login: a proxy adds credentials of its own');
    case 'foreign':
      return isFor
        ? passed(CODE, `${shownSeen(seen)}, not Gitea`)
        : withoutRepeating(
            sight,
            broken('REG211', {
              observed: `${shownSeen(seen)}, not Gitea`,
              expected: EXPECTED,
            }),
          );
    case undefined:
      return undefined;
  }
}

/** Whether nothing else of Gitea was seen on the path. */
async function isElsewhere(sight: Sight): Promise<boolean> {
  return (await sight.see(reach)).every(({ status }) => status === 'skip');
}

/** What P3 has said already is said once. */
async function withoutRepeating(sight: Sight, verdict: Outcome | undefined): Promise<Outcome> {
  const stop = (await sight.see(reach)).find(({ status }) => status === 'fail');
  const isSaid =
    stop !== undefined &&
    (verdict === undefined ||
      verdict.code === stop.code ||
      registryKind(await sight.see(v2)) === 'foreign');
  if (isSaid) {
    return skipped(CODE, `waits for ${stop.code}`);
  }
  return verdict ?? broken(CODE, { observed: shownSeen(await sight.see(v2)), expected: EXPECTED });
}
