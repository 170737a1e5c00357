import { connect } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { ByteCarrier } from './byte-carrier';
import { SpdySession } from './spdy/session';
import type { SpdyStream } from './spdy/stream';

/** The pod a port-forward goes to, and where its ports lead. */
export interface ForwardTarget {
  /** `NAMESPACE/POD`. */
  readonly pod: string;
  /** Port of 127.0.0.1 behind a port of the pod; undefined when nothing listens there. */
  readonly portBehind: (port: number) => number | undefined;
}

/**
 * Serves a port-forward (`portforward.k8s.io`): each connection is a pair of streams with one `requestid`, the data and the
 * error text.
 */
export async function forwardPorts(carrier: ByteCarrier, target: ForwardTarget): Promise<void> {
  const errors = new Map<string, SpdyStream>();
  const session = new SpdySession(carrier, (stream) => {
    const { streamtype: type, requestid: id = '', port } = stream.headers;
    if (type === 'error') {
      errors.set(id, stream);
      return;
    }
    const error = errors.get(id);
    errors.delete(id);
    void forward(stream, Number(port), target).then((refusal) => {
      stream.end();
      error?.end(refusal);
    });
  });
  await session.run();
}

/** Carries one connection; the text of the error stream when nothing listens. */
async function forward(
  stream: SpdyStream,
  port: number,
  { pod, portBehind }: ForwardTarget,
): Promise<string | undefined> {
  const behind = portBehind(port);
  if (behind === undefined) return refusedText(pod, port);
  const socket = connect({ port: behind, host: '127.0.0.1', allowHalfOpen: true });
  try {
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  } catch {
    return refusedText(pod, port);
  }
  try {
    await Promise.all([pipeline(stream, socket), pipeline(socket, stream)]);
  } catch {
    // Either side may leave at any time.
    stream.destroy();
    socket.destroy();
  }
  return undefined;
}

function refusedText(pod: string, port: number): string {
  return (
    `error forwarding port ${port} to pod ${pod}, uid : failed to execute portforward in network namespace ` +
    `"/var/run/netns/cni-0": failed to connect to localhost:${port} inside namespace "cni-0", ` +
    `IPv4: dial tcp4 127.0.0.1:${port}: connect: connection refused`
  );
}
