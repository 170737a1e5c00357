import { FaultProxy } from '../../../src/testing';
import { lookAtHosting } from '../../../src/doctor/hosting';
import { closeAfterTest } from '../../support/closing';
import { PARKED, WEB_NOT_FOUND } from '../scenarios/answers';
import { advertisement, lookedAt, REPOSITORY, seen, Site, talker, UNAUTHORIZED } from './site';

let site: Site;

beforeEach(async () => {
  site = await Site.start();
});

describe('a healthy forge', () => {
  it('works on every surface without a credential, and wants one to push', async () => {
    const sshPort = await talker('SSH-2.0-Go\r\n');
    const { repository, observations } = await lookedAt([site.path()], {}, { sshPort });
    expect(repository).toBe(REPOSITORY);
    expect(
      observations.map(({ surface, standing, observed }) => [surface, standing, observed]),
    ).toEqual([
      ['ui', 'works', '200, a page of Gitea or Forgejo'],
      ['login', 'works', '200, a page of Gitea or Forgejo'],
      ['api', 'works', expect.stringMatching(/^Gitea \d/)],
      ['fetch', 'works', '200 application/x-git-upload-pack-advertisement'],
      ['push', 'refuses', '401 text/plain'],
      ['ssh', 'works', 'SSH-2.0-Go'],
    ]);
    expect(site.signedIn()).toEqual([]);
  });

  it('shows the right to push with the credential of the path, and sends it nowhere else', async () => {
    site.answer({ push: advertisement('git-receive-pack') });
    const hosting = await lookedAt([site.path({})]);
    expect(seen(hosting, 'push')).toMatchObject({ standing: 'works', isSignedIn: true });
    expect(site.signedIn()).toEqual([`GET /${REPOSITORY}.git/info/refs?service=git-receive-pack`]);
  });

  it('gets no credential of another origin', async () => {
    await lookedAt([site.path({ origin: 'https://git.example.org' })]);
    expect(site.signedIn()).toEqual([]);
  });
});

describe('pages', () => {
  const redirect = (location: string) => ({
    status: 303,
    headers: [['Location', location] as const],
  });

  it.each([
    [
      'leads to the login page',
      '/user/login',
      'works',
      '303 to /user/login: 200, a page of Gitea or Forgejo',
    ],
    ['signs in elsewhere', '/user/oauth2/idp', 'works', '303 to /user/oauth2/idp'],
    [
      'leads to another origin',
      'https://auth.example.org/?token=x',
      'refuses',
      '303 to https://auth.example.org',
    ],
    ['leads to itself', '/', 'fails', '303 to /: 303 to /: 303 to /: 303 to /, and so on'],
  ])('that %s', async (_, location, standing, observed) => {
    site.answer({ ui: redirect(location) });
    expect(seen(await lookedAt([site.path()]), 'ui')).toMatchObject({ standing, observed });
    expect(site.proxy.requests.map(({ path }) => path)).not.toContain('/user/oauth2/idp');
  });

  it.each([
    ['another program', PARKED, '200 text/html, not a page of Gitea or Forgejo'],
    ['nobody', WEB_NOT_FOUND, '404 text/plain'],
  ])('of %s fail', async (_, login, observed) => {
    site.answer({ login });
    expect(seen(await lookedAt([site.path()]), 'login')).toMatchObject({
      standing: 'fails',
      observed,
    });
  });
});

describe('git', () => {
  it('is asked of the repository that is named', async () => {
    const hosting = await lookedAt([site.path()], { repository: 'ci/other' });
    expect(seen(hosting, 'fetch')).toMatchObject({ asked: 'ci/other', standing: 'works' });
  });

  it('is asked with the credential where everybody must sign in', async () => {
    site.answer({ fetch: UNAUTHORIZED });
    const hosting = await lookedAt([site.path({})]);
    expect(seen(hosting, 'fetch')).toMatchObject({ standing: 'refuses', isSignedIn: true });
  });

  it('asks for a push without the credential where fetching shows no repository: a push could make it', async () => {
    site.answer({ fetch: WEB_NOT_FOUND });
    const hosting = await lookedAt([site.path({})], { repository: 'ci/typo' });
    expect(seen(hosting, 'push')).toMatchObject({ isSignedIn: false });
    expect(site.signedIn().filter((line) => line.includes('receive-pack'))).toEqual([]);
  });

  it('is not asked where no repository is known', async () => {
    site.proxy.set({ answer: { ...WEB_NOT_FOUND } });
    const hosting = await lookedAt([site.path()]);
    expect(hosting.repository).toBeUndefined();
    expect([seen(hosting, 'fetch'), seen(hosting, 'push')]).toEqual([undefined, undefined]);
  });

  it.each(['../../admin', 'a/b/c', 'a', 'a/..', 'a/b?c=d', 7])(
    'is not asked of %p, which a server calls a repository',
    async (name) => {
      site.proxy.set({
        answer: { status: 200, body: JSON.stringify({ data: [{ full_name: name }] }) },
      });
      expect((await lookedAt([site.path()])).repository).toBeUndefined();
    },
  );
});

it('records a way that routes only the registry as it is, and asks it for the repository of another', async () => {
  const edge = await FaultProxy.start(site.gitea.url);
  closeAfterTest(edge);
  edge.set({ answer: { ...WEB_NOT_FOUND, match: ({ path }) => !path.startsWith('/v2') } });
  const paths = [
    { name: 'ingress', origin: new URL(edge.url) },
    { ...site.path(), name: 'service' },
  ];
  const hosting = await lookedAt(paths);
  const standings = (name: string): string[] =>
    hosting.observations.filter(({ path }) => path === name).map(({ standing }) => standing);
  expect(standings('ingress')).toEqual(['fails', 'fails', 'fails', 'fails', 'fails']);
  expect(standings('service')).toEqual(['works', 'works', 'works', 'works', 'refuses']);
});

describe('ssh', () => {
  it.each([
    [
      'a banner after other lines',
      'welcome\nSSH-2.0-OpenSSH_9.2p1\r\n',
      false,
      'works',
      'SSH-2.0-OpenSSH_9.2p1',
    ],
    ['an old protocol', 'SSH-1.5-old\r\n', false, 'fails', 'SSH-1.5-old'],
    [
      'another protocol',
      `${'x'.repeat(5000)}\n`,
      false,
      'fails',
      'something else than ssh answers',
    ],
    ['a port that hangs up', 'SSH', true, 'fails', 'closed without an ssh banner'],
  ])('sees %s', async (_, text, ends, standing, observed) => {
    const sshPort = await talker(text, ends);
    const hosting = await lookedAt([site.path()], {}, { sshPort });
    expect(seen(hosting, 'ssh')).toMatchObject({ asked: '127.0.0.1:22', standing, observed });
  });

  it('gives up on a port that says nothing', async () => {
    const sshPort = await talker('');
    const hosting = await lookedAt([site.path()], {}, { sshPort, requestTimeoutMs: 300 });
    expect(seen(hosting, 'ssh')).toMatchObject({
      standing: 'fails',
      observed: 'no ssh banner within 0.3 s',
    });
  });

  it('records a closed port', async () => {
    expect(seen(await lookedAt([site.path()]), 'ssh')).toMatchObject({
      standing: 'fails',
      observed: 'closed: ECONNREFUSED',
    });
  });

  it('asks the port of an earlier look where the API does not tell', async () => {
    const port = await talker('SSH-2.0-Go\r\n');
    site.proxy.set({ answer: { ...WEB_NOT_FOUND } });
    const hosting = await lookedAt([site.path()], { ssh: `127.0.0.1:${port}` });
    expect(seen(hosting, 'ssh')).toMatchObject({ asked: `127.0.0.1:${port}`, standing: 'works' });
  });
});

it('ends with the run', async () => {
  const paths = [site.path()];
  const signal = AbortSignal.abort();
  expect(await lookAtHosting({ host: paths[0].origin.host, paths }, { signal })).toBeUndefined();
});
