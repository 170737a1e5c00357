import { LINK_PROBES } from '../../../../src/doctor/probes/link';
import { PACKAGE_PROBES } from '../../../../src/doctor/probes/packages';
import type { DoctorRequest } from '../../../../src/doctor/request';
import { parsePackageReference } from '../../../../src/declaration/package-reference';
import { proxiedForge } from '../../../client/oci/forge-clients';
import type { SeededForge } from '../../../client/packages/seeded-forge';
import { basic } from '../../../testing/raw-request';
import { resultOf, runProbes, verdicts } from '../upload/run';

type Who = Omit<NonNullable<Parameters<typeof runProbes>[2]>, 'probes'>;

/** `OWNER/TYPE/NAME=REPO` as the command has it. */
function asked(text: string): Partial<DoctorRequest> {
  const [name, repository] = text.split('=');
  return { link: { reference: parsePackageReference(name), repository } };
}

/** A forge with the images `coulomb/app` and `mosaic/stack-api`, and the package `coulomb/generic/tool`. */
async function forgeWithPackages(): Promise<SeededForge> {
  const forge = await proxiedForge();
  await forge.push('coulomb/app');
  await forge.push('mosaic/stack-api');
  await forge.put('tool');
  return forge;
}

async function look(
  forge: SeededForge,
  text: string,
  { user = 'owner', scopes = 'all', ...more }: Who = {},
) {
  return runProbes(forge, asked(text), { user, scopes, ...more, probes: LINK_PROBES });
}

/** The command that ends in the registry of the forge. */
function onForge(forge: SeededForge, command: string): string {
  return `${command} --registry ${new URL(forge.proxy.url).origin}`;
}

test.each<[string, string, Who['user'], string, RegExp]>([
  [
    'a name with a letter too many',
    'coulomb/container/appp=state-hub',
    'owner',
    'REG913',
    /has 'app'/,
  ],
  ['a name without its prefix', 'mosaic/container/api=stack', 'owner', 'REG913', /has 'stack-api'/],
  [
    'another type',
    'coulomb/generic/app=second',
    'owner',
    'REG913',
    /'coulomb\/container\/app' has another type/,
  ],
  [
    'a package nobody pushed',
    'coulomb/helm/zebra=second',
    'owner',
    'REG913',
    /none of type 'helm'/,
  ],
  [
    'an owner nobody knows',
    'kepler/container/app=hub',
    'owner',
    'REG320',
    /no user or organization 'kepler'/,
  ],
  [
    'an owner who may not be read',
    'mosaic/container/stack-api=stack',
    'stranger',
    'REG916',
    /not even read/,
  ],
  [
    'a repository with a letter too few',
    'coulomb/container/app=state-hu',
    'owner',
    'REG914',
    /it has 'state-hub'/,
  ],
  [
    'a repository of another owner',
    'coulomb/container/app=stack',
    'owner',
    'REG914',
    /'mosaic\/stack', and a link never/,
  ],
  [
    'an account that may not write packages',
    'coulomb/container/app=second',
    'reader',
    'REG916',
    /may not write packages of 'coulomb'/,
  ],
])('%s: %s as %s is %s', async (_, text, user, code, observed) => {
  const found = await look(await forgeWithPackages(), text, { user });
  expect(found.cause).toEqual({ code });
  expect(resultOf(found, code).observed).toMatch(observed);
  // Nothing invites to a link that cannot be made.
  expect(verdicts(found)).not.toContain('REG917 warn');
});

test.each([
  ['coulomb/generic/app=second', 'REG913', 'link coulomb/container/app second'],
  ['coulomb/helm/zebra=second', 'REG913', 'ls coulomb'],
  ['coulomb/container/app=secon', 'REG914', 'link coulomb/container/app second'],
  ['coulomb/container/app=second', 'REG917', 'link coulomb/container/app second'],
])('%s has one next command', async (text, code, command) => {
  const forge = await forgeWithPackages();
  expect(resultOf(await look(forge, text), code).fix).toEqual({
    kind: 'command',
    text: onForge(forge, `gitea-registry ${command}`),
  });
});

test('nothing is tried: whatever is asked about, every request is a GET', async () => {
  const forge = await forgeWithPackages();
  const from = forge.gitea.requests.length;
  for (const text of ['coulomb/container/app=second', 'coulomb/container/nope=nope']) {
    await runProbes(forge, asked(text), { user: 'owner', scopes: 'all', probes: PACKAGE_PROBES });
  }
  const methods = forge.gitea.requests.slice(from).map(({ method }) => method);
  expect(methods.length).toBeGreaterThan(10);
  expect(methods.filter((method) => method !== 'GET' && method !== 'HEAD')).toEqual([]);
  expect(forge.gitea.state.packages.map(({ repositoryId }) => repositoryId)).not.toContain(1);
});

test('a repository whose unit is off is switched on by a command that holds no secret', async () => {
  const forge = await forgeWithPackages();
  await forge.put('own', '1', 'tegwick');
  const found = await look(forge, 'tegwick/generic/own=fork', { user: 'tegwick' });
  expect(found.cause).toEqual({ code: 'REG915' });
  const { text } = resultOf(found, 'REG915').fix!;
  expect(text).toContain(`{"has_packages":true}' ${forge.proxy.url}`);
  expect(text).toMatch(/^curl -u USER -X PATCH .*\/api\/v1\/repos\/tegwick\/fork$/);
});

test('a link that is there needs no right any more', async () => {
  const forge = await forgeWithPackages();
  await forge.client('owner').link(parsePackageReference('coulomb/container/app'), 'second');
  const found = await look(forge, 'coulomb/container/app=Second', { user: 'reader' });
  expect(verdicts(found)).toEqual(['REG913 pass', 'REG917 pass']);
});

test('a package of another repository is moved', async () => {
  const forge = await forgeWithPackages();
  await forge.client('owner').link(parsePackageReference('coulomb/container/app'), 'second');
  const { status, fix } = resultOf(await look(forge, 'coulomb/container/app=state-hub'), 'REG917');
  expect(status).toBe('warn');
  expect(fix!.text).toBe(
    onForge(forge, 'gitea-registry link coulomb/container/app state-hub --move'),
  );
});

test('a renamed repository is named as it is now', async () => {
  const forge = await forgeWithPackages();
  await fetch(`${forge.gitea.url}/api/v1/repos/coulomb/second`, {
    method: 'PATCH',
    headers: { ...basic('root', 'root-password'), 'Content-Type': 'application/json' },
    body: '{"name":"third"}',
  });
  const { observed, fix } = resultOf(await look(forge, 'coulomb/container/app=second'), 'REG914');
  expect(observed).toContain("'coulomb/second' is 'coulomb/third' now");
  expect(fix!.text).toBe(onForge(forge, 'gitea-registry link coulomb/container/app third'));
});

test('an image whose versions are all deleted is about to go', async () => {
  const forge = await forgeWithPackages();
  forge.gitea.state.packages.find(({ name }) => name === 'app')!.versions.length = 0;
  const found = await look(forge, 'coulomb/container/app=second');
  expect(verdicts(found)[0]).toBe('REG913 warn');
  expect(resultOf(found, 'REG913').observed).toContain('all versions');
});

test('a token with the package scope alone sees public repositories, and no others', async () => {
  const forge = await forgeWithPackages();
  const who = { user: 'publisher', scopes: 'write' } as const;
  expect(verdicts(await look(forge, 'coulomb/container/app=second', who))).toEqual([
    'REG913 pass',
    'REG914 pass',
    'REG915 pass',
    'REG916 warn',
    'REG917 warn',
  ]);
  const hidden = await look(forge, 'coulomb/container/app=hidden', who);
  expect(verdicts(hidden)).toEqual(['REG913 pass', 'REG914 skip', 'REG916 pass', 'REG917 warn']);
  expect(resultOf(hidden, 'REG914').note).toContain('read:repository');
});

test('without a credential nothing is known, and nothing broken', async () => {
  const found = await look(await forgeWithPackages(), 'coulomb/container/app=second', {
    user: 'nobody',
  });
  expect(found.cause).toBeNull();
  expect(resultOf(found, 'REG913').status).toBe('skip');
});
