import { PACKAGE_PROBES } from '../../../../src/doctor/probes/packages';
import type { DoctorRequest } from '../../../../src/doctor/request';
import type { FakeGiteaOptions, Switches } from '../../../../src/testing';
import { TRAEFIK } from '../../../../src/testing';
import { proxiedForge } from '../../../client/oci/forge-clients';
import { resultOf, runProbes, verdicts } from '../upload/run';

interface Situation {
  readonly forge?: FakeGiteaOptions;
  readonly switches?: Switches;
  readonly request?: Partial<DoctorRequest>;
  readonly images?: readonly string[];
  /** Whether a second path leads past the proxy. */
  readonly isCompared?: boolean;
}

/** What the probes say of a forge behind a proxy. */
async function look({
  forge: settings,
  switches = {},
  request,
  images = [],
  isCompared,
}: Situation) {
  const forge = await proxiedForge(settings);
  for (const image of images) {
    await forge.push(`coulomb/${image}`, 'v1');
  }
  forge.proxy.set(switches);
  const origin = new URL(forge.proxy.url);
  const { credential } = forge.target('publisher', 'all', forge.proxy);
  const straight = { name: 'service', origin: new URL(forge.gitea.url), isImageHost: false };
  const paths = [
    { name: 'ingress', origin, credential },
    ...(isCompared === true ? [straight] : []),
  ];
  const found = await runProbes(forge, { paths, ...request }, { probes: PACKAGE_PROBES });
  return { forge, found };
}

/** A link of an image whose name has a slash. */
const NESTED: Partial<DoctorRequest> = {
  link: {
    reference: { owner: 'coulomb', type: 'container', name: 'team/app' },
    repository: 'second',
  },
};

test.each<[string, Situation, string]>([
  ['is left as it is', {}, 'REG250 pass'],
  ['is refused by Traefik', { switches: { encodedSlash: { treatment: 'refuse' } } }, 'REG250 fail'],
  [
    'becomes a slash before a release that lists versions',
    { switches: { encodedSlash: { treatment: 'decode' } } },
    'REG250 fail',
  ],
  [
    'becomes a slash, as another path shows',
    {
      forge: { release: '1.23.8' },
      switches: { encodedSlash: { treatment: 'decode' } },
      isCompared: true,
    },
    'REG250 fail',
  ],
  ['is nothing an old release lists', { forge: { release: '1.22.6' } }, 'REG250 pass'],
  ['is nothing Forgejo lists', { forge: { release: 'forgejo-11.0.2' } }, 'REG250 pass'],
])('a slash that is escaped %s', async (_, situation, verdict) => {
  const { found } = await look(situation);
  const [code, status] = verdict.split(' ');
  const said = found.results.filter((each) => each.code === code && each.path !== 'service');
  expect(said.map((each) => each.status)).toEqual([status]);
});

test.each<[string, readonly string[]]>([
  ['1.22.6', ['REG642 warn', 'REG643 pass']],
  ['1.24.0', ['REG642 pass', 'REG643 pass']],
  ['1.25.0', ['REG642 pass', 'REG643 fail']],
  ['1.25.2', ['REG642 pass', 'REG643 warn']],
  ['1.25.3', ['REG642 pass', 'REG643 pass']],
  ['1.26.0', ['REG642 pass', 'REG643 fail']],
  ['1.26.0-dev', ['REG642 pass', 'REG643 pass']],
  ['forgejo-10.0.3', ['REG642 warn', 'REG643 pass']],
  ['forgejo-11.0.2', ['REG642 pass', 'REG643 pass']],
])('release %s: %s', async (release, expected) => {
  const { found } = await look({ forge: { release } });
  expect(verdicts(found).filter((each) => /^REG64/.test(each))).toEqual(expected);
});

test.each<[string, Situation, string]>([
  ['there since Gitea 1.24', { request: NESTED }, 'REG911 pass'],
  ['missing before', { forge: { release: '1.23.8' }, request: NESTED }, 'REG911 fail'],
  ['not asked for', {}, ''],
])('the route of links is %s', async (_, situation, expected) => {
  const { found } = await look(situation);
  expect(
    verdicts(found)
      .filter((each) => each.startsWith('REG911'))
      .join(),
  ).toBe(expected);
});

test('a name with a slash is linked in the web interface on Forgejo', async () => {
  const { found } = await look({ forge: { release: 'forgejo-11.0.2' }, request: NESTED });
  expect(found.cause).toEqual({ code: 'REG912' });
  expect(resultOf(found, 'REG912').fix!.text).toContain('/coulomb/-/packages/container/team%2Fapp');
});

test('a host without the API warns where another path has it, and fails where none has', async () => {
  const switches = {
    answer: {
      ...TRAEFIK.notFound,
      match: ({ path }: { readonly path: string }) => path.startsWith('/api/v1'),
    },
  };
  expect(resultOf((await look({ switches })).found, 'REG910').status).toBe('fail');
  const { found } = await look({ switches, isCompared: true });
  expect(resultOf(found, 'REG910').status).toBe('warn');
});

test('a sample is three tags of an owner, and says so; --blobs looks into all', async () => {
  const images = ['a', 'b', 'c', 'd'];
  const sampled = await look({ images, request: { owners: ['coulomb'] } });
  expect(resultOf(sampled.found, 'REG735')).toMatchObject({
    status: 'pass',
    observed: expect.stringContaining('of 3 tags'),
    note: expect.stringContaining('--blobs'),
  });
  const all = await look({ images, request: { owners: ['coulomb'], blobs: true } });
  expect(resultOf(all.found, 'REG735').observed).toContain('of 4 tags');
  expect(resultOf(all.found, 'REG735').note).toBeUndefined();
});

test('a lost layer is told by image', async () => {
  const { forge, found } = await look({
    images: ['a'],
    request: { owners: ['coulomb'], blobs: true },
  });
  expect(resultOf(found, 'REG735').status).toBe('pass');
  const [layer] = [...forge.gitea.state.blobs.keys()];
  forge.gitea.loseBlob(`sha256:${layer}`);
  const again = await runProbes(
    forge,
    { owners: ['coulomb'], blobs: true },
    { scopes: 'all', probes: PACKAGE_PROBES },
  );
  expect(resultOf(again, 'REG735').status).toBe('fail');
  expect(resultOf(again, 'REG735').observed).toContain("'coulomb/a:v1 blob sha256:");
});

test('clients that are sent to a store nobody reaches are REG712', async () => {
  const { found } = await look({
    forge: { serveDirect: 'http://127.0.0.1:1/packages' },
    images: ['a'],
    request: { owners: ['coulomb'] },
  });
  expect(found.cause).toEqual({ code: 'REG712' });
  expect(resultOf(found, 'REG712').observed).toContain("'127.0.0.1:1'");
});
