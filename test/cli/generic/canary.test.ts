import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FaultProxy } from '../../../src/testing';
import { forge } from '../forge';

const setup = forge();

const base64 = (text: string): string => Buffer.from(text).toString('base64');

it('shows the token nowhere: no output, no error, no file that stays', async () => {
  const { folder, gitea, token, run } = setup();
  const proxy = await FaultProxy.start(gitea.url);
  try {
    proxy.set({
      responseCut: { afterBytes: 3, match: ({ path }) => path.endsWith('/cut') },
    });
    writeFileSync(join(folder, 'cut'), 'hello world');
    writeFileSync(join(folder, 'b'), 'b');
    const env = { GITEA_REGISTRY_URL: proxy.url };
    const runs = [
      ['put', 'coulomb/tool@1', 'cut', 'b', '--chunk-size', '20'],
      ['put', 'coulomb/tool@1', 'b', '--name', 'cut', '--output', 'json'],
      ['get', 'coulomb/tool@1/b', '-o', 'b2', '--output', 'json'],
      ['get', 'coulomb/tool@2'],
      ['ls', 'coulomb/tool@1', '--output', 'json'],
      ['rm', 'coulomb/tool@1', '--yes'],
    ];
    let seen = '';
    for (const args of runs) {
      const { out, err } = await run(['generic', ...args, '--debug'], { env });
      seen += out + err;
    }
    seen += readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('');
    expect(seen).toContain('debug: PUT ');
    for (const form of [token, base64(token), base64(`token:${token}`), base64(`ci:${token}`)]) {
      expect(seen.includes(form)).toBe(false);
    }
  } finally {
    await proxy.close();
  }
});
