import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Report } from '../../../src/cli/report/report';
import { namedPath } from '../../../src/cli/doctor/named-path';
import type { DoctorCommandOptions } from '../../../src/cli/doctor/options';
import { parsePublish } from '../../../src/cli/doctor/publish';
import { ClientError } from '../../../src/client/error';
import { DeclarationError } from '../../../src/declaration/problem';
import { anyText } from '../../support/any-text';
import { registryJson } from '../../support/registry-json';
import { temporaryFolder } from '../../support/temporary';
import { runCommand } from '../run-command';
import { RESULTS } from './results';
import type { DoctorRun } from './run-doctor';
import { diagnosisOf, runDoctor } from './run-doctor';

const folder = temporaryFolder();

const HOST = { host: 'git.example.org' };

const TOKEN = 'f00dbabe'.repeat(5);

type Typed = Partial<DoctorCommandOptions> & { readonly host?: string };

function run(options: Typed, env: { readonly [name: string]: string } = {}): Promise<DoctorRun> {
  return runDoctor([diagnosisOf([RESULTS.connects])], options, folder(), { env });
}

/** Name and origin of the probed paths, in their order. */
function paths({ asked }: DoctorRun): string[] {
  return asked[0].paths.map(({ name, origin }) => `${name} ${origin.origin}`);
}

function secrets({ asked }: DoctorRun): (string | undefined)[] {
  return asked[0].paths.map(({ credential }) => credential?.secret);
}

async function findings(options: Typed, env?: { readonly [name: string]: string }) {
  const { code, out, asked } = await run({ ...options, output: 'json' }, env);
  const report = JSON.parse(out) as Report;
  return { code, asked, cause: report.cause, first: report.checks[0] };
}

function declare(file: string, parts: { readonly [name: string]: unknown } = {}): void {
  mkdirSync(join(folder(), 'dist'), { recursive: true });
  writeFileSync(join(folder(), file), JSON.stringify(registryJson(parts)));
}

const TUNNEL = { tunnels: [{ name: 'vpn', url: 'http://10.1.0.7:3000' }] };

describe('the paths', () => {
  it('are the host alone where nothing is declared', async () => {
    const seen = await run(HOST);
    expect(paths(seen)).toEqual(['ingress https://git.example.org']);
    expect(seen.asked[0]).toMatchObject({ host: 'git.example.org', unprobed: [] });
    expect(seen.asked[0].paths[0].isImageHost).toBe(true);
  });

  it.each([
    ['http://127.0.0.1:3000', false],
    ['http://git.example.org', true],
  ])('take %s as it is written', async (host, isImageHost) => {
    const [path] = (await run({ host })).asked[0].paths;
    expect(path).toMatchObject({ name: 'ingress', origin: new URL(host), isImageHost });
  });

  it('are the host, then --path in their order', async () => {
    const path = [namedPath('b=http://127.0.0.1:1'), namedPath('a=https://other.example.org')];
    expect(paths(await run({ ...HOST, path }))).toEqual([
      'ingress https://git.example.org',
      'b http://127.0.0.1:1',
      'a https://other.example.org',
    ]);
  });

  it('are those of --path alone without a host', async () => {
    const seen = await run({ path: [namedPath('node=http://10.0.0.5:32166')] });
    expect(paths(seen)).toEqual(['node http://10.0.0.5:32166']);
    expect(seen.asked[0].host).toBe('10.0.0.5:32166');
  });

  it.each<[string, Typed]>([
    ['the declaration alone', {}],
    ['a host and its declaration', HOST],
  ])('come from %s, and name what needs a cluster', async (_, typed) => {
    declare('dist/registry.json', { ...TUNNEL, release: { httpService: { nodePort: 32166 } } });
    const seen = await run(typed);
    expect(paths(seen)).toEqual(['ingress https://git.example.org', 'vpn http://10.1.0.7:3000']);
    expect(seen.asked[0].unprobed).toEqual([
      {
        name: 'service',
        missing:
          "needs a cluster: name it with --context, or run 'kubectl -n git port-forward service/gitea-http 3000:3000' and give it with --path service=http://127.0.0.1:3000",
      },
      {
        name: 'nodePort',
        missing: 'needs the address of a node: give it with --path nodePort=http://NODE:32166',
      },
    ]);
    expect(seen.asked[0].declaration?.host).toBe('git.example.org');
  });

  it('reach what is declared by the --path of its name', async () => {
    declare('dist/registry.json', TUNNEL);
    const path = [namedPath('service=http://127.0.0.1:3000'), namedPath('vpn=http://10.9.9.9')];
    const seen = await run({ path });
    expect(paths(seen)).toEqual([
      'ingress https://git.example.org',
      'vpn http://10.9.9.9',
      'service http://127.0.0.1:3000',
    ]);
    expect(seen.asked[0].unprobed).toEqual([]);
  });

  it('leave a declaration of another registry alone', async () => {
    declare('dist/registry.json', { host: 'git.other.org', sshDomain: 'git.other.org' });
    const seen = await run(HOST);
    expect({ paths: paths(seen), err: seen.err }).toEqual({
      paths: ['ingress https://git.example.org'],
      err: '',
    });
  });
});

describe('wrong usage ends with 2 and sends nothing', () => {
  it.each<[string, Typed, string]>([
    ['no registry', {}, 'which registry is meant? Name it as HOST'],
    ['two registries', { ...HOST, registry: 'git.other.org' }, 'name two registries'],
    ['no declaration where one is named', { ...HOST, declaration: 'absent' }, "'absent' cannot be"],
    ['a path twice', { path: ['a=http://x.y', 'a=http://x.z'].map(namedPath) }, 'given twice'],
    ['a second ingress', { ...HOST, path: [namedPath('ingress=http://x.y')] }, 'another name'],
    ['no such pull config', { ...HOST, pullConfig: 'absent' }, "--pull-config 'absent' cannot"],
    ['a wrong --registry', { registry: 'git.example.org/x' }, '--registry'],
    ['no such certificates', { ...HOST, caFile: 'absent.pem' }, "--ca-file 'absent.pem'"],
  ])('%s', async (_, typed, words) => {
    const { code, out, err, asked } = await run(typed);
    expect({ code, out, asked }).toEqual({ code: 2, out: '', asked: [] });
    expect(err).toContain(words);
  });

  it.each([
    [['--path', 'service'], 'give NAME=URL'],
    [['--path', 'service=http://x/y'], "--path service 'http://x/y' must be a host"],
    [['--owner', 'a/b'], 'must be a name Gitea accepts'],
    [['--output', 'sarif'], 'Allowed choices are'],
  ])('%j', async (words, said) => {
    const { code, out, err } = await runCommand(['doctor', 'x.example.org', ...words], folder());
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(said);
  });
});

describe('a wrong value is a finding', () => {
  it.each<[string, Typed, string]>([
    ['HOST with a path', { host: 'git.example.org/gitea' }, 'REG111'],
    ['HOST that is empty', { host: '' }, 'REG111'],
    ['HOST with a blank', { host: 'git example' }, 'REG111'],
    ['--publish without an owner', { ...HOST, publish: 'state-hub:1' }, 'REG470'],
    ['--publish with a scheme', { publish: 'https://git.example.org/coulomb/x' }, 'REG470'],
    ['--publish in upper case', { ...HOST, publish: 'Coulomb/state-hub' }, 'REG470'],
    ['--publish with a wrong tag', { ...HOST, publish: 'coulomb/state-hub:-x' }, 'REG470'],
    ['--publish of another host', { ...HOST, publish: 'ghcr.io/coulomb/state-hub' }, 'REG110'],
    ['--link without a repository', { ...HOST, link: 'coulomb/container/x' }, 'REG913'],
    ['--link of an unknown type', { ...HOST, link: 'coulomb/docker/x=x' }, 'REG913'],
    ['--link of a version', { ...HOST, link: 'coulomb/container/x@1=x' }, 'REG913'],
    ['--link to another owner', { ...HOST, link: 'coulomb/container/x=mosaic/x' }, 'REG914'],
    ['--link of a wrong image', { ...HOST, link: 'coulomb/container/X=x' }, 'REG470'],
  ])('%s', async (_, typed, code) => {
    const seen = await findings(typed);
    expect({ code: seen.code, cause: seen.cause }).toEqual({ code: 1, cause: { code } });
    expect(seen.first).toMatchObject({
      code,
      status: 'fail',
      observed: expect.stringMatching(/^(HOST|--)/),
    });
    expect(seen.first.expected).not.toMatch(/\(REG/);
    expect(seen.first.fix?.text).toBeTruthy();
  });

  it('beside which the rest is probed', async () => {
    const seen = await findings({ ...HOST, link: 'x', publish: 'coulomb/state-hub:1' });
    expect(seen.asked[0]).toMatchObject({
      publish: { repository: 'coulomb/state-hub', reference: '1' },
    });
    expect(seen.asked[0].link).toBeUndefined();
  });

  it('a wrong HOST is not replaced by the registry of every day', async () => {
    declare('dist/registry.json');
    const { asked } = await findings(
      { host: 'git.example.org/x' },
      { GITEA_REGISTRY_URL: 'https://git.other.org' },
    );
    expect(asked).toEqual([]);
  });

  it('a pull config without the key of the host', async () => {
    writeFileSync(
      join(folder(), 'pull.json'),
      JSON.stringify({
        auths: { 'https://git.example.org/gitea/v2/': { auth: btoa('a:secret') } },
      }),
    );
    const seen = await findings({ ...HOST, pullConfig: 'pull.json' });
    expect(seen.first).toMatchObject({
      code: 'REG543',
      observed:
        "--pull-config 'pull.json' has no login below auths but 'https://git.example.org/gitea/v2/'",
      expected: "the key 'git.example.org' with user and token",
    });
    expect(seen.asked[0].pullCredential).toBeUndefined();
  });
});

describe('what is looked at', () => {
  it('is asked of the core', async () => {
    writeFileSync(
      join(folder(), 'pull.json'),
      JSON.stringify({ auths: { 'git.example.org': { auth: btoa('puller:pull-secret') } } }),
    );
    const { asked } = await run({
      ...HOST,
      publish: 'git.example.org/coulomb/tools/cli@sha256:' + 'a'.repeat(64),
      link: 'Coulomb/npm/@a/b=coulomb/repo',
      limits: true,
      blobs: true,
      owner: ['coulomb'],
      pullConfig: 'pull.json',
    });
    expect(asked[0]).toMatchObject({
      publish: { repository: 'coulomb/tools/cli', reference: 'sha256:' + 'a'.repeat(64) },
      link: { reference: { owner: 'Coulomb', type: 'npm', name: '@a/b' }, repository: 'repo' },
      limits: true,
      blobs: true,
      owners: ['coulomb'],
      pullCredential: { origin: 'https://git.example.org', user: 'puller', secret: 'pull-secret' },
    });
  });

  it.each([
    [{ publish: 'ghcr.io/o/i:1' }, {}, 'https://ghcr.io'],
    [{ publish: 'ghcr.io/o/i:1' }, { GITEA_REGISTRY_URL: 'git.example.org' }, 'https://ghcr.io'],
    [
      { publish: '127.0.0.1:3000/o/i' },
      { GITEA_REGISTRY_URL: 'http://127.0.0.1:3000' },
      'http://127.0.0.1:3000',
    ],
    [{ publish: 'o.dot/i' }, { GITEA_REGISTRY_URL: 'git.example.org' }, 'https://git.example.org'],
  ])('with %j and %j is %s', async (typed, env, origin) => {
    expect(paths(await run(typed, env))).toEqual([`ingress ${origin}`]);
  });
});

describe('a token', () => {
  const env = { GITEA_REGISTRY_TOKEN: TOKEN };

  it.each<[string, Typed, { [name: string]: string }]>([
    ['HOST', HOST, {}],
    ['--registry', { registry: 'https://git.example.org' }, {}],
    ['GITEA_REGISTRY_URL', {}, { GITEA_REGISTRY_URL: 'git.example.org' }],
    ['--path', { path: [namedPath('ingress=https://git.example.org')] }, {}],
  ])('goes to the host that %s names', async (_, typed, more) => {
    const seen = await run(typed, { ...env, ...more });
    expect(secrets(seen)).toEqual([TOKEN]);
    expect(seen.asked[0].paths[0].credential?.origin).toBe('https://git.example.org');
  });

  it('goes to each named path, and to none that only the declaration names', async () => {
    declare('dist/registry.json', TUNNEL);
    const seen = await run({ ...HOST, path: [namedPath('service=http://127.0.0.1:3000')] }, env);
    expect(secrets(seen)).toEqual([TOKEN, undefined, TOKEN]);
  });

  it.each<[string, Typed, boolean]>([
    ['the declaration', {}, true],
    ['an image', { publish: 'git.example.org/coulomb/x' }, false],
  ])('does not go to a host that only %s names, and the report says so', async (_, typed, has) => {
    if (has) {
      declare('dist/registry.json');
    }
    const seen = await run({ ...typed, output: 'json' }, env);
    expect(secrets(seen)).toEqual([undefined]);
    expect(JSON.parse(seen.out).checks).toContainEqual(
      expect.objectContaining({
        code: 'REG312',
        status: 'skip',
        path: 'ingress',
        note: expect.stringContaining("is not sent to 'git.example.org'"),
      }),
    );
  });

  it('is read from standard input once for all paths', async () => {
    const path = [namedPath('service=http://127.0.0.1:3000')];
    const seen = await runDoctor(
      [diagnosisOf([])],
      { ...HOST, path, tokenStdin: true, user: 'ci' },
      folder(),
      { stdin: `${TOKEN}\n` },
    );
    expect(secrets(seen)).toEqual([TOKEN, TOKEN]);
    expect(seen.asked[0].paths[0].credential?.user).toBe('ci');
  });
});

it('a login of docker goes to the path whose host it is kept for, declared or not', async () => {
  declare('dist/registry.json', TUNNEL);
  writeFileSync(
    join(folder(), 'config.json'),
    JSON.stringify({ auths: { '10.1.0.7:3000': { auth: btoa('ci:kept') } } }),
  );
  const seen = await run({}, { DOCKER_CONFIG: folder() });
  expect(secrets(seen)).toEqual([undefined, 'kept']);
});

test('--publish takes any text for an image or refuses it by code', () => {
  fc.assert(
    fc.property(
      fc.oneof(anyText({ maxLength: 40 }), fc.stringMatching(/^[a-z./:@-]{1,30}$/)),
      (text) => {
        try {
          const { host, repository, reference } = parsePublish(text);
          const joined = [host, repository].filter(Boolean).join('/');
          expect(text.startsWith(joined)).toBe(true);
          expect(repository).toMatch(/^[a-z0-9]\S*\/\S*[a-z0-9]$/);
          expect(reference === undefined || text.endsWith(reference)).toBe(true);
        } catch (error) {
          if (!(error instanceof DeclarationError || error instanceof ClientError)) {
            throw error;
          }
          expect(error.code).toBe('REG470');
        }
      },
    ),
  );
});
