import type { Rule } from '../rule';
import { backendService } from './backend-service';
import { encodedSlash } from './encoded-slash';
import { gatewayBinding } from './gateway-binding';
import { realmHost } from './realm-host';
import { realmScheme } from './realm-scheme';
import { routeClass } from './route-class';
import { routeReferences } from './route-references';
import { v2AtRoot } from './v2-at-root';
import { v2EntrypointTls } from './v2-entrypoint-tls';
import { v2NoAuthMiddleware } from './v2-no-auth-middleware';
import { v2NoRedirect } from './v2-no-redirect';
import { v2OneOwner } from './v2-one-owner';
import { v2PlainMiddlewares } from './v2-plain-middlewares';
import { v2Route } from './v2-route';

/** Rules on routes, by code. */
export const ROUTE_RULES: readonly Rule[] = [
  v2Route,
  v2AtRoot,
  v2EntrypointTls,
  v2OneOwner,
  routeReferences,
  routeClass,
  v2NoAuthMiddleware,
  v2PlainMiddlewares,
  v2NoRedirect,
  backendService,
  gatewayBinding,
  realmScheme,
  realmHost,
  encodedSlash,
];
