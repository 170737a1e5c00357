import { connect } from 'node:net';
import { digestOf } from '../images';
import { headerOf } from '../raw-request';
import { testForge } from './forge';
import type { TestForge } from './forge';

async function session({ ask }: TestForge): Promise<string> {
  return headerOf(await ask('/v2/coulomb/app/blobs/uploads/', { method: 'POST' }), 'Location');
}

/** Sends bytes over a socket of its own; gives what came back until the server or `until` ends it. */
function overSocket(
  url: string,
  text: string,
  until: (received: string) => boolean,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text));
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk.toString();
      if (until(received)) socket.destroy();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(received));
  });
}

describe('upload sessions', () => {
  it('lose their data when a PATCH is cut', async () => {
    const forge = await testForge();
    const path = await session(forge);
    const cut = connect(Number(new URL(forge.gitea.url).port), '127.0.0.1');
    cut.write(
      `PATCH ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ${forge.ci.Authorization!}\r\nContent-Length: 10\r\n\r\nhalf`,
    );
    const [upload] = [...forge.gitea.state.uploads.values()];
    const isBroken = (): boolean => upload!.file.length !== upload!.received;
    cut.end();
    while (!isBroken()) await new Promise((resolve) => setImmediate(resolve));

    expect(headerOf(await forge.ask(path), 'Range')).toBe('');
    const again = await forge.ask(path, { method: 'PATCH', body: 'more' });
    expect([again.status, again.body.toString()]).toEqual([500, '']);
    const put = await forge.ask(`${path}?digest=${digestOf('half')}`, { method: 'PUT' });
    expect(put.status).toBe(500);
  });

  it('go on at the boundary of a chunk that was acknowledged', async () => {
    const forge = await testForge();
    const path = await session(forge);
    const first = await forge.ask(path, { method: 'PATCH', body: 'hello ' });
    expect(headerOf(first, 'Range')).toBe('0-5');
    const headers = { ...forge.ci, 'Content-Range': '6-10' };
    await forge.ask(path, { method: 'PATCH', body: 'world', headers });
    const done = await forge.ask(`${path}?digest=${digestOf('hello world')}`, { method: 'PUT' });
    expect(done.status).toBe(201);
    expect((await forge.ask(path)).status).toBe(404);
  });

  it('survive a wrong digest', async () => {
    const forge = await testForge();
    const path = await session(forge);
    const wrong = await forge.ask(`${path}?digest=${digestOf('b')}`, { method: 'PUT', body: 'a' });
    expect(wrong.status).toBe(400);
    const right = await forge.ask(`${path}?digest=${digestOf('a')}`, { method: 'PUT' });
    expect(right.status).toBe(201);
  });

  it('mount a blob from an owner the caller reads, and begin a session otherwise', async () => {
    const forge = await testForge();
    forge.gitea.addUser('other', { visibility: 'private' });
    const push = (owner: string) =>
      forge.ask(`/v2/${owner}/app/blobs/uploads/?digest=${digestOf('layer')}`, {
        method: 'POST',
        body: 'layer',
      });
    await push('coulomb');
    const mountFrom = async (from: string) =>
      (
        await forge.ask(`/v2/coulomb/two/blobs/uploads/?mount=${digestOf('layer')}&from=${from}`, {
          method: 'POST',
        })
      ).status;
    expect(await mountFrom('other/app')).toBe(202);
    expect(await mountFrom('nobody/app')).toBe(202);
    expect(await mountFrom('coulomb/app')).toBe(201);
  });
});

describe('blobs', () => {
  const push = ({ ask }: TestForge, body: string | Buffer) =>
    ask(`/v2/coulomb/app/blobs/uploads/?digest=${digestOf(body)}`, { method: 'POST', body });

  it.each([
    ['text', 'hello', 'text/plain; charset=utf-8'],
    ['bytes', Buffer.of(1, 2, 3), 'application/octet-stream'],
    ['gzip', Buffer.of(0x1f, 0x8b, 8, 0), 'application/x-gzip'],
  ])('of %s have the type Go guesses', async (_, body, type) => {
    const forge = await testForge();
    await push(forge, body);
    const path = `/v2/coulomb/app/blobs/${digestOf(body)}`;
    expect(headerOf(await forge.ask(path), 'Content-Type')).toBe(type);
    expect(headerOf(await forge.ask(path, { method: 'HEAD' }), 'Content-Type')).toBe('');
  });

  it('are gone from the image they are deleted in', async () => {
    const forge = await testForge();
    await push(forge, 'layer');
    const path = `/v2/coulomb/app/blobs/${digestOf('layer')}`;
    expect((await forge.ask(path, { method: 'DELETE' })).status).toBe(202);
    expect((await forge.ask(path)).status).toBe(404);
    expect((await forge.ask(path, { method: 'DELETE' })).status).toBe(202);
    expect((await forge.ask(`${path}0`, { method: 'DELETE' })).status).toBe(404);
  });

  it('lie in the object store under SERVE_DIRECT, for GET', async () => {
    const forge = await testForge({ serveDirect: 'http://127.0.0.1:9000/bucket' });
    await push(forge, 'layer');
    const path = `/v2/coulomb/app/blobs/${digestOf('layer')}`;
    const answer = await forge.ask(path);
    expect([answer.status, headerOf(answer, 'Location')]).toEqual([
      307,
      `http://127.0.0.1:9000/bucket/${digestOf('layer').slice('sha256:'.length)}`,
    ]);
    expect((await forge.ask(path, { method: 'HEAD' })).status).toBe(200);
  });

  it('that were lost are unknown until they are pushed again', async () => {
    const forge = await testForge();
    await push(forge, 'layer');
    forge.gitea.loseBlob(digestOf('layer'));
    const path = `/v2/coulomb/app/blobs/${digestOf('layer')}`;
    expect((await forge.ask(path, { method: 'HEAD' })).status).toBe(404);
    await push(forge, 'layer');
    expect((await forge.ask(path, { method: 'HEAD' })).status).toBe(200);
  });

  it.each(['a__b', 'a--b', 'Upper', 'a.', '-a', 'a/-b'])(
    'go under no image called %s',
    async (image) => {
      const { ask } = await testForge();
      const answer = await ask(`/v2/coulomb/${image}/blobs/uploads/`, { method: 'POST' });
      expect(answer.body.toString()).toBe('{"errors":[{"code":"NAME_INVALID","message":""}]}\n');
    },
  );
});

describe('a client that waits for 100 Continue', () => {
  const head = (authorization: string): string =>
    [
      `POST /v2/coulomb/app/blobs/uploads/?digest=${digestOf('abc')} HTTP/1.1`,
      'Host: x',
      `Authorization: ${authorization}`,
      'Content-Length: 3',
      'Expect: 100-continue',
      '\r\n',
    ].join('\r\n');

  it('gets a refusal at once, and the connection closed', async () => {
    const { gitea } = await testForge();
    const refused = await overSocket(gitea.url, head('Basic bm86bm8='), () => false);
    expect(refused).toMatch(/^HTTP\/1\.1 401 .*\r\nConnection: close\r\n/s);
  });

  it('is asked to go on where the body is wanted', async () => {
    const { gitea, ci } = await testForge();
    const seen = await overSocket(gitea.url, head(ci.Authorization!), (text) =>
      text.endsWith('\r\n\r\n'),
    );
    expect(seen).toBe('HTTP/1.1 100 Continue\r\n\r\n');
  });
});
