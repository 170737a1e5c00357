import type { ClientRequest, IncomingMessage } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { answerInstead, framedHeaders } from './answer-instead';
import { CutSink } from './cut-sink';
import type { ClientSide } from './delivery';
import { deliver } from './delivery';
import { endToEnd, linesOf } from './header-lines';
import type { ClientHead } from './passed-on';
import { hasBody, passedOn } from './passed-on';
import type { ProxyAnswer } from './proxy-answer';
import type { RequestRecorder } from './recorded-request';
import { TOO_LARGE, TRAEFIK } from './styled-answers';
import type { BodyLimitStyle } from './switches';
import type { Upstream } from './upstream';

/** One request and its answer. */
export class Exchange {
  /** Whether it is decided what the client gets. */
  private decided = false;

  public constructor(
    private readonly head: ClientHead,
    private readonly client: ClientSide,
    private readonly body: RequestRecorder,
    private readonly upstream: Upstream,
  ) {}

  /** @param scheme the proxy's own, `http` or `https` */
  public run(scheme: string): void {
    const { request, faults, connections } = this.client;
    pipeline(request, this.body, () => undefined);
    if (faults.breakOff?.at === 'request') {
      this.body.resume();
      connections.end(request.socket, faults.breakOff.how ?? 'reset');
      return;
    }
    const own = answerInstead(this.head, faults, scheme);
    if (own === undefined) {
      this.passOn();
    } else {
      this.body.resume();
      this.answer(own);
    }
  }

  private passOn(): void {
    const { request, response, faults, connections } = this.client;
    const outgoing = this.upstream.request(passedOn(this.head, faults));
    outgoing.on('socket', (socket) => connections.opened(socket));
    outgoing.on('continue', () => this.goOn());
    outgoing.on('response', (incoming) => this.relay(incoming));
    outgoing.on('error', () => this.answer(TRAEFIK.badGateway));
    response.on('close', () => {
      this.decided = true;
      outgoing.destroy();
    });
    if (faults.expectContinue !== undefined && request.headers.expect !== undefined) {
      this.goOn();
    }
    outgoing.flushHeaders();
    this.passBodyOn(outgoing);
  }

  private goOn(): void {
    if (!this.decided) {
      this.client.response.writeContinue();
    }
  }

  private passBodyOn(outgoing: ClientRequest): void {
    const { bodyLimit, requestCut } = this.client.faults;
    const passing = requestCut?.afterBytes ?? Infinity;
    const refusing = bodyLimit !== undefined && bodyLimit.bytes <= passing ? bodyLimit : undefined;
    const timer = this.cutInTime(outgoing);
    const sink = new CutSink({
      target: outgoing,
      limit: refusing?.bytes ?? passing,
      onEnd: () => outgoing.end(),
      onCut: () =>
        refusing === undefined ? this.cut(outgoing) : this.refuse(outgoing, refusing.style),
    });
    pipeline(this.body, sink, () => clearTimeout(timer));
  }

  private cutInTime(outgoing: ClientRequest): NodeJS.Timeout | undefined {
    const patience = this.client.faults.requestCut?.afterMilliseconds;
    return patience === undefined || !hasBody(this.head.headers)
      ? undefined
      : setTimeout(() => this.cut(outgoing), patience);
  }

  private refuse(outgoing: ClientRequest, style: BodyLimitStyle): void {
    if (!this.decided) {
      this.answer(TOO_LARGE[style]);
      outgoing.destroy();
    }
  }

  private cut(outgoing: ClientRequest): void {
    if (this.decided) {
      return;
    }
    const { request, faults, connections } = this.client;
    const how = faults.requestCut?.how ?? 'traefik';
    if (how === 'traefik') {
      this.answer(TRAEFIK.gatewayTimeout);
    } else {
      this.decided = true;
      connections.end(request.socket, how);
    }
    outgoing.destroy();
  }

  private answer(own: ProxyAnswer): void {
    if (this.decided) {
      return;
    }
    this.decided = true;
    const { status, reason, body = '' } = own;
    deliver(
      {
        status,
        reason,
        headers: framedHeaders(own),
        body: Readable.from([Buffer.from(body)]),
        closes: this.isIncomplete(),
      },
      this.client,
    );
  }

  private relay(incoming: IncomingMessage): void {
    this.decided = true;
    deliver(
      {
        status: incoming.statusCode!,
        reason: incoming.statusMessage,
        headers: endToEnd(linesOf(incoming.rawHeaders)),
        body: incoming,
        closes: incoming.headers.connection?.toLowerCase() === 'close' && this.isIncomplete(),
      },
      this.client,
    );
  }

  private isIncomplete(): boolean {
    return hasBody(this.head.headers) && !this.client.request.complete;
  }
}
