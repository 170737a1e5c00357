import type { RequestLine, Switches } from '../../../src/testing';
import { CLOUDFLARE, FORWARD_AUTH, NGINX, TRAEFIK } from '../../../src/testing';

/** The way to the work: sign-in and the question for the version go through. */
const work = ({ path }: RequestLine): boolean =>
  !/^\/v2\/(token|\?|$)|^\/api\/(v1|forgejo\/v1)\/version/.test(path);

/** Requests that change something. */
const writing = (request: RequestLine): boolean =>
  work(request) && !/^(GET|HEAD)$/.test(request.method);

/** Bytes of blobs and files. */
const content = ({ method, path }: RequestLine): boolean =>
  method === 'GET' && /\/blobs\/sha256:|^\/api\/packages\//.test(path);

const once = { match: work, times: 1 };
const always = { match: work };

/** A fault, and what becomes of each operation. */
export interface Fault {
  readonly switches: Switches;
  /**
   * Of push, pull, put, get, list and link: `ok`, or the code people read, several where the client may know better one
   * day. A `+`: the answer is lost or wrong, and the work is done. `wrong`: the registry sends no digest of generic
   * files, who compares them with the list sees it.
   */
  readonly outcomes: string;
  /** Upload sessions of whose existence the client cannot know. @default 0 */
  readonly sessions?: number;
}

/** Everything that goes wrong on the way, by name. */
export const FAULTS: { readonly [name: string]: Fault } = {
  nothing: {
    switches: {},
    outcomes: 'ok ok ok ok ok ok',
  },

  'Authorization taken off': {
    switches: { requestHeaders: { strip: ['Authorization'] } },
    outcomes: 'REG311 REG311 REG321 REG311 REG311 REG311',
  },
  'challenge taken off': {
    switches: { responseHeaders: { strip: ['WWW-Authenticate'] } },
    outcomes: 'REG311 REG311 ok ok ok ok',
  },
  'Location taken off': {
    switches: { responseHeaders: { strip: ['Location'] } },
    outcomes: 'REG212 ok ok ok ok ok',
    sessions: 1,
  },
  'Docker-Content-Digest taken off': {
    switches: { responseHeaders: { strip: ['Docker-Content-Digest'] } },
    outcomes: 'ok ok ok ok ok ok',
  },
  'Docker-Content-Digest of something else': {
    switches: {
      contentDigest: { value: `sha256:${'0'.repeat(64)}` },
    },
    outcomes: 'REG475+ REG218 ok ok ok ok',
  },
  'Range and Content-Range taken off': {
    switches: {
      responseHeaders: { strip: ['Range', 'Content-Range', 'Accept-Ranges'] },
    },
    outcomes: 'ok ok ok ok ok ok',
  },
  'Content-Type text/html on everything': {
    switches: {
      responseHeaders: { strip: ['Content-Type'], add: [['Content-Type', 'text/html']] },
    },
    outcomes: 'ok ok ok REG217 REG217 REG217',
  },
  'Link to another host': {
    switches: {
      responseHeaders: { add: [['Link', '<http://127.0.0.2:1/v2/x>; rel="next"']] },
    },
    outcomes: 'ok ok ok ok ok ok',
  },
  'another Host': {
    switches: { host: { value: 'gitea.internal:3000' } },
    outcomes: 'ok ok ok ok ok ok',
  },
  'another Host and X-Forwarded-Proto': {
    switches: { host: { value: 'gitea.internal:3000' }, forwardedProto: { value: 'http' } },
    outcomes: 'REG241 REG241 ok ok ok ok',
  },
  'X-Forwarded-Proto https': {
    switches: { forwardedProto: { value: 'https' } },
    outcomes: 'REG241 REG241 ok ok ok ok',
  },
  'X-Forwarded-Proto twice': {
    switches: { forwardedProto: { value: 'https, http' } },
    outcomes: 'REG240 REG240 ok ok ok ok',
  },
  'Expect answered by the proxy': {
    switches: { expectContinue: { by: 'proxy' } },
    outcomes: 'ok ok ok ok ok ok',
  },

  '%2F decoded': {
    switches: { encodedSlash: { treatment: 'decode' } },
    outcomes: 'ok ok ok ok ok REG250',
  },
  '%2F refused': {
    switches: { encodedSlash: { treatment: 'refuse' } },
    outcomes: 'ok ok ok ok ok REG250',
  },
  'body limit of nginx': {
    switches: { bodyLimit: { bytes: 10, style: 'nginx' } },
    outcomes: 'REG450 ok REG450 ok ok ok',
  },
  'body limit of Cloudflare': {
    switches: { bodyLimit: { bytes: 10, style: 'cloudflare' } },
    outcomes: 'REG452 ok REG452 ok ok ok',
  },
  'body limit of Traefik': {
    switches: { bodyLimit: { bytes: 10, style: 'traefik' } },
    outcomes: 'REG218 ok REG218 ok ok ok',
  },

  'redirect to another path, once': {
    switches: {
      redirect: { status: 302, location: '{origin}{path}', ...once },
    },
    outcomes: 'ok ok REG219 ok ok ok',
  },
  'redirect loop': {
    switches: { redirect: { status: 302, location: '{origin}{path}' } },
    outcomes: 'REG219 REG219 REG219 REG219 REG219 REG219',
  },
  'redirect loop with 307': {
    switches: { redirect: { status: 307, location: '{origin}{path}' } },
    outcomes: 'REG219 REG219 REG219 REG219 REG219 REG219',
  },
  'redirect to nobody': {
    switches: { redirect: { status: 301, location: 'http://127.0.0.1:1{path}' } },
    outcomes: 'REG113 REG113 REG219 REG113 REG113 REG113',
  },

  '429 once': {
    switches: { answer: { ...TRAEFIK.tooManyRequests(0), ...once } },
    outcomes: 'ok ok ok ok ok ok',
  },
  '429 always': {
    switches: { answer: { ...TRAEFIK.tooManyRequests(0), ...always } },
    outcomes: 'REG218 REG218 REG218 REG218 REG218 REG218',
  },
  '429 for an hour': {
    switches: { answer: { ...TRAEFIK.tooManyRequests(3600), ...always } },
    outcomes: 'REG218 REG218 REG218 REG218 REG218 REG218',
  },
  '503 once': {
    switches: { answer: { ...TRAEFIK.noAvailableServer, ...once } },
    outcomes: 'ok ok ok ok ok ok',
  },
  '503 always': {
    switches: { answer: { ...TRAEFIK.noAvailableServer, ...always } },
    outcomes: 'REG560 REG560 REG560 REG560 REG560 REG560',
  },
  '503 for writing, once': {
    switches: { answer: { ...TRAEFIK.noAvailableServer, match: writing, times: 1 } },
    outcomes: 'ok ok ok ok ok ok',
  },
  '502 once': {
    switches: { answer: { ...TRAEFIK.badGateway, ...once } },
    outcomes: 'ok ok ok ok ok ok',
  },
  '502 always': {
    switches: { answer: { ...NGINX.badGateway, ...always } },
    outcomes: 'REG220 REG220 REG220 REG220 REG220 REG220',
  },
  '502 for writing, once': {
    switches: { answer: { ...TRAEFIK.badGateway, match: writing, times: 1 } },
    outcomes: 'ok ok ok ok ok ok',
  },
  '504 for writing, always': {
    switches: { answer: { ...TRAEFIK.gatewayTimeout, match: writing } },
    outcomes: 'REG440 ok REG440 ok ok REG440',
  },
  '500 page': {
    switches: { answer: { status: 500, body: '<html>error</html>', ...always } },
    outcomes: 'REG210 REG210 REG210 REG210 REG210 REG210',
  },
  '404 of Traefik': {
    switches: { answer: { ...TRAEFIK.notFound } },
    outcomes: 'REG211 REG211 REG910 REG910 REG910 REG910',
  },
  '404 of nginx': {
    switches: { answer: { ...NGINX.notFound } },
    outcomes: 'REG211 REG211 REG910 REG910 REG910 REG910',
  },
  '403 of Traefik': {
    switches: { answer: { ...TRAEFIK.forbidden } },
    outcomes: 'REG218 REG218 REG218 REG218 REG218 REG218',
  },
  '403 of Cloudflare': {
    switches: { answer: { ...CLOUDFLARE.forbidden, ...always } },
    outcomes: 'REG452 REG452 REG452 REG452 REG452 REG452',
  },
  '401 of a login in front': {
    switches: { answer: { ...TRAEFIK.basicAuth } },
    outcomes: 'REG217 REG217 REG217 REG217 REG217 REG217',
  },
  'a login page with 200': {
    switches: { answer: { ...FORWARD_AUTH.loginPage } },
    outcomes: 'REG217 REG217 REG217 REG217 REG217 REG217',
  },
  'a login redirect': {
    switches: { answer: { ...FORWARD_AUTH.loginRedirect('https://127.0.0.1:1/login') } },
    outcomes: 'REG113 REG113 REG217 REG113 REG113 REG113',
  },

  'reset before anything, once': {
    switches: { breakOff: { at: 'request', ...once } },
    outcomes: 'ok ok ok ok ok ok',
  },
  'reset before anything, always': {
    switches: { breakOff: { at: 'request' } },
    outcomes: 'REG210 REG210 REG210 REG210 REG210 REG210',
  },
  'reset of writing, once': {
    switches: { breakOff: { at: 'request', match: writing, times: 1 } },
    outcomes: 'ok ok ok ok ok ok',
  },
  'closed instead of the answer, once': {
    switches: { breakOff: { at: 'answer', how: 'close', ...once } },
    outcomes: 'ok ok ok ok ok ok',
  },
  'closed instead of the answer to writing, once': {
    switches: {
      breakOff: { at: 'answer', how: 'close', match: writing, times: 1 },
    },
    outcomes: 'ok ok ok ok ok ok',
    sessions: 1,
  },
  'reset instead of the answer to writing, always': {
    switches: {
      breakOff: { at: 'answer', match: writing },
    },
    outcomes: 'REG210 ok REG210+ ok ok REG210+',
    sessions: 3,
  },
  'silence instead of the answer, once': {
    switches: { breakOff: { at: 'answer', how: 'silence', ...once } },
    outcomes: 'ok ok ok ok ok ok',
  },
  'silence instead of the answer to writing, once': {
    switches: {
      breakOff: { at: 'answer', how: 'silence', match: writing, times: 1 },
    },
    outcomes: 'ok ok ok ok ok ok',
    sessions: 1,
  },
  'cut in the header of the answer, once': {
    switches: { breakOff: { at: 'answer-header', ...once } },
    outcomes: 'ok ok ok ok ok ok',
  },
  'cut in the header of the answer to writing, once': {
    switches: {
      breakOff: { at: 'answer-header', match: writing, times: 1 },
    },
    outcomes: 'ok ok ok ok ok ok',
    sessions: 1,
  },

  'upload cut by Traefik, once': {
    switches: { requestCut: { afterBytes: 5, match: writing, times: 1 } },
    outcomes: 'ok ok ok ok ok ok',
  },
  'upload cut by Traefik, always': {
    switches: { requestCut: { afterBytes: 5 } },
    outcomes: 'REG440 ok REG440 ok ok ok',
  },
  'upload reset, once': {
    switches: { requestCut: { afterBytes: 5, how: 'reset', match: writing, times: 1 } },
    outcomes: 'ok ok ok ok ok ok',
  },
  'upload reset, always': {
    switches: { requestCut: { afterBytes: 5, how: 'reset' } },
    outcomes: 'REG210 ok REG210 ok ok ok',
  },
  'upload closed, always': {
    switches: { requestCut: { afterBytes: 5, how: 'close' } },
    outcomes: 'REG210 ok REG210 ok ok ok',
  },
  'upload in silence, once': {
    switches: {
      requestCut: { afterBytes: 5, how: 'silence', match: writing, times: 1 },
    },
    outcomes: 'ok ok ok ok ok ok',
  },

  'answer closed, once': {
    switches: { responseCut: { afterBytes: 5, ...once } },
    outcomes: 'ok ok ok ok ok ok',
  },
  'answer closed, always': {
    switches: { responseCut: { afterBytes: 5 } },
    outcomes: 'REG210 REG210 ok REG210 REG210 REG210',
  },
  'answer reset, always': {
    switches: { responseCut: { afterBytes: 5, how: 'reset' } },
    outcomes: 'REG210 REG210 ok REG210 REG210 REG210',
  },
  'answer in silence, always': {
    switches: { responseCut: { afterBytes: 5, how: 'silence', ...always } },
    outcomes: 'ok REG210 ok REG210 REG210 REG210',
  },
  'answer shortened': {
    switches: { responseCut: { afterBytes: 5, how: 'complete', ...always } },
    outcomes: 'ok REG218 ok REG210 REG210 REG210',
  },
  'content shortened': {
    switches: { responseCut: { afterBytes: 5, how: 'complete', match: content } },
    outcomes: 'ok REG735 ok wrong ok ok',
  },
  slow: {
    switches: { slow: { interval: 0 } },
    outcomes: 'ok ok ok ok ok ok',
  },
  'a flipped byte': {
    switches: { flippedByte: { ...always } },
    outcomes: 'ok REG218 ok REG210 REG210 REG210',
  },
  'a flipped byte in content': {
    switches: { flippedByte: { at: 3, match: content } },
    outcomes: 'ok REG735 ok wrong ok ok',
  },
};
