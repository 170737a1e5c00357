import { describeServer } from '../../../client/packages/server';
import { unsupportedLink } from '../../../client/packages/link-support';
import type { Seen } from '../../ask';
import { isAnswered } from '../../ask';
import type { LinkRoute } from '../../observe/link-route';
import { linkRoute } from '../../observe/link-route';
import { server } from '../../observe/server';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Probe } from '../../probe';
import type { Sight } from '../../sight';
import { shownSeen, withoutCode } from '../route/shown';
import { inTheWeb } from './link-in-the-web';

const CODE = 'REG911';

/** P10: the server has the route that links packages, when a link is asked about or declared. */
export const linkRouteThere: Probe = {
  code: CODE,
  step: 'P10',
  scope: 'registry',
  needs: ['REG910', 'REG250'],
  names: ['REG250'],
  sends: 'GET /api/v1/packages/OWNER/TYPE/NAME/-/link/REPO, which takes POST alone',
  decide: async (sight) => {
    const route = await sight.see(linkRoute);
    return route === undefined ? [] : [await judged(sight, route)];
  },
};

async function judged(sight: Sight, { seen, flat, wanted }: LinkRoute): Promise<Outcome> {
  if (isRoute(seen)) {
    return passed(CODE, '405 with Allow: POST by Gitea');
  }
  if (!isAnswered(seen)) {
    return skipped(CODE, withoutCode(seen.error));
  }
  if (seen.status === 401 || seen.status === 403) {
    return skipped(CODE, 'a credential the API takes');
  }
  const severity = sight.request.link ? 'error' : 'warning';
  if (flat !== undefined && isRoute(flat)) {
    return broken('REG250', {
      severity,
      observed: `${shownSeen(seen)} for a name with '%2F', 405 for one without`,
      expected: '405 with Allow: POST for both',
    });
  }
  const { server: known } = await sight.see(server);
  const reason = known && unsupportedLink('', known)?.row.cause === 'too-old';
  return broken(CODE, {
    // What is declared may be linked already, by hand.
    severity,
    observed: `${shownSeen(seen)}${known ? ` from ${describeServer(known)}` : ''}`,
    expected: '405 with Allow: POST',
    ...(reason === true
      ? { fix: inTheWeb(sight, wanted.reference) }
      : {
          fix: {
            kind: 'text',
            text: 'the release has the route, so something in front of Gitea hides it: lead all of /api/v1 to Gitea, or name another address with --registry',
          },
        }),
  });
}

function isRoute(seen: Seen): boolean {
  return isAnswered(seen) && seen.status === 405 && /\bPOST\b/.test(String(seen.headers.allow));
}
