import type { Server } from './server';

/**
 * A server that runs already. The contract makes accounts, organizations, repositories and packages there, all with
 * names that begin with `e2e`, and takes them away again as far as the server lets it: use one that can be thrown away.
 *
 * @param secret password of the site admin, or an access token with the scope `all`
 */
export function visit(origin: string, user: string, secret: string): Server {
  return {
    origin: new URL(origin).origin,
    admin: { user, secret },
    isVisited: true,
    close: async () => undefined,
  };
}
