import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { json } from 'node:stream/consumers';
import { FakeCluster } from '../../../src/testing';
import type { FakeClusterOptions } from '../../../src/testing';
import { acceptOf } from '../../../src/testing/fake-cluster/web-socket';
import { readWebSocketFrames } from '../../../src/testing/fake-cluster/web-socket-frame';
import { closeAfterTest } from '../../support/closing';
import { pod } from './objects';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

interface Answered {
  readonly message: IncomingMessage;
  /** Payloads of the frames, until the server closed; absent when it refused. */
  readonly payloads?: readonly Buffer[];
}

/** An exec as kubectl asks it, without kubectl. */
async function exec(
  options: Partial<FakeClusterOptions>,
  { protocols = 'v5.channel.k8s.io', query = 'command=x&stdout=true&stderr=true' } = {},
): Promise<Answered> {
  const cluster = await FakeCluster.start({ objects: [pod('a')], ...options });
  closeAfterTest(cluster);
  const question = request(`${cluster.url}/api/v1/namespaces/default/pods/a/exec?${query}`, {
    headers: {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Key': KEY,
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Protocol': protocols,
    },
  });
  return new Promise((resolve, reject) => {
    question.on('error', reject);
    question.on('response', (message) => resolve({ message }));
    question.on('upgrade', (message, socket: Socket, head) => {
      const read = async (): Promise<Answered> => {
        const payloads: Buffer[] = [];
        for await (const { payload } of readWebSocketFrames(after(head, socket))) {
          payloads.push(payload);
        }
        return { message, payloads };
      };
      read().then(resolve, reject);
    });
    question.end();
  });
}

async function* after(head: Buffer, socket: Socket): AsyncGenerator<Buffer> {
  yield head;
  for await (const chunk of socket) yield chunk as Buffer;
}

test('the key of RFC 6455, 1.3 is accepted as the RFC says', () => {
  expect(acceptOf(KEY)).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
});

test('channels 1, 2 and 3 carry stdout, stderr and the status, then the server closes', async () => {
  const { message, payloads } = await exec({ exec: () => ({ stdout: 'out', stderr: 'err' }) });
  expect(message.headers['sec-websocket-protocol']).toBe('v5.channel.k8s.io');
  const [out, err, status, close] = payloads!;
  expect([out, err].map(String)).toEqual(['\x01out', '\x02err']);
  expect(status![0]).toBe(3);
  expect(JSON.parse(String(status!.subarray(1)))).toMatchObject({ status: 'Success' });
  expect(close!.readUInt16BE(0)).toBe(1000);
});

test('v4 serves a client that knows no v5, and nothing serves one that knows neither', async () => {
  const older = await exec(
    { exec: () => ({}) },
    { protocols: 'v4.channel.k8s.io, v3.channel.k8s.io' },
  );
  expect(older.message.headers['sec-websocket-protocol']).toBe('v4.channel.k8s.io');
  const oldest = await exec({}, { protocols: 'channel.k8s.io' });
  expect(oldest.message.statusCode).toBe(403);
});

test('an exit code is told in the status, as Kubernetes does', async () => {
  const { payloads } = await exec({ exec: () => ({ exitCode: 2 }) });
  expect(JSON.parse(String(payloads![0]!.subarray(1)))).toMatchObject({
    status: 'Failure',
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: '2' }] },
  });
});

test('an output nobody asked for is not sent', async () => {
  const { payloads } = await exec(
    { exec: () => ({ stdout: 'out', stderr: 'err' }) },
    { query: 'command=x&stderr=true' },
  );
  expect(payloads!.slice(0, -2).map(String)).toEqual(['\x02err']);
});

test.each([
  ['a withheld right', 403, { forbidden: ['create pods/exec'] }],
  ['a pod that is not there', 404, { objects: [] }],
  ['an expired credential', 401, { fault: 'unauthorized' as const }],
])('%s is refused before the upgrade, with a Status', async (_, code, options) => {
  const { message, payloads } = await exec(options);
  expect(payloads).toBeUndefined();
  expect(message.statusCode).toBe(code);
  expect(await json(message)).toMatchObject({ kind: 'Status', code });
});
