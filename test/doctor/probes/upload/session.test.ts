import { setImmediate } from 'node:timers/promises';
import { arrived, openSessions, proxiedForge } from '../../../client/oci/forge-clients';
import { resultOf, runProbes, verdicts } from './run';

const PUBLISH = { publish: { repository: 'coulomb/state-hub' } };

/** `POST` of an upload session. */
const isPost = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
  method === 'POST' && path.includes('/blobs/uploads/');

test('sends nothing unless an image or the limits are asked about', async () => {
  const forge = await proxiedForge();
  expect(verdicts(await runProbes(forge, {}))).toEqual([]);
  expect(arrived(forge).filter((line) => line.startsWith('POST'))).toEqual([]);
});

test('opens a session, cancels it, and says that the account may push', async () => {
  const forge = await proxiedForge();
  const found = await runProbes(forge, PUBLISH);
  expect(verdicts(found)).toEqual(['REG320 pass', 'REG321 pass']);
  expect(resultOf(found, 'REG321').observed).toBe("'publisher' may push to 'coulomb/state-hub'");
  expect(arrived(forge)).toContain('DELETE /v2/coulomb/state-hub/blobs/uploads/ID');
  expect(openSessions(forge)).toBe(0);
});

test('takes an owner in any case', async () => {
  const forge = await proxiedForge();
  const found = await runProbes(forge, { publish: { repository: 'Coulomb/state-hub' } });
  expect(verdicts(found)).toEqual(['REG320 pass', 'REG321 pass']);
});

test('is skipped without a credential', async () => {
  const forge = await proxiedForge();
  const found = await runProbes(forge, PUBLISH, { user: 'nobody' });
  expect(verdicts(found)).toEqual(['REG321 skip']);
});

test('an account without the right is told apart from an owner that is not there', async () => {
  const forge = await proxiedForge();
  const reader = await runProbes(forge, PUBLISH, { user: 'reader' });
  expect(verdicts(reader)).toEqual(['REG320 pass', 'REG321 fail']);
  expect(resultOf(reader, 'REG321').observed).toBe(
    "'reader' may not push to 'coulomb': HTTP 401 'reqPackageAccess' by the registry",
  );
  expect(resultOf(reader, 'REG321').note).toContain('Login Succeeded');
  const lost = await runProbes(forge, { publish: { repository: 'state-hub/app' } });
  expect(verdicts(lost)).toEqual(['REG320 fail']);
  expect(resultOf(lost, 'REG320').observed).toBe("HTTP 404 'Not found.' by the registry");
});

test('names the teams that may push where the API shows them', async () => {
  const forge = await proxiedForge();
  const team = (name: string, right: string) => ({ name, units_map: { 'repo.packages': right } });
  const teams = [{ name: 'Owners', permission: 'owner' }, team('ci', 'write'), team('r', 'read')];
  forge.proxy.set({
    answer: {
      status: 200,
      headers: [['Content-Type', 'application/json']],
      body: JSON.stringify(teams),
      match: ({ path }) => path === '/api/v1/orgs/coulomb/teams',
    },
  });
  const found = await runProbes(forge, PUBLISH, { user: 'reader', scopes: 'all' });
  expect(resultOf(found, 'REG321').observed).toMatch(/; teams that may: 'Owners', 'ci'$/);
});

test('says that the packages of a user are that of the user alone', async () => {
  const forge = await proxiedForge();
  const request = { publish: { repository: 'tegwick/app' } };
  const found = await runProbes(forge, request, { scopes: 'all' });
  expect(resultOf(found, 'REG321')).toMatchObject({
    status: 'fail',
    observed: expect.stringMatching(/; 'tegwick' is a user$/),
    fix: { text: expect.stringContaining("sign in as 'tegwick'") },
  });
});

test('a renamed owner is a warning that names the new one, and leaves no verdict on rights', async () => {
  const forge = await proxiedForge();
  forge.proxy.set({
    redirect: {
      status: 307,
      location: '/v2/coulomb/state-hub/blobs/uploads/',
      match: ({ path }) => path.startsWith('/v2/old/'),
    },
  });
  const found = await runProbes(forge, { publish: { repository: 'old/state-hub' } });
  expect(verdicts(found)).toEqual(['REG320 warn', 'REG321 skip']);
  expect(resultOf(found, 'REG320').fix?.text).toBe("push to 'coulomb/state-hub'");
});

test.each([
  ['a name Gitea does not take', 'coulomb/state__hub'],
  ['a name no registry takes', 'coulomb/../state'],
])('%s is a mistake of the name', async (_, repository) => {
  const forge = await proxiedForge();
  const found = await runProbes(forge, { publish: { repository } });
  expect(found.cause).toEqual({ code: 'REG470', path: 'ingress' });
});

test('a redirect of uploads, and a session on another path, are told as such', async () => {
  const forge = await proxiedForge();
  forge.proxy.set({
    redirect: { status: 301, location: 'https://www.example.org{path}', match: isPost },
  });
  expect(verdicts(await runProbes(forge, PUBLISH))).toEqual(['REG219 fail']);
  forge.proxy.reset();
  forge.proxy.set({
    responseHeaders: {
      strip: ['Location'],
      add: [['Location', '/git/v2/coulomb/state-hub/blobs/uploads/x']],
      match: isPost,
    },
  });
  const found = await runProbes(forge, PUBLISH);
  expect(verdicts(found)).toEqual(['REG212 fail']);
  expect(resultOf(found, 'REG212').observed).toContain('/git/v2/');
});

const EMPTY_403 = {
  status: 403,
  headers: [['Docker-Distribution-Api-Version', 'registry/2.0']] as const,
  match: isPost,
};

test('a limit is never the whole report: what it does to stored blobs is named with it', async () => {
  const forge = await proxiedForge();
  forge.proxy.set({ answer: EMPTY_403 });
  const found = await runProbes(forge, PUBLISH);
  expect(verdicts(found)).toEqual(['REG460 fail', 'REG462 warn']);
  expect(resultOf(found, 'REG462').note).toContain('REG735');
});

test('a site administrator is judged by no limit', async () => {
  const forge = await proxiedForge();
  forge.proxy.set({ answer: EMPTY_403 });
  const found = await runProbes(forge, PUBLISH, { user: 'root', scopes: 'all' });
  expect(verdicts(found)).toContain('REG460 skip');
});

test('the session is cancelled when the run ends while it is opened', async () => {
  const forge = await proxiedForge();
  const abort = new AbortController();
  forge.proxy.set({
    answer: {
      status: 500,
      match: (line) => {
        if (isPost(line)) {
          abort.abort();
        }
        return false;
      },
    },
  });
  const found = await runProbes(forge, PUBLISH, { options: { signal: abort.signal } });
  expect(found.isPartial).toBe(true);
  while (!arrived(forge).some((line) => line.startsWith('DELETE'))) {
    await setImmediate();
  }
  while (openSessions(forge) > 0) {
    await setImmediate();
  }
});
