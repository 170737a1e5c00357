import { ClientError } from '../error';
import type { Failure } from './retry';
import { shownText, shownUrl } from './recording';

/** A connection that failed: what people read, and whether the server may have done its work. */
export interface ConnectionFailure {
  readonly error: ClientError;
  readonly failure: Failure;
}

/** Where an attempt was when it failed. */
export interface AttemptState {
  readonly method: string;
  readonly url: URL;
  /** Whether the connection stood, so that the request may have arrived. */
  readonly isConnected: boolean;
  /** Whether an earlier attempt may have done the work. */
  readonly isRepeated?: boolean;
  /** `host:port` of the proxy that is dialed instead. */
  readonly proxy?: string;
  /** `host:port` the request was meant for, when that redirects to `url`. */
  readonly redirectedBy?: string;
}

/** Nothing moved for too long. */
export class IdleError extends Error {
  public constructor(public readonly idleMs: number) {
    super(`idle for ${idleMs} ms`);
  }
}

/** A proxy made no connection. */
export class ProxyError extends Error {
  public readonly status: number | undefined;

  public constructor(
    /** `host:port` of the proxy. */
    public readonly proxy: string,
    { status, cause }: { readonly status?: number; readonly cause?: unknown },
  ) {
    super('the proxy made no connection', { cause });
    this.status = status;
  }
}

interface Cause {
  readonly code: string;
  /** @param peer `'git.example.org'`, or `the proxy 'proxy.example.org:3128'` */
  readonly says: (peer: string) => string;
  readonly failure: Failure;
}

/** What Node and OpenSSL call the failures (Node.js errors; OpenSSL X509_V_ERR_*). */
const CAUSES: readonly (readonly [names: RegExp, cause: Cause])[] = [
  [
    /^(ENOTFOUND|ENODATA)$/,
    {
      code: 'REG112',
      failure: 'final',
      says: (peer) => `the name of ${peer} does not resolve: check its spelling and DNS`,
    },
  ],
  [
    /^EAI_AGAIN$/,
    { code: 'REG112', failure: 'not-done', says: (peer) => `no DNS server answers for ${peer}` },
  ],
  [
    /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EADDRNOTAVAIL)$/,
    {
      code: 'REG113',
      failure: 'not-done',
      says: (peer) => `${peer} takes no connection: check port, firewall and load balancer`,
    },
  ],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    {
      code: 'REG122',
      failure: 'final',
      says: (peer) => `the certificate does not cover ${peer}: give the route its own certificate`,
    },
  ],
  [
    /^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/,
    {
      code: 'REG124',
      failure: 'final',
      says: (peer) => `the certificate of ${peer} is not valid today`,
    },
  ],
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(GET|VERIFY|DECRYPT|DECODE)_\w+|CERT_\w+|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)$/,
    {
      code: 'REG123',
      failure: 'final',
      says: (peer) =>
        `the certificate of ${peer} comes from an issuer that is not trusted here: name it with --ca-file`,
    },
  ],
  [
    /^(EPROTO|ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG)$/,
    {
      code: 'REG120',
      failure: 'final',
      says: (peer) =>
        `${peer} does not speak TLS on this port: the registry must be served by https`,
    },
  ],
  [
    /^ERR_SSL_/,
    {
      code: 'REG120',
      failure: 'final',
      says: (peer) => `${peer} and this program agree on no version or cipher of TLS`,
    },
  ],
];

/** Says in words why no answer came. */
export function connectionFailure(cause: unknown, state: AttemptState): ConnectionFailure {
  if (cause instanceof ProxyError && cause.status !== undefined) {
    return proxyRefusal(cause.proxy, cause.status, state);
  }
  return cause instanceof ProxyError
    ? connectionFailure(cause.cause, { ...state, proxy: cause.proxy })
    : failureOfCause(cause, state);
}

function failureOfCause(cause: unknown, state: AttemptState): ConnectionFailure {
  const { method, url, isConnected } = state;
  const { code = '' } = cause as NodeJS.ErrnoException;
  const known = isConnected ? undefined : CAUSES.find(([names]) => names.test(code))?.[1];
  const [message, check] = known
    ? [known.says(peerOf(state)), known.code]
    : cause instanceof IdleError
      ? silence(cause, state)
      : [loss(cause, state), 'REG210'];
  const isUncertain = isConnected || state.isRepeated === true;
  const facts = { method, url: shownUrl(url), isUncertain };
  return {
    error: new ClientError(message, check, facts, { cause }),
    failure: known?.failure ?? (isNoHttp(code) ? 'final' : isConnected ? 'uncertain' : 'not-done'),
  };
}

function silence({ idleMs }: IdleError, state: AttemptState): [message: string, code: string] {
  const time = `for ${idleMs / 1000} s`;
  return state.isConnected
    ? [
        `${peerOf(state)} answered nothing to ${asked(state)} ${time}: check the proxies on the way`,
        'REG210',
      ]
    : [
        `${peerOf(state)} took no connection ${time}: check port, firewall and load balancer`,
        'REG113',
      ];
}

function loss(cause: unknown, state: AttemptState): string {
  const { code = '', message = '' } = cause as NodeJS.ErrnoException;
  const reason = shownText(code || message);
  return isNoHttp(code)
    ? `what ${peerOf(state)} answers to ${asked(state)} is not HTTP (${reason}): check scheme and port`
    : `${peerOf(state)} ended the connection before it answered ${asked(state)} (${reason})`;
}

/** Codes of Node's parser (llhttp). */
function isNoHttp(code: string): boolean {
  return code.startsWith('HPE_');
}

/** A proxy that answers `CONNECT` with anything but success (RFC 9110 §9.3.6): nothing reached the server. */
function proxyRefusal(
  proxy: string,
  status: number,
  { method, url, isRepeated = false }: AttemptState,
): ConnectionFailure {
  const next =
    status === 407
      ? 'put user and password into the URL of HTTPS_PROXY'
      : 'allow the host there, or name it in NO_PROXY';
  const error = new ClientError(
    `the proxy '${proxy}' made no connection to '${url.host}', it answered ${status}: ${next}`,
    'REG113',
    { method, url: shownUrl(url), responder: 'proxy', isUncertain: isRepeated },
  );
  return { error, failure: status >= 500 || status === 429 ? 'not-done' : 'final' };
}

function peerOf({ url, proxy, redirectedBy }: AttemptState): string {
  const redirected = redirectedBy === undefined ? '' : ` ('${redirectedBy}' redirects to it)`;
  return proxy === undefined ? `'${url.host}'${redirected}` : `the proxy '${proxy}'`;
}

function asked({ method, url }: AttemptState): string {
  return `${method} ${shownUrl(url.pathname)}`;
}
