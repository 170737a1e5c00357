import { rootUrl, splitHost } from '../../../declaration/host';
import type { RegistryDeclaration } from '../../../declaration/model';
import { limitKey } from '../../../declaration/package-type';

/** A setting the declaration owns. */
export interface DeclaredSetting {
  /** In lower case. */
  readonly section: string;
  /** In upper case. */
  readonly key: string;
  /** @default - the model knows the name only: a setting of `addConfig` */
  readonly value?: string;
}

/** Every setting the overlay of a declared registry writes, in its order. */
export function declaredSettings(declaration: RegistryDeclaration): DeclaredSetting[] {
  const { host, sshDomain, release, limits, config } = declaration;
  const { perType, totalOwnerSize, totalOwnerCount } = limits;
  const server = {
    ROOT_URL: rootUrl(host),
    DOMAIN: splitHost(host).name,
    SSH_DOMAIN: sshDomain,
    PROTOCOL: 'http',
    HTTP_PORT: `${release.httpService.appPort}`,
  };
  const packages = {
    ENABLED: 'true',
    ...Object.fromEntries(Object.entries(perType).map(([type, value]) => [limitKey(type), value])),
    ...(totalOwnerSize !== undefined && { LIMIT_TOTAL_OWNER_SIZE: totalOwnerSize }),
    ...(totalOwnerCount !== undefined && { LIMIT_TOTAL_OWNER_COUNT: `${totalOwnerCount}` }),
  };
  const owned = { packages, repository: { DISABLED_REPO_UNITS: '' }, server };
  return [
    ...Object.entries(owned).flatMap(([section, keys]) =>
      Object.entries(keys).map(([key, value]) => ({ section, key, value })),
    ),
    ...config.reset.map(({ section, key, value }) => ({ section, key, value })),
    ...config.added.map(({ section, key }) => ({ section, key })),
  ];
}

/** Whether two texts mean the same to Gitea: it adds the closing slash of a URL, and hosts have no case. */
export function isSameValue(key: string, one: string, other: string): boolean {
  const [a, b] = [one.trim(), other.trim()].map((text) =>
    /^(ROOT_URL|DOMAIN|SSH_DOMAIN)$/.test(key) ? text.toLowerCase().replace(/\/$/, '') : text,
  );
  return a === b;
}
