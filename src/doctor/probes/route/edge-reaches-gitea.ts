import { isPage } from '../../../client/server-text';
import type { Answered, Seen } from '../../ask';
import { isAnswered } from '../../ask';
import { health } from '../../observe/health';
import { plainHttp } from '../../observe/plain-http';
import { v2 } from '../../observe/v2';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Probe } from '../../probe';
import type { Observation, Sight } from '../../sight';
import { tlsBlock } from '../names/speaks-tls';
import { frontCode, isLogin } from './front-code';
import { elsewhereText, healthyElsewhere, registryKind } from './registry-kind';
import { shownSeen } from './shown';

const CODE = 'REG210';

const EXPECTED = 'the health check of Gitea';

/** Rows of answers that only Gitea gives, though not to a health check. */
const GITEA_ROWS = /^(api-below-path|page-of-gitea|api-route-missing|sign-in-required)$/;

/** How the way to Gitea stands on a path, for those who explain by it what they see. */
export const reach: Observation<readonly Outcome[]> = async (sight) => {
  const waits = await tlsBlock(sight);
  return waits === undefined ? judged(sight) : [skipped(CODE, `waits for ${waits}`)];
};

/** P3: whether a request reaches Gitea at all, and who answers instead. */
export const edgeReachesGitea: Probe = {
  code: CODE,
  step: 'P3',
  scope: 'path',
  // And REG120 on paths by https: a path by http is probed although images need https.
  needs: ['REG113'],
  names: [
    ...['REG212', 'REG213', 'REG215', 'REG217', 'REG218', 'REG219', 'REG220', 'REG250'],
    ...['REG452', 'REG560', 'REG563'],
  ],
  sends: 'GET /api/healthz',
  decide: (sight) => sight.see(reach),
};

async function judged(sight: Sight): Promise<readonly Outcome[]> {
  const [seen, ping] = await Promise.all([sight.see(health), sight.see(v2)]);
  if (isHealth(seen)) {
    return healthOutcomes(seen);
  }
  if (isAnswered(seen) && isGiteaText(seen)) {
    return [passed(CODE, shownSeen(seen), 'Gitea answers, though not with its health check')];
  }
  const kind = registryKind(ping);
  if (kind === 'foreign') {
    return [foreign(sight, ping)];
  }
  if (kind !== undefined) {
    return [skipped(CODE, `the host leads /v2 to Gitea and nothing else: ${shownSeen(seen)}`)];
  }
  if (isAnswered(seen) && isV2Only(sight)) {
    return [skipped(CODE, 'the declared route leads /v2 to Gitea and nothing else')];
  }
  return [
    isAnswered(seen) ? await byOthers(sight, seen) : broken(CODE, { observed: shownSeen(seen) }),
  ];
}

/** 424 is Gitea's too: it is up, and something it needs is not. */
function isHealth(seen: Seen): seen is Answered {
  return (
    isAnswered(seen) &&
    (seen.status === 200 || seen.status === 424) &&
    /^\s*\{\s*"status"\s*:\s*"(pass|warn|fail)"/.test(seen.body)
  );
}

function healthOutcomes({ status, body }: Answered): readonly Outcome[] {
  const reached = passed(CODE, `${status} by Gitea`);
  if (status === 200) {
    return [reached];
  }
  const failing = Array.from(
    body.matchAll(/"(\w+:ping)"\s*:\s*\[\s*\{\s*"status"\s*:\s*"fail"/g),
    ([, name]) => name,
  );
  return [
    reached,
    broken('REG560', {
      observed: `the health check of Gitea fails${failing.length > 0 ? `: ${failing.join(', ')}` : ''}`,
      expected: '200 from /api/healthz',
      fix: {
        kind: 'text',
        text: 'look at the database and the cache of Gitea: its log names what it does not reach',
      },
    }),
  ];
}

/** What Gitea's own web server says where it has no such page. */
function isGiteaText({ status, body, reading }: Answered): boolean {
  return GITEA_ROWS.test(reading.id) || (status === 404 && /^Not found\.\s*$/.test(body));
}

function foreign({ request }: Sight, ping: Seen): Outcome {
  const observed = `${shownSeen(ping)}, not Gitea`;
  return request.publish ? skipped(CODE, observed) : broken(CODE, { observed, expected: EXPECTED });
}

/** The route of a declaration leads `/v2` of its host to Gitea; what else the host serves is not ours. */
function isV2Only({ path, request: { declaration } }: Sight): boolean {
  return declaration?.route !== undefined && path.origin.host === declaration.host;
}

async function byOthers(sight: Sight, seen: Answered): Promise<Outcome> {
  const observed = shownSeen(seen);
  const elsewhere = await healthyElsewhere(sight);
  const code = frontCode(seen) ?? (await codeOfPlace(sight, seen));
  // The pod is well, as the other path shows: packets to it are dropped on this one.
  const isCutOff = seen.status === 504 && elsewhere !== undefined;
  return broken(isCutOff ? 'REG563' : code, {
    observed: observed + (code === CODE || isCutOff ? elsewhereText(elsewhere) : ''),
    expected: EXPECTED,
  });
}

async function codeOfPlace(sight: Sight, seen: Answered): Promise<string> {
  if (seen.status !== 404) {
    return seen.status === 200 && isLogin(seen) ? 'REG217' : CODE;
  }
  if (sight.path.isImageHost === false && !isPage(seen.body, seen.headers['content-type'])) {
    // Nothing stands in front here: it is not the Service of Gitea, or not its port.
    return 'REG220';
  }
  const plain = await sight.see(plainHttp);
  return plain && (isHealth(plain.health) || registryKind(plain.v2) === 'gitea') ? 'REG213' : CODE;
}
