import { reportErrors } from '../report/report-schema';
import { forge } from '../forge';
import { runCommand } from '../run-command';

const setup = forge();

const USER = { GITEA_REGISTRY_USER: 'ci' };
const argv = ['smoke', '--owner', 'coulomb', '--size', '4096'];

it('tells each step in a line, and the largest request that was taken', async () => {
  const { code, out, err } = await setup().run(argv, { env: { ...USER, LANG: 'C.UTF-8' } });
  const steady = out.replace(/smoke-[0-9a-f]{8}/g, 'smoke-…').replace(/sha256:[0-9a-f]{64}/g, '…');
  expect({ code, steady }).toEqual({
    code: 0,
    steady: `  login        ✔ token for ci (write:package)
  push blob    ✔ 4096 bytes in one request, digest matches
  put manifest ✔ coulomb/doctor-probe:smoke-… …
  pull         ✔ manifest by tag and digest, config and layer: bytes identical
  generic      ✔ upload, range download, sha256 equal
  cleanup      ✔ tag and generic version deleted
Largest single request accepted: 4.00 KiB.
`,
  });
  expect(err).toContain('layer');
});

it.each(['text', 'short', 'json', 'junit', 'markdown'])(
  'fails in every form when a step fails: %s',
  async (form) => {
    const at = setup();
    const token = at.gitea.createToken('ci', ['read:package']);
    const env = { ...USER, GITEA_REGISTRY_TOKEN: token };
    const { code, out, err } = await at.run([...argv, '--output', form], { env });
    expect(code).toBe(1);
    expect(out).toContain('REG314');
    expect(out + err).not.toContain(token);
  },
);

it('prints a report of the schema as JSON', async () => {
  const { out } = await setup().run([...argv, '--output', 'json'], { env: USER });
  const report = JSON.parse(out);
  expect(reportErrors(report)).toBeNull();
  expect(report.summary).toEqual({ pass: 6, warn: 0, fail: 0, skip: 0 });
});

it('shows what it would send and sends nothing with --dry-run', async () => {
  const at = setup();
  const { code, out } = await at.run([...argv, '--dry-run'], { env: USER });
  expect(code).toBe(0);
  expect(out).toContain('push coulomb/doctor-probe with a layer of 4.00 KiB');
  expect(at.gitea.requests).toEqual([]);
});

it.each([
  [['--owner', 'not an owner'], 'REG320'],
  [['--owner', 'coulomb', '--size', '0'], 'give bytes'],
])('refuses %j before anything is sent', async (args, told) => {
  const at = setup();
  const { code, err } = await at.run(['smoke', ...args], { env: USER });
  expect(code).toBe(2);
  expect(err).toContain(told);
  expect(at.gitea.requests).toEqual([]);
});

it('wants a token', async () => {
  const at = setup();
  const { code, err } = await runCommand(argv, at.folder, { GITEA_REGISTRY_URL: at.gitea.url });
  expect(code).toBe(2);
  expect(err).toContain('there is no token');
});
