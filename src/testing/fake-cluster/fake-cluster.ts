import { createServer, ServerResponse } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { json } from 'node:stream/consumers';
import { answerApi } from './api';
import type { ApiState } from './api';
import type { FakeExec } from './fake-exec';
import { writeKubeconfig } from './kubeconfig';
import type { WrittenKubeconfig } from './kubeconfig';
import type { KubeObject } from './kube-object';
import { Refusal, unauthorized } from './status';
import { serveUpgrade } from './upgrade';

/** What a FakeCluster holds and how it behaves. */
export interface FakeClusterOptions {
  /** Objects it holds. */
  readonly objects: readonly KubeObject[];
  /**
   * What the caller may not do: `list secrets`, `list pods in default`, `list secrets at the cluster scope`,
   * `create pods/exec in default`; `*` stands for every verb or resource.
   *
   * @default - everything is allowed
   */
  readonly forbidden?: readonly string[];
  /** Answers of exec. @default - no container has the binary */
  readonly exec?: FakeExec;
  /** Where a pod's port leads on 127.0.0.1: `{ 'default/gitea-0:3000': 41234 }`. @default - nothing listens */
  readonly ports?: Readonly<Record<string, number>>;
  /** `unauthorized` answers 401 to everything (an expired credential), `silent` never answers. @default - none */
  readonly fault?: 'unauthorized' | 'silent';
}

/** A request that arrived. */
export interface ClusterRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** What stands behind `?`, as sent; empty without one. */
  readonly query: string;
}

/**
 * A small Kubernetes API server on 127.0.0.1 for the real `kubectl`: discovery, get, list, events, create and delete,
 * exec, port-forward, RBAC refusals, over plain http.
 *
 * Custom kinds are served when an object or a CustomResourceDefinition of them is there; no kubelet runs, so an object
 * stays as it is written.
 */
export class FakeCluster {
  /** Starts a cluster on a free port. */
  static async start(options: FakeClusterOptions): Promise<FakeCluster> {
    const cluster = new FakeCluster(options);
    await new Promise<void>((resolve) => cluster.server.listen(0, '127.0.0.1', resolve));
    cluster.written = writeKubeconfig(cluster.url);
    return cluster;
  }

  /** What it holds now; may be changed between two requests. */
  objects: KubeObject[];
  /** Every request that arrived, in order. */
  readonly requests: ClusterRequest[] = [];
  private readonly server = createServer((message, response) => void this.serve(message, response));
  private readonly sockets = new Set<Socket>();
  private written!: WrittenKubeconfig;

  private constructor(private readonly options: FakeClusterOptions) {
    this.objects = [...options.objects];
    this.server.on('upgrade', (message, socket: Socket, head) => {
      void this.upgrade(message, socket, head);
    });
    this.server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  /** `http://127.0.0.1:PORT`. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Path of its kubeconfig, context `fake`; removed by `close`. */
  get kubeconfig(): string {
    return this.written.path;
  }

  /** Ends the server and every connection. */
  async close(): Promise<void> {
    this.written.remove();
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      for (const socket of this.sockets) socket.destroy();
    });
  }

  private arrived(message: IncomingMessage): ClusterRequest {
    const [path, query = ''] = (message.url ?? '/').split(/\?(.*)/s) as [string, string?];
    const request = { method: message.method ?? 'GET', path, query };
    this.requests.push(request);
    return request;
  }

  private async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, path, query } = this.arrived(message);
    if (this.options.fault === 'silent') return;
    try {
      if (this.options.fault === 'unauthorized') throw unauthorized();
      const answer = await answerApi(this.state(), {
        method,
        path,
        query: new URLSearchParams(query),
        body: () => json(message) as Promise<KubeObject>,
      });
      if (answer === undefined) response.writeHead(200, JSON_TYPE).flushHeaders();
      else sendJson(response, method === 'POST' ? 201 : 200, answer);
    } catch (error) {
      const { status } = error instanceof Refusal ? error : ownFailure(error);
      sendJson(response, status.code, status);
    }
  }

  private async upgrade(message: IncomingMessage, socket: Socket, head: Buffer): Promise<void> {
    const { path, query } = this.arrived(message);
    // A client may leave at any time.
    socket.on('error', () => undefined);
    if (this.options.fault === 'silent') return;
    const { exec, ports = {}, fault } = this.options;
    try {
      if (fault === 'unauthorized') throw unauthorized();
      const request = { message, socket, head, path, query: new URLSearchParams(query) };
      await serveUpgrade(this.state(), { exec, ports }, request);
    } catch (error) {
      const { status } = error instanceof Refusal ? error : ownFailure(error);
      const response = new ServerResponse(message);
      response.assignSocket(socket);
      response.shouldKeepAlive = false;
      sendJson(response, status.code, status);
      response.on('finish', () => socket.end());
    }
  }

  private state(): ApiState {
    return { objects: this.objects, forbidden: this.options.forbidden ?? [] };
  }
}

/** A fault of the fake itself, told where a test sees it. */
function ownFailure(error: unknown): Refusal {
  const text = error instanceof Error ? error.stack : String(error);
  return new Refusal(500, 'InternalError', `FakeCluster failed: ${text}`);
}

const JSON_TYPE = { 'Content-Type': 'application/json' };

function sendJson(response: ServerResponse, code: number, body: object): void {
  response.writeHead(code, JSON_TYPE);
  response.end(JSON.stringify(body));
}
