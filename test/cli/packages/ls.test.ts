import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { registryJson } from '../../support/registry-json';
import { forge } from '../forge';

const setup = forge();

it('lists versions in a table, newest first, a missing link as a dash', async () => {
  const { run, addPackage } = setup();
  addPackage('coulomb/container/state-hub', ['v1', 'v2'], 'state-hub');
  addPackage('coulomb/generic/tools', ['1.0']);
  const { code, out, err } = await run(['ls', 'coulomb'], { env: { LANG: 'C.UTF-8' } });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
    ['PACKAGE', 'VERSION', 'REPOSITORY', 'CREATED'],
    ['coulomb/container/state-hub', 'v2', 'coulomb/state-hub', '2026-01-01 00:01Z'],
    ['coulomb/generic/tools', '1.0', '–', '2026-01-01 00:00Z'],
    ['coulomb/container/state-hub', 'v1', 'coulomb/state-hub', '2026-01-01 00:00Z'],
    [''],
  ]);
});

it('filters by type and by a part of the name', async () => {
  const { run, addPackage } = setup();
  addPackage('coulomb/container/state-hub', ['v1']);
  addPackage('coulomb/generic/state', ['1.0']);
  addPackage('coulomb/generic/tools', ['1.0']);
  const names = async (...argv: string[]): Promise<string[]> =>
    JSON.parse((await run(['ls', 'coulomb', '--output', 'json', ...argv])).out).map(
      ({ type, name }: { type: string; name: string }) => `${type}/${name}`,
    );
  expect(await names('--type', 'generic')).toEqual(['generic/tools', 'generic/state']);
  expect(await names('--name', 'STATE')).toEqual(['generic/state', 'container/state-hub']);
  expect(await names('--type', 'generic', '--name', 'state')).toEqual(['generic/state']);
});

it('refuses a type no server has, because the server would answer with an empty list', async () => {
  const { run, gitea } = setup();
  const { code, out, err } = await run(['ls', 'coulomb', '--type', 'docker']);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain("--type 'docker' is no package type; known: alpine, alt");
  expect(gitea.requests).toEqual([]);
});

it('prints one JSON object a line, the same as in the JSON list', async () => {
  const { run, addPackage } = setup();
  addPackage(
    'coulomb/container/state-hub',
    Array.from({ length: 120 }, (_, i) => `v${i}`),
  );
  const lines = (await run(['ls', 'coulomb', '--output', 'jsonl'])).out.trimEnd().split('\n');
  expect(lines).toHaveLength(120);
  const { out } = await run(['ls', 'coulomb', '--output', 'json']);
  expect(lines.map((line) => JSON.parse(line))).toEqual(JSON.parse(out));
  expect(JSON.parse(lines[0])).toMatchObject({
    owner: 'coulomb',
    type: 'container',
    name: 'state-hub',
    version: 'v119',
    repository: null,
    creator: 'ci',
  });
});

it('prints the first page before it asks for the third', async () => {
  const { run, addPackage, gitea } = setup();
  addPackage(
    'coulomb/container/state-hub',
    Array.from({ length: 150 }, (_, i) => `v${i}`),
  );
  const pagesAtFirstLine: number[] = [];
  await run(['ls', 'coulomb', '--output', 'jsonl'], {
    onOut: () => void pagesAtFirstLine.push(gitea.requests.length),
  });
  expect(pagesAtFirstLine[0]).toBeLessThan(3);
  expect(gitea.requests).toHaveLength(3);
});

it('ends well on an empty list and says so beside the result', async () => {
  const { run } = setup();
  expect(await run(['ls', 'coulomb', '--type', 'npm'])).toEqual({
    code: 0,
    out: '',
    err: "no package of type 'npm' of 'coulomb' that this account may see\n",
  });
  expect((await run(['ls', 'coulomb', '--output', 'json'])).out).toBe('[]\n');
});

it('lists all owners of the declaration when none is named', async () => {
  const { run, addPackage, gitea, folder, host } = setup();
  gitea.addOrganization('mosaic', { owners: ['ci'] });
  addPackage('coulomb/generic/tools', ['1.0']);
  addPackage('mosaic/container/stack-api', ['v1']);
  const port = host.split(':')[1];
  const owner = (name: string) => ({ kind: 'organization', name, visibility: 'public' });
  const json = registryJson({
    host: `git.example.org:${port}`,
    sshDomain: 'git.example.org',
    owners: [owner('mosaic'), owner('coulomb')],
  });
  writeFileSync(join(folder, 'registry.json'), JSON.stringify(json));
  const { code, out, err } = await run(
    ['ls', '--declaration', 'registry.json', '--connect-to', `git.example.org:${port}:127.0.0.1:`],
    { env: { GITEA_REGISTRY_URL: `http://git.example.org:${port}` } },
  );
  expect(err).toContain('plain http');
  expect({ code, out }).toMatchObject({
    code: 0,
    out: expect.stringMatching(/mosaic\/container\/stack-api[^]*coulomb\/generic\/tools/),
  });
});

it('asks for an owner where neither it nor a declaration is given', async () => {
  const { run } = setup();
  const { code, err } = await run(['ls']);
  expect(code).toBe(2);
  expect(err).toMatch(/name an owner: ls OWNER; .*'dist' cannot be read/);
});

it.each(['coulomb/state-hub', 'api', 'a b', ''])(
  'refuses the owner %j before it asks',
  async (owner) => {
    const { run, gitea } = setup();
    const { code, err } = await run(['ls', owner]);
    expect({ code, requests: gitea.requests.length }).toEqual({ code: 2, requests: 0 });
    expect(err).toContain('(REG320)');
  },
);

it('names an unknown owner with its code', async () => {
  const { code, out, err } = await setup().run(['ls', 'kulomb']);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/kulomb.*\(REG320\)/);
  expect(err).not.toContain('fault of gitea-registry');
});

it('writes the result whole to a file, and keeps the old one when the server fails', async () => {
  const { run, addPackage, folder } = setup();
  addPackage('coulomb/generic/tools', ['1.0']);
  const argv = ['ls', 'coulomb', '--output', 'jsonl', '-o', 'out/packages.jsonl'];
  expect(await run(argv)).toEqual({ code: 0, out: '', err: 'wrote out/packages.jsonl\n' });
  const file = join(folder, 'out/packages.jsonl');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ name: 'tools' });
  writeFileSync(file, 'before');
  expect((await run(['ls', 'kulomb', ...argv.slice(2)])).code).toBe(1);
  expect(readFileSync(file, 'utf8')).toBe('before');
});

it('says that there is no credential when the server wants one', async () => {
  const { host } = setup();
  const { code, err } = await setup().run(['ls', 'coulomb'], {
    env: { GITEA_REGISTRY_TOKEN: undefined as unknown as string },
  });
  expect(code).toBe(1);
  expect(err).toContain(`hint: there is no credential for '${host}'`);
});

it('ends with 3 where no registry answers', async () => {
  const { run, host } = setup();
  // The fake speaks http.
  const { code, err } = await run(['ls', 'coulomb', '--registry', host]);
  expect(code).toBe(3);
  expect(err).toMatch(/\(REG120\)/);
});
