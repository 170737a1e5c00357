import type { ByteCarrier } from './byte-carrier';
import { execStatus } from './exec-status';
import type { ExecCall, FakeExec } from './fake-exec';
import { SpdySession } from './spdy/session';
import type { SpdyStream } from './spdy/stream';
import type { WebSocketConnection } from './web-socket';

/** What an exec sends to: stdout and stderr only when the client asked for them. */
interface ExecSinks {
  readonly stdout?: (bytes: Buffer) => Promise<void>;
  readonly stderr?: (bytes: Buffer) => Promise<void>;
  /** The channel of the final `Status`. */
  readonly error: (bytes: Buffer) => Promise<void>;
}

/** Numbers of the channels in a WebSocket message's first byte (`channel.k8s.io`). */
const CHANNEL = { stdout: 1, stderr: 2, error: 3 } as const;

/** The runtime hands output on in pieces of this size. */
const PIECE = 32 * 1024;

/** Runs an exec over the channels of a WebSocket, then closes it. */
export async function execOverWebSocket(
  connection: WebSocketConnection,
  query: URLSearchParams,
  call: ExecCall,
  exec: FakeExec | undefined,
): Promise<void> {
  const channel = (name: keyof typeof CHANNEL) => (bytes: Buffer) =>
    connection.write(Buffer.concat([Buffer.from([CHANNEL[name]]), bytes]));
  await run(call, exec, {
    stdout: query.get('stdout') === 'true' ? channel('stdout') : undefined,
    stderr: query.get('stderr') === 'true' ? channel('stderr') : undefined,
    error: channel('error'),
  });
  connection.end();
}

/** Runs an exec over SPDY, once the client has opened every stream it asked for, then ends the session. */
export async function execOverSpdy(
  carrier: ByteCarrier,
  query: URLSearchParams,
  call: ExecCall,
  exec: FakeExec | undefined,
): Promise<void> {
  const awaited = ['stdin', 'stdout', 'stderr'].filter((name) => query.get(name) === 'true');
  const streams = new Map<string, SpdyStream>();
  const session = new SpdySession(carrier, (stream) => {
    streams.set(stream.headers['streamtype'] ?? '', stream);
    if (streams.has('error') && awaited.every((name) => streams.has(name))) {
      void run(call, exec, {
        stdout: sinkOf(streams.get('stdout')),
        stderr: sinkOf(streams.get('stderr')),
        error: sinkOf(streams.get('error'))!,
      }).then(() => endAll(streams.values()));
    }
  });
  await session.run();
}

async function run(call: ExecCall, exec: FakeExec | undefined, sinks: ExecSinks): Promise<void> {
  const answer = exec?.(call);
  await send(answer?.stdout, sinks.stdout);
  await send(answer?.stderr, sinks.stderr);
  await sinks.error(Buffer.from(JSON.stringify(execStatus(call.command, answer))));
}

async function send(text: string | undefined, sink: ExecSinks['stdout']): Promise<void> {
  if (text === undefined || sink === undefined) return;
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += PIECE) await sink(bytes.subarray(at, at + PIECE));
}

function sinkOf(stream: SpdyStream | undefined): ExecSinks['stdout'] {
  if (stream === undefined) return undefined;
  return (bytes) => new Promise((resolve) => stream.write(bytes, () => resolve()));
}

function endAll(streams: Iterable<SpdyStream>): void {
  for (const stream of streams) stream.end();
}
