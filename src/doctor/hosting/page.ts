import { serverText } from '../../client/server-text';
import type { Answered, Seen } from '../ask';
import { ask, isAnswered } from '../ask';
import type { Sight } from '../sight';
import { answerText, unlikeWorking } from './found';
import type { Found } from './observation';

/** Head of a page, with the manifest Gitea writes into it. */
const READ_BYTES = 64 * 1024;

/** `/` leads to `/explore` (LANDING_PAGE) or `/user/login` (REQUIRE_SIGNIN_VIEW), which may lead on. */
const MOST_REDIRECTS = 3;

/** Names of the themes, and a variable of the scripts for who has themes of their own (templates/base/head*.tmpl). */
const FORGE_PAGE = /\bdata-theme="(gitea|forgejo)|\bassetUrlPrefix\b/;

/** Start of a sign-in elsewhere: asking further would begin one. */
const SIGN_IN_ELSEWHERE = /\/user\/oauth2\//;

/**
 * Whether a page of the web interface comes, redirects within the origin followed.
 *
 * @param path such as `/user/login`
 */
export async function page(sight: Sight, path: string): Promise<Found> {
  let url = path;
  let way = '';
  for (let hops = 0; ; hops++) {
    const seen = await ask(sight, { url, surface: 'api', readBytes: READ_BYTES });
    const target = redirectOf(seen);
    if (!isAnswered(seen) || target === undefined) {
      return { ...judged(seen), observed: `${way}${judged(seen).observed}` };
    }
    const { status } = seen;
    if (target.origin !== seen.url.origin) {
      return { standing: 'refuses', observed: `${way}${status} to ${serverText(target.origin)}` };
    }
    way += `${status} to ${serverText(target.pathname, 80)}`;
    if (SIGN_IN_ELSEWHERE.test(target.pathname)) {
      return { standing: 'works', observed: way };
    }
    if (hops === MOST_REDIRECTS) {
      return { standing: 'fails', observed: `${way}, and so on` };
    }
    way += ': ';
    url = target.href;
  }
}

function judged(seen: Seen): Found {
  if (isAnswered(seen) && seen.status === 200) {
    return FORGE_PAGE.test(seen.body)
      ? { standing: 'works', observed: '200, a page of Gitea or Forgejo' }
      : { standing: 'fails', observed: `${answerText(seen)}, not a page of Gitea or Forgejo` };
  }
  return unlikeWorking(seen);
}

function redirectOf(seen: Seen): URL | undefined {
  if (!isAnswered(seen) || seen.status < 300 || seen.status > 399) {
    return undefined;
  }
  const { location } = (seen satisfies Answered).headers;
  return location !== undefined && URL.canParse(location, seen.url.href)
    ? new URL(location, seen.url)
    : undefined;
}
