import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const canary = randomBytes(20).toString('hex');
const word = `word-${randomBytes(6).toString('hex')}`;
let work: string;

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'canary-'));
});

afterEach(() => rmSync(work, { recursive: true, force: true }));

/** An app of a user as a process of its own: what Node prints of an uncaught error counts too. */
function app(body: string): { status: number | null; said: string } {
  const script = `
    const { Chart } = require('cdk8s');
    const g = require('cdk8s-gitea-registry');
    const canary = process.env.CANARY;
    const app = new g.RegistryApp({ outdir: ${JSON.stringify(join(work, 'dist'))}, sideFiles: { root: ${JSON.stringify(work)} } });
    const make = (props) => new g.GiteaRegistry(new Chart(app, 'chart'), 'Registry', {
      host: 'git.example.org',
      release: g.ForgeRelease.gitea({
        name: 'gitea', namespace: 'git', chartVersion: '12.5.0', appVersion: '1.25.4',
        httpService: { name: 'gitea-http', port: 3000 }, ...props?.release,
      }),
      ...props?.registry,
    });
    ${body}
    app.synth();`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, CANARY: canary, WORD: word, GITEA_REGISTRY_TOKEN: canary },
  });
  return { status, said: stdout + stderr };
}

function written(): string[] {
  return readdirSync(work, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

it.each([
  [
    'a host with userinfo',
    'make({ registry: { host: `https://ci:${canary}@git.example.org/` } });',
  ],
  ['a token as release name', 'make({ release: { name: canary } });'],
  ['a token in a list', 'make({ release: { valuesFiles: ["a.yaml", canary] } });'],
  ['a token as a map key', 'make({ release: { liveConfig: { [canary]: "x" } } });'],
  [
    'a token as an unknown prop',
    'make({ registry: { tunnels: [{ name: "t", url: "http://a:1", [canary]: 1 }] } });',
  ],
  [
    'a token in the backup text',
    'make({ registry: { backup: `restore with password=${canary}` } });',
  ],
  ['a secret key of app.ini', 'make().addConfig("security", "SECRET_KEY", canary);'],
  ['a connection string', 'make().addConfig("ui", "X", `redis://:${canary}@redis:6379/0`);'],
  ['a second value', 'make().addConfig("server", "ROOT_URL", canary);'],
])('never says %s, refuses it and writes nothing', (_what, body) => {
  const { status, said } = app(body);
  expect(status).not.toBe(0);
  expect(said).toMatch(/\((REG\d{3})\)/);
  for (const part of [canary, canary.slice(0, 20), canary.slice(20)]) {
    expect(said).not.toContain(part);
  }
  expect(written()).toEqual([]);
});

it('writes nothing of its environment, and a value of addConfig to the overlay only', () => {
  const { status, said } = app('make().addConfig("ui", "REACTIONS", process.env.WORD);');
  expect({ status, said }).toEqual({ status: 0, said: '' });
  const files = written();
  expect(files.filter((text) => text.includes(canary))).toEqual([]);
  const carriers = files.filter((text) => text.includes(word));
  expect(carriers).toHaveLength(1);
  expect(carriers[0]).toContain(`REACTIONS: "${word}"`);
});

it('never prints what a refused or broken declaration file holds', () => {
  const secrets = `{ "apiVersion": "gitea-registry/v1", "token": "${canary}", "${canary}": 1, "host": "${canary}" `;
  for (const [name, text] of [
    ['broken.json', secrets],
    ['whole.json', `${secrets}}`],
    ['broken.yaml', `a: "${canary}\nb: [`],
    ['other.yaml', `kind: Secret\ndata: { registry.json: "${canary}" }\n`],
  ]) {
    writeFileSync(join(work, name), text);
    for (const debug of [[], ['--debug']]) {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ['bin/gitea-registry.js', 'values', '--declaration', join(work, name), ...debug],
        { cwd: root, encoding: 'utf8' },
      );
      expect(status).toBe(2);
      expect(stdout + stderr).not.toContain(canary.slice(0, 20));
    }
  }
});
