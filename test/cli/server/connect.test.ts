import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, EXIT } from '../../../src/cli/exit';
import { testCertificate } from '../../../src/testing/certificate';
import { forge } from '../forge';
import type { Run, Surroundings } from '../run-command';
import { runCommand } from '../run-command';
import { temporaryFolder } from '../../support/temporary';

const HOST = 'git.example.org';

/** All that Jest could stop beside `setTimeout`. */
const OTHER_CLOCKS = [
  'Date',
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
] as const;

describe('a registry with a certificate of its own authority', () => {
  const certificate = testCertificate({ names: [HOST] });
  const setup = forge({ tls: certificate });

  /** Lists `coulomb` at the name of the certificate, dialing the fake. */
  function list(argv: readonly string[]): Promise<Run> {
    const { run, host } = setup();
    return run(['ls', 'coulomb', '--connect-to', `${HOST}:443:${host}`, ...argv], {
      env: { GITEA_REGISTRY_URL: HOST },
    });
  }

  it('is dialed elsewhere under its own name, and trusted with --ca-file', async () => {
    writeFileSync(join(setup().folder, 'ca.pem'), certificate.ca);
    expect(await list(['--ca-file', 'ca.pem'])).toMatchObject({ code: 0 });
    const [{ headers }] = setup().gitea.requests;
    expect(headers).toContainEqual(['Host', HOST]);
  });

  it('is refused without it, and nothing is sent', async () => {
    expect(await list([])).toMatchObject({ code: 3, err: expect.stringContaining('(REG123)') });
    expect(setup().gitea.requests).toEqual([]);
  });

  it('is taken with --insecure, which warns in each run', async () => {
    for (let run = 0; run < 2; run++) {
      const { code, err } = await list(['--insecure']);
      expect({ code, err }).toEqual({
        code: 0,
        err: expect.stringContaining('warning: --insecure takes any certificate'),
      });
    }
  });

  it.each([
    ['absent.pem', 'cannot be read: ENOENT'],
    ['text.pem', 'holds no certificate in PEM form'],
  ])('is not asked with the wrong certificates of %s', async (file, words) => {
    writeFileSync(join(setup().folder, 'text.pem'), 'no certificate');
    expect(await list(['--ca-file', file])).toMatchObject({
      code: 2,
      err: expect.stringContaining(`--ca-file '${file}' ${words}`),
    });
  });
});

describe('a registry that never answers', () => {
  const folder = temporaryFolder();
  let server: ReturnType<typeof createServer>;
  let arrived: () => void;

  beforeEach(async () => {
    server = createServer(() => arrived?.());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    jest.useRealTimers();
    server.closeAllConnections();
    server.close();
  });

  function list(argv: readonly string[], more: Omit<Surroundings, 'env'> = {}): Promise<Run> {
    const { port } = server.address() as AddressInfo;
    const env = { GITEA_REGISTRY_TOKEN: 'abc' };
    const registry = ['--registry', `http://127.0.0.1:${port}`];
    return runCommand(['ls', 'coulomb', ...registry, ...argv], folder(), env, '', more);
  }

  it('is left at Ctrl-C with 130', async () => {
    const ctrlC = new AbortController();
    arrived = () => ctrlC.abort(new CommandError('interrupted', EXIT.INTERRUPTED));
    expect(await list([], { interrupt: ctrlC.signal })).toEqual({
      code: 130,
      out: '',
      err: 'error: interrupted\n',
    });
  });

  it('is left after --timeout with 3', async () => {
    // The clock of the run alone: the connection keeps its own.
    jest.useFakeTimers({ doNotFake: [...OTHER_CLOCKS] });
    arrived = () => jest.advanceTimersByTime(1000);
    expect(await list(['--timeout', '1s'])).toMatchObject({
      code: 3,
      err: 'error: no end within --timeout 1s\n',
    });
  });
});

describe('the registry that is meant', () => {
  const setup = forge();

  it('is the one of --registry before the one of the environment', async () => {
    const { run, gitea, addPackage } = setup();
    addPackage('coulomb/generic/tools', ['1.0']);
    const env = { GITEA_REGISTRY_URL: 'https://absent.example.org' };
    expect(await run(['ls', 'coulomb', '--registry', gitea.url], { env })).toMatchObject({
      code: 0,
    });
  });

  it('is asked for where nothing names one', async () => {
    const { run } = setup();
    const { code, err } = await run(['ls', 'coulomb'], { env: { GITEA_REGISTRY_URL: '' } });
    expect(code).toBe(2);
    expect(err).toMatch(
      /which registry is meant\? Name it with --registry HOST.*'dist' cannot be read/,
    );
  });

  it('is refused where it is no host', async () => {
    const { run } = setup();
    const env = { GITEA_REGISTRY_URL: 'https://git.example.org/forge' };
    expect(await run(['ls', 'coulomb'], { env })).toMatchObject({
      code: 2,
      err: expect.stringMatching(/GITEA_REGISTRY_URL 'https:.*\(REG111\)/),
    });
  });

  it.each([
    ['--connect-to', 'git.example.org', 'HOST:PORT:ADDR:PORT'],
    ['--timeout', '30', 'duration with units'],
    ['--request-timeout', 'soon', 'duration with units'],
  ])('is not asked with a wrong %s', async (option, value, words) => {
    const { run, gitea } = setup();
    const { code, err } = await run(['ls', 'coulomb', option, value]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(words) });
    expect(gitea.requests).toEqual([]);
  });
});
