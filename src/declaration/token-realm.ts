import { supports } from './gates';
import type { RegistryDeclaration } from './model';
import type { Problem } from './problem';
import { parseForgeVersion } from './version';

/** Where clients are sent for their token. */
export interface TokenRealm {
  /** Public `host[:port]`. */
  readonly host: string;
  /** What stands before `/v2/token`: the path of ROOT_URL, or nothing. */
  readonly path: string;
}

/** Path of the token endpoint on a server without a path of its own. */
export const TOKEN_PATH = '/v2/token';

type Facts = Pick<RegistryDeclaration, 'host' | 'uiHost' | 'uiPath' | 'release'>;

/**
 * The token realm (`WWW-Authenticate: Bearer realm=…`) this release names behind a proxy that tells Host and scheme. Forgejo
 * takes it from ROOT_URL; Gitea takes the host of the request since 1.22.0 (#30885) and leaves the path out since 1.22.1 (#31293).
 */
export function tokenRealm({ host, uiHost = host, uiPath = '', release }: Facts): TokenRealm {
  const version = parseForgeVersion(release.appVersion, release.flavor);
  return {
    host: supports(version, 'realmFollowsProxy') ? host : uiHost,
    path: supports(version, 'realmAtRoot') ? '' : uiPath,
  };
}

/** Path below `host` by which clients ask for a token, where it is not below `/v2` and `host` has to serve it. */
export function extraTokenPath(declaration: Facts): string | undefined {
  const { host, path } = tokenRealm(declaration);
  return host === declaration.host && path !== '' ? `${path}${TOKEN_PATH}` : undefined;
}

/** A token realm that no route leads to, as far as anybody said. */
export function realmProblems(declaration: RegistryDeclaration): Problem[] {
  const { host, uiServesRealm, route } = declaration;
  const realm = tokenRealm(declaration);
  if (realm.host !== host) {
    return uiServesRealm === true ? [] : [foreignRealm(realm, declaration)];
  }
  const token = extraTokenPath(declaration);
  return token !== undefined && route?.kind === 'none' && !route.servesRealm
    ? [
        {
          path: 'route.servesRealm',
          value: false,
          allowed: `leaves clients without a token: they are sent to '${token}', which must reach the release as '${TOKEN_PATH}'; serve it and say so, or take a route of this package`,
          code: 'REG212',
        },
      ]
    : [];
}

function foreignRealm(
  { host, path }: TokenRealm,
  { release: { flavor, appVersion } }: RegistryDeclaration,
): Problem {
  const product = flavor === 'forgejo' ? 'Forgejo' : `Gitea ${appVersion}`;
  return {
    path: 'uiHost',
    value: host,
    allowed: `is where ${product} sends clients for their token: lead '${path}${TOKEN_PATH}' of it to the release and say so with uiServesRealm, or leave out uiHost`,
    code: 'REG241',
  };
}
