import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import { indexed } from '../estate-index';
import { dockerConfigOf, writtenKeys } from '../objects/pull-secrets';
import type { SecretSource } from '../read/pull-secret';
import { hostOf } from '../registry-view';

/** A registry that a docker config written here has a credential for. */
export interface AuthHost {
  /** `host[:port]` of the key below `auths`, in lower case, without scheme, path and default port. */
  readonly host: string;
  /** The docker config. */
  readonly at: Cursor;
  /** Every host of the same docker config. */
  readonly beside: ReadonlySet<string>;
}

/** Keys of the pull secrets that are written out here, by host. */
export function authHosts(estate: Estate): ReadonlyMap<string, readonly AuthHost[]> {
  return estate.remember('hosts of docker configs', () =>
    indexed(
      estate.secretSources.flatMap((source) => hostsOfSource(source, estate)),
      ({ host }) => host,
    ),
  );
}

function hostsOfSource(source: SecretSource, estate: Estate): AuthHost[] {
  const config = dockerConfigOf(estate, source);
  const at = source.config?.at;
  if (config === undefined || at === undefined) {
    return [];
  }
  const keys = [...writtenKeys(config), ...config.literals];
  const beside = new Set(keys.flatMap((key) => hostOf(key) ?? []));
  return [...beside].map((host) => ({ host, at, beside }));
}
