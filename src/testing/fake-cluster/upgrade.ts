import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { objectAt } from './api';
import type { ApiState } from './api';
import { authorize } from './access';
import { parseApiPath } from './api-path';
import type { ApiPath } from './api-path';
import { socketCarrier } from './byte-carrier';
import type { ByteCarrier } from './byte-carrier';
import { execOverSpdy, execOverWebSocket } from './exec';
import type { FakeExec } from './fake-exec';
import { fieldOf } from './kube-object';
import type { KubeObject } from './kube-object';
import { forwardPorts } from './port-forward';
import { servedResources } from './served-resource';
import { noSuchPath, Refusal } from './status';
import { acceptOf, WebSocketConnection } from './web-socket';

/** What exec and port-forward lead to. */
export interface PodBackends {
  readonly exec?: FakeExec;
  /** Ports of 127.0.0.1 by `NAMESPACE/POD:PORT`. */
  readonly ports: Readonly<Record<string, number>>;
}

/** An upgrade request that arrived. */
export interface UpgradeRequest {
  readonly message: IncomingMessage;
  readonly socket: Socket;
  /** What came behind the request already. */
  readonly head: Buffer;
  readonly path: string;
  readonly query: URLSearchParams;
}

const EXEC_WEB_SOCKET = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
const EXEC_SPDY = ['v4.channel.k8s.io'];
const FORWARD_WEB_SOCKET = ['SPDY/3.1+portforward.k8s.io'];
const FORWARD_SPDY = ['portforward.k8s.io'];

/**
 * Serves exec and port-forward, over WebSocket as kubectl asks since 1.31, or over SPDY as it did before and does when the
 * WebSocket is refused. Throws a `Refusal` before anything is sent.
 *
 * A GET needs the verbs `get` and `create`, as since Kubernetes 1.35; a POST needs `create`.
 */
export async function serveUpgrade(
  state: ApiState,
  backends: PodBackends,
  request: UpgradeRequest,
): Promise<void> {
  const target = parseApiPath(request.path);
  const isExec = target?.subresource === 'exec';
  if (target?.plural !== 'pods' || !(isExec || target.subresource === 'portforward')) {
    throw noSuchPath();
  }
  if (request.message.method === 'GET') authorize(state.forbidden, 'get', target);
  authorize(state.forbidden, 'create', target);
  const pod = podAt(state, target);
  await (isExec
    ? serveExec(request, pod, backends.exec)
    : serveForward(request, `${target.namespace}/${target.name}`, backends.ports));
}

function podAt(state: ApiState, target: ApiPath): KubeObject {
  const pods = servedResources(state.objects).find(({ kind }) => kind === 'Pod')!;
  return objectAt(state, pods, target);
}

async function serveExec(
  request: UpgradeRequest,
  pod: KubeObject,
  exec: FakeExec | undefined,
): Promise<void> {
  const { query } = request;
  const { name, namespace = '' } = pod.metadata;
  const container = query.get('container') ?? undefined;
  const containers = fieldOf(pod, 'spec.containers') as readonly { name: string }[];
  if (container !== undefined && containers.every((each) => each.name !== container)) {
    const message = `container ${container} is not valid for pod ${name}`;
    throw new Refusal(400, 'BadRequest', message);
  }
  const call = { namespace, pod: name, container, command: query.getAll('command') };
  if (isWebSocket(request)) {
    await execOverWebSocket(acceptWebSocket(request, EXEC_WEB_SOCKET), query, call, exec);
  } else {
    await execOverSpdy(acceptSpdy(request, EXEC_SPDY), query, call, exec);
  }
}

async function serveForward(
  request: UpgradeRequest,
  pod: string,
  ports: PodBackends['ports'],
): Promise<void> {
  const carrier = isWebSocket(request)
    ? acceptWebSocket(request, FORWARD_WEB_SOCKET)
    : acceptSpdy(request, FORWARD_SPDY);
  await forwardPorts(carrier, { pod, portBehind: (port) => ports[`${pod}:${port}`] });
}

function isWebSocket({ message }: UpgradeRequest): boolean {
  return message.headers.upgrade?.toLowerCase() === 'websocket';
}

function acceptWebSocket(request: UpgradeRequest, known: readonly string[]): WebSocketConnection {
  const { message, socket, head } = request;
  const protocol = chosen(message.headers['sec-websocket-protocol'], known);
  switchTo(socket, 'websocket', {
    'Sec-WebSocket-Accept': acceptOf(message.headers['sec-websocket-key'] ?? ''),
    'Sec-WebSocket-Protocol': protocol,
  });
  return new WebSocketConnection(socket, head);
}

function acceptSpdy(
  { message, socket, head }: UpgradeRequest,
  known: readonly string[],
): ByteCarrier {
  const header = message.headers['x-stream-protocol-version'];
  const protocol = chosen(Array.isArray(header) ? header.join(',') : header, known);
  switchTo(socket, 'SPDY/3.1', { 'X-Stream-Protocol-Version': protocol });
  return socketCarrier(socket, head);
}

/** The first of ours that the client offers. */
function chosen(offered: string | undefined, known: readonly string[]): string {
  const offers = (offered ?? '').split(',').map((each) => each.trim());
  const protocol = known.find((each) => offers.includes(each));
  if (protocol === undefined) {
    const message = `unable to negotiate protocol: client supports ${offers.join(', ')}, server accepts ${known.join(', ')}`;
    throw new Refusal(403, 'Forbidden', message);
  }
  return protocol;
}

function switchTo(
  socket: Socket,
  upgrade: string,
  headers: Readonly<Record<string, string>>,
): void {
  const lines = Object.entries({ Connection: 'Upgrade', Upgrade: upgrade, ...headers });
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  );
}
