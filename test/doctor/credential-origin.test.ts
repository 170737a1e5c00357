import { diagnose } from '../../src/doctor/run';
import type { RecordedRequest, RequestLine, Switches } from '../../src/testing';
import { FakeGitea, FaultProxy } from '../../src/testing';
import { closeAfterTest } from '../support/closing';
import { trusted } from './scenarios/certificates';
import { skippedTime } from './scenarios/clock';
import { organization } from './scenarios/declared';
import { CURIOUS, OWNER, IMAGE, TAG, withToken } from './scenarios/site';
import { HOST, startWorld } from './scenarios/world';

/** A registry of somebody else, whose certificate is as good as ours. */
const ELSEWHERE = 'elsewhere.example.test';

const on = (path: RegExp, method?: string) => (line: RequestLine) =>
  path.test(line.path) && (method === undefined || line.method === method);

/** A challenge whose realm is there. */
const realm = (value: string, match = on(/^\/v2\//)): Switches => ({
  responseHeaders: {
    strip: ['Www-Authenticate'],
    add: [['Www-Authenticate', `Bearer realm="${value}",service="container_registry",scope="*"`]],
    match,
  },
});

const redirected = (
  match: (line: RequestLine) => boolean,
  status: 301 | 302 | 307 | 308 = 307,
): Switches => ({ redirect: { status, location: `https://${ELSEWHERE}{path}`, match } });

const FAULTS: readonly (readonly [string, Switches])[] = [
  ['the realm is there', realm(`https://${ELSEWHERE}/v2/token`)],
  [
    'the realm is there from the second answer on',
    realm(`https://${ELSEWHERE}/v2/token`, on(/tags/)),
  ],
  ['the realm is there by a user name', realm(`https://${HOST}@${ELSEWHERE}/v2/token`)],
  ['the realm is there by http', realm(`http://${ELSEWHERE}/v2/token`)],
  ['the realm is a path that begins with two slashes', realm(`//${ELSEWHERE}/v2/token`)],
  ['everything is sent there', redirected(() => true)],
  ['everything is sent there for good', redirected(() => true, 301)],
  ['/v2/token is sent there', redirected(on(/^\/v2\/token/))],
  ['the API is sent there', redirected(on(/^\/api\//))],
  ['uploads are sent there', redirected(on(/\/blobs\/uploads/))],
  [
    'opened uploads go on there',
    {
      responseHeaders: {
        strip: ['Location'],
        add: [['Location', `https://${ELSEWHERE}/v2/${OWNER}/${IMAGE}/blobs/uploads/1`]],
        match: on(/\/blobs\/uploads/, 'POST'),
      },
    },
  ],
  ['manifests are sent there', redirected(on(/\/manifests\//), 302)],
  ['layers are sent there', redirected(on(/\/blobs\/sha256/), 302)],
  ['lists of tags are sent there', redirected(on(/\/tags\/list/), 308)],
];

/** A run with every credential and everything asked, and what arrived elsewhere. */
async function arrivedElsewhere(
  switches: Switches,
  allowedRealms: readonly string[] = [],
): Promise<{ readonly requests: readonly RecordedRequest[]; readonly secrets: readonly string[] }> {
  const secrets: string[] = [];
  const kept = (login: ReturnType<typeof withToken>) => (gitea: FakeGitea) => {
    const given = login(gitea);
    secrets.push(given.secret, Buffer.from(`${given.user}:${given.secret}`).toString('base64'));
    return given;
  };
  const other = await FakeGitea.start({ rootUrl: `https://${ELSEWHERE}/` });
  const recorder = await FaultProxy.start(other.url, { tls: trusted({ names: [ELSEWHERE] }) });
  const { request, options, close } = await startWorld({
    login: kept(withToken('ci', CURIOUS)),
    pullLogin: kept(withToken('puller', ['read:package'])),
    declared: {
      owners: [organization(OWNER)],
      links: [{ owner: OWNER, type: 'container', name: IMAGE, repository: 'hub' }],
    },
    switches,
    request: {
      publish: { repository: `${OWNER}/${IMAGE}`, reference: TAG },
      link: {
        reference: { owner: OWNER, type: 'container', name: IMAGE },
        repository: 'hub',
      },
      blobs: true,
      limits: true,
    },
    options: { ...skippedTime(), allowedRealms },
  });
  closeAfterTest({ close }, recorder, other);
  const there = { host: ELSEWHERE, address: '127.0.0.1', addressPort: portOf(recorder.url) };
  const connectTo = [there, ...(options.dial?.connectTo ?? [])];
  await diagnose(request, { ...options, dial: { ...options.dial, connectTo } });
  return { requests: recorder.requests, secrets };
}

const portOf = (url: string): number => Number(new URL(url).port);

it.each(FAULTS)('no credential leaves its origin when %s', async (_fault, switches) => {
  const { requests, secrets } = await arrivedElsewhere(switches);
  const said = JSON.stringify(requests);
  expect(said).not.toMatch(/authorization|cookie/i);
  expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
});

it('sends it to a realm that is allowed, where the recorder sees it', async () => {
  const { requests } = await arrivedElsewhere(realm(`https://${ELSEWHERE}/v2/token`), [ELSEWHERE]);
  expect(JSON.stringify(requests)).toMatch(/authorization/i);
});
