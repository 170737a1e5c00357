import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RegistryTarget } from '../../../src/client/target';
import type { OciOptions } from '../../../src/client/oci/oci-client';
import { OciClient } from '../../../src/client/oci/oci-client';
import type { LocalServer, LocalServers } from '../http/local-servers';

export const USER = 'ci-push';
export const SECRET = 'c0ffee-canary-secret';
export const BASIC = `Basic ${Buffer.from(`${USER}:${SECRET}`).toString('base64')}`;

/** A JWT nobody signed. */
export function jwt(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256' })}.${part(claims)}.c2lnbmF0dXJl`;
}

/** Seconds since 1970, an hour from now. */
export const LATER = Math.floor(Date.now() / 1000) + 3600;

/** A server that gives tokens, each another: `token-1`, `token-2`, … */
export async function realmServer(
  servers: LocalServers,
  give: (token: string) => object = (token) => ({ token, expires_in: 3600 }),
): Promise<LocalServer> {
  let given = 0;
  return servers.http((_request, response) => {
    given += 1;
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(give(`token-${given}`)));
  });
}

/** What a {@link tokenRegistry} does. */
export interface TokenRegistryOptions {
  /** `WWW-Authenticate`; `ORIGIN` stands for the registry's own. */
  readonly challenge: string | readonly string[];
  /** Whether it takes what a request shows. */
  readonly takes?: (authorization: string) => boolean;
  /** What it answers at its own `/token`. @default - token-1, token-2, … */
  readonly token?: (request: IncomingMessage, response: ServerResponse) => void;
  /** What it answers to the rest. @default - 200, and an empty list of tags */
  readonly answer?: (request: IncomingMessage, response: ServerResponse) => void;
}

/** A registry that challenges whoever shows nothing it takes. */
export async function tokenRegistry(
  servers: LocalServers,
  { challenge, takes = (shown) => shown.startsWith('Bearer '), ...how }: TokenRegistryOptions,
): Promise<LocalServer> {
  let given = 0;
  const giveToken = (_request: IncomingMessage, response: ServerResponse): void => {
    given += 1;
    response.end(JSON.stringify({ token: `token-${given}`, expires_in: 3600 }));
  };
  const server: LocalServer = await servers.http((request, response) => {
    request.resume();
    if (request.url!.startsWith('/token')) {
      (how.token ?? giveToken)(request, response);
    } else if (takes(request.headers.authorization ?? '')) {
      (how.answer ?? emptyTags)(request, response);
    } else {
      const values = [challenge].flat().map((each) => each.replaceAll('ORIGIN', server.origin));
      response.writeHead(401, { 'WWW-Authenticate': values }).end();
    }
  });
  return server;
}

function emptyTags(_request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Content-Type', 'application/json');
  response.end('{"name":"coulomb/app","tags":[]}');
}

/** A client of a registry, with a credential for it. */
export function clientOf(
  servers: LocalServers,
  { origin }: { readonly origin: string },
  more: Partial<RegistryTarget> = {},
  options: OciOptions = {},
): OciClient {
  const target = {
    origin: new URL(origin),
    transport: servers.transport(),
    credential: { origin, user: USER, secret: SECRET },
    ...more,
  };
  return new OciClient(target, options);
}

/** Everything a list gives. */
export async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) {
    items.push(item);
  }
  return items;
}
