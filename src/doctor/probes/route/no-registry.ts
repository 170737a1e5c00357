import { isPage } from '../../../client/server-text';
import type { Answered, Seen } from '../../ask';
import { isAnswered } from '../../ask';
import { packageRoute } from '../../observe/package-route';
import { plainHttp } from '../../observe/plain-http';
import { v2, v2Token } from '../../observe/v2';
import type { Outcome } from '../../outcome';
import { broken, holds } from '../../outcome';
import type { Sight } from '../../sight';
import { reach } from './edge-reaches-gitea';
import { frontCode, isLogin } from './front-code';
import { elsewhereText, healthyElsewhere, registryKind } from './registry-kind';
import { shownSeen } from './shown';

const EXPECTED = '401 by Gitea with a Bearer challenge';

/** A page of Gitea or Forgejo. */
const GITEA_PAGE = /data-theme="(gitea|forgejo)/;

/**
 * Why `/v2/` is answered by no registry (section 3 of the catalogue, "P4"); undefined when the answer itself says
 * nothing, or none came.
 */
export async function noRegistry(sight: Sight, seen: Seen): Promise<Outcome | undefined> {
  if (!isAnswered(seen)) {
    return undefined;
  }
  if (seen.status === 401 && seen.reading.id === 'token-refused') {
    return broken('REG230', {
      observed:
        'HTTP 401 as for a wrong password, for a request without credentials: a proxy adds some',
      expected: EXPECTED,
    });
  }
  if (isGiteaLogin(seen) || isPageOfSuccess(seen)) {
    return page(sight, seen);
  }
  if (seen.status === 504 && (await healthyElsewhere(sight))) {
    return fault('REG563', seen, await healthyElsewhere(sight));
  }
  const code = frontCode(seen);
  if (code !== undefined) {
    return fault(code, seen);
  }
  if (seen.status === 404) {
    return /^Not found\.\s*$/.test(seen.body) ? webNotFound(sight, seen) : notRouted(sight, seen);
  }
  return seen.status < 300 && (await isGiteaReached(sight)) ? fault('REG211', seen) : undefined;
}

function fault(code: string, seen: Answered, elsewhere?: Sight): Outcome {
  return broken(code, {
    observed: shownSeen(seen) + elsewhereText(elsewhere),
    expected: EXPECTED,
  });
}

function isPageOfSuccess({ status, body, headers }: Answered): boolean {
  return status === 200 && isPage(body, headers['content-type']);
}

/** Where everybody must sign in, the home page of Gitea leads there. */
function isGiteaLogin({ status, headers: { location = '' } }: Answered): boolean {
  return status >= 300 && status < 400 && /^\/([^/]+\/)?user\/login(\?|$)/.test(location);
}

/** A page in place of the registry: Gitea's home page behind a strip rule, or a login. */
async function page(sight: Sight, seen: Answered): Promise<Outcome | undefined> {
  const token = await sight.see(v2Token);
  const isStripped =
    GITEA_PAGE.test(seen.body) ||
    isGiteaLogin(seen) ||
    (isAnswered(token) && token.status === 404 && /^Not found\.\s*$/.test(token.body));
  if (isStripped) {
    return fault('REG212', seen);
  }
  return isLogin(seen) || (await isGiteaReached(sight)) ? fault('REG217', seen) : undefined;
}

async function isGiteaReached(sight: Sight): Promise<boolean> {
  return (await sight.see(reach)).some(holds);
}

/** Nobody leads `/v2` anywhere. */
async function notRouted(sight: Sight, seen: Answered): Promise<Outcome | undefined> {
  const plain = await sight.see(plainHttp);
  if (plain && registryKind(plain.v2) === 'gitea') {
    return fault('REG213', seen);
  }
  const elsewhere = await healthyElsewhere(sight);
  if (elsewhere) {
    return fault('REG211', seen, elsewhere);
  }
  // Where nothing of Gitea is reached, the path is not to blame.
  const isLost = (await sight.see(reach)).some(({ status }) => status === 'fail');
  return isLost ? undefined : fault('REG211', seen);
}

/** Gitea's web pages know no such path: packages are off, or something changed the path. */
async function webNotFound(sight: Sight, seen: Answered): Promise<Outcome> {
  const elsewhere = await healthyElsewhere(sight);
  if (elsewhere) {
    return fault('REG212', seen, elsewhere);
  }
  const route = (await isAlikeElsewhere(sight)) ? undefined : await sight.see(packageRoute);
  const isRouted =
    route !== undefined &&
    isAnswered(route) &&
    route.reading.responder === 'gitea' &&
    route.reading.id !== 'owner-unknown';
  return fault(isRouted ? 'REG212' : 'REG610', seen);
}

async function isAlikeElsewhere(sight: Sight): Promise<boolean> {
  const others = await Promise.all(
    sight.others.filter((other) => other !== sight).map((other) => other.see(v2)),
  );
  return others.some((seen) => isAnswered(seen) && /^Not found\.\s*$/.test(seen.body));
}
