import { arrived, openSessions, proxiedForge } from '../../../client/oci/forge-clients';
import type { SeededForge } from '../../../client/packages/seeded-forge';
import { PUBLISH_PROBES } from '../../../../src/doctor/probes/publish';
import type { DoctorRequest } from '../../../../src/doctor/request';
import { resultOf, runProbes, verdicts } from '../upload/run';

const APP = { repository: 'coulomb/app', reference: 'v1' };

/** Runs the publish diagnosis. */
function look(
  forge: SeededForge,
  request: Partial<DoctorRequest>,
  who: Omit<Parameters<typeof runProbes>[2] & object, 'probes'> = {},
) {
  return runProbes(forge, request, { ...who, probes: PUBLISH_PROBES });
}

/** A pull credential for the proxy. */
function puller(forge: SeededForge, user: 'reader' | 'stranger') {
  return { pullCredential: forge.target(user, 'read', forge.proxy).credential! };
}

test('says nothing and sends nothing of its own when no image is asked about', async () => {
  const forge = await proxiedForge();
  expect((await look(forge, { limits: true })).results).toEqual([]);
  expect(arrived(forge).filter((line) => line.includes('coulomb'))).toEqual([]);
});

test('tells everything of an image that is there, and opens no session of its own', async () => {
  const forge = await proxiedForge();
  await forge.push('coulomb/app', 'v1');
  const request = { publish: APP, ...puller(forge, 'reader') };
  const found = await look(forge, request, { scopes: 'all' });
  expect(verdicts(found)).toEqual([
    'REG312 pass',
    'REG913 pass',
    'REG724 pass',
    'REG917 pass',
    'REG330 pass',
    'REG323 pass',
  ]);
  expect(resultOf(found, 'REG312').observed).toBe(
    "the credential given for 'publisher' is the account 'publisher'; its scopes: all",
  );
  expect(resultOf(found, 'REG913').observed).toBe("'coulomb/app' exists, with 1 tag");
  expect(resultOf(found, 'REG724').observed).toMatch(
    /^tag 'v1' is sha256:[0-9a-f]{64}, application\/vnd\.oci\.image\.manifest\.v1\+json, \d+ bytes, pushed \d{4}-/,
  );
  expect(resultOf(found, 'REG330').observed).toContain("anybody can pull 'coulomb/app:v1'");
  expect(resultOf(found, 'REG323').observed).toBe("'reader' can pull 'coulomb/app:v1'");
  expect(arrived(forge).filter((line) => line.startsWith('POST'))).toEqual([]);
  expect(openSessions(forge)).toBe(0);
});

test('an image nobody has pushed yet is no fault', async () => {
  const forge = await proxiedForge();
  const request = { publish: APP, ...puller(forge, 'reader') };
  const found = await look(forge, request);
  expect(found.cause).toBeNull();
  expect(resultOf(found, 'REG913').observed).toBe("there is no 'coulomb/app' yet");
  expect(resultOf(found, 'REG724').observed).toBe("there is no tag 'v1' yet");
  expect(resultOf(found, 'REG917').status).toBe('skip');
  expect(resultOf(found, 'REG323').observed).toContain('is not there');
});

test('tells an emptied image from one that never was', async () => {
  const forge = await proxiedForge();
  await forge.push('coulomb/app', 'v1');
  forge.gitea.state.packages.find(({ name }) => name === 'app')!.versions.splice(0);
  const found = await look(forge, { publish: { repository: 'coulomb/app' } });
  expect(resultOf(found, 'REG913')).toMatchObject({
    observed: "'coulomb/app' exists and has no tag",
    note: expect.stringContaining('cleanup'),
  });
  expect(verdicts(found)).not.toContain('REG724 pass');
});

test('names the repository an image is linked to', async () => {
  const forge = await proxiedForge();
  await forge.push('coulomb/app', 'v1');
  const client = forge.client('owner');
  await client.link({ owner: 'coulomb', type: 'container', name: 'app' }, 'state-hub');
  const found = await look(forge, { publish: { repository: 'coulomb/app' } });
  expect(resultOf(found, 'REG917').observed).toBe("'coulomb/app' is linked to 'coulomb/state-hub'");
});

test('a digest that is gone is told with the reason it may have', async () => {
  const forge = await proxiedForge();
  await forge.push('coulomb/app', 'v1');
  const reference = `sha256:${'0'.repeat(64)}`;
  const found = await look(forge, { publish: { ...APP, reference } });
  expect(resultOf(found, 'REG724')).toMatchObject({
    status: 'pass',
    observed: `there is no manifest ${reference}`,
    note: expect.stringContaining('tag moves'),
  });
});

test('a private image is for those who sign in', async () => {
  const forge = await proxiedForge();
  await forge.push('mosaic/app', 'v1');
  const request = { publish: { ...APP, repository: 'mosaic/app' }, ...puller(forge, 'stranger') };
  const found = await look(forge, request);
  expect(resultOf(found, 'REG330').observed).toBe("'mosaic/app' is only for those who sign in");
  // The probe of the pull identities says that 'stranger' may not.
  expect(verdicts(found)).not.toContain('REG323 pass');
  expect(found.cause).toBeNull();
});

test('strict sign-in is no fault of an image', async () => {
  const forge = await proxiedForge({ requireSignIn: true });
  await forge.push('coulomb/app', 'v1');
  const found = await look(forge, { publish: APP });
  expect(found.cause).toBeNull();
  expect(resultOf(found, 'REG330').observed).toContain('only for those who sign in');
});

test('a pull credential of another origin is not sent', async () => {
  const forge = await proxiedForge();
  const pullCredential = { origin: 'https://elsewhere.example.org', user: 'a', secret: 'b' };
  const found = await look(forge, { publish: APP, pullCredential });
  expect(resultOf(found, 'REG323')).toMatchObject({ status: 'skip' });
});

test('a token that may not ask who it is still tells its number and scopes', async () => {
  const forge = await proxiedForge();
  const found = await look(forge, { publish: APP }, { scopes: 'write' });
  expect(resultOf(found, 'REG312').observed).toMatch(
    /is account number \d+ \(its name takes the scope read:user\); its scopes: write:package$/,
  );
});

test('without a credential what is public is told all the same', async () => {
  const forge = await proxiedForge();
  await forge.push('coulomb/app', 'v1');
  const found = await look(forge, { publish: APP }, { user: 'nobody' });
  expect(resultOf(found, 'REG312').status).toBe('skip');
  expect(resultOf(found, 'REG330').status).toBe('pass');
  expect(resultOf(found, 'REG913').status).toBe('pass');
});

test('waits for a registry that answers', async () => {
  const forge = await proxiedForge();
  forge.proxy.set({ answer: { status: 404, body: '404 page not found\n' } });
  const found = await look(forge, { publish: APP });
  expect(new Set(found.results.map(({ status, note }) => `${status} ${note}`))).toEqual(
    new Set(['skip waits for REG230']),
  );
});
