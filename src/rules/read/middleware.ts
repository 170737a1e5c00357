import type { Cursor } from '../cursor';
import type { Manifest } from '../manifest';

/** One thing a Traefik middleware does. */
export interface MiddlewareAction {
  /** Traefik's name of it: `stripPrefix`, `basicAuth`, `headers`. */
  readonly type: string;
  /** `spec.<type>`. */
  readonly at: Cursor;
  readonly manifest: Manifest;
}

/** What a Middleware object does; a Chain is left to whoever can look up its members. */
export function middlewareActions(manifest: Manifest): MiddlewareAction[] {
  return manifest.root
    .get('spec')
    .entries()
    .filter(([, at]) => at.exists)
    .map(([type, at]) => ({ type, at, manifest }));
}
