import { quote } from '../../../declaration/problem';
import { splitHost } from '../../../declaration/host';
import {
  DOCKER_CONFIG_KEY,
  DOCKER_CONFIG_TYPE,
  entryFault,
  keyMatches,
  keyMeansHost,
  readDockerConfig,
} from '../../../rules';
import type { SecretSource } from '../../../rules/read/pull-secret';

/**
 * What one Secret is to kubelet and an image. `serves`: it has a credential for it. `opaque`: it may have one. `form`:
 * kubelet cannot read it. `key`: it has a key that means the host and does not match. `foreign`: it is for others.
 */
export type Standing =
  | { readonly kind: 'serves' | 'opaque' }
  | { readonly kind: 'form' | 'key' | 'foreign'; readonly words: string };

/** Older type of a pull secret, whose one key holds the entries themselves. */
const OLDER_TYPE = 'kubernetes.io/dockercfg';

/** What kubelet makes of a Secret (kubernetes/pkg/credentialprovider/secrets); its credentials are masked. */
export function standingOf(secret: SecretSource, image: string): Standing {
  const { type, hasKey, config } = secret;
  if (type === OLDER_TYPE) {
    return { kind: 'opaque' };
  }
  if (type !== DOCKER_CONFIG_TYPE) {
    return form(`its type is ${type === undefined ? 'not told' : quote(type)}`);
  }
  if (hasKey !== true || config === undefined) {
    return form(`it lacks the key '${DOCKER_CONFIG_KEY}'`);
  }
  const { entries, fault } = readDockerConfig(config);
  return entries === undefined
    ? fault === undefined
      ? { kind: 'opaque' }
      : form(fault)
    : ofEntries(entries, image);
}

const form = (words: string): Standing => ({ kind: 'form', words });

function ofEntries(
  entries: readonly (readonly [key: string, entry: unknown])[],
  image: string,
): Standing {
  const faults = entries.map(([key, entry]) => ({ key, fault: entryFault(entry) }));
  const fatal = faults.find(({ fault }) => fault?.refusesAll)?.fault;
  if (fatal) {
    return form(fatal.words);
  }
  const matching = faults.filter(({ key }) => keyMatches(key, image));
  if (matching.length > 0) {
    const sound = matching.some(({ fault }) => fault === undefined);
    return sound ? { kind: 'serves' } : form(matching[0].fault!.words);
  }
  const { name } = splitHost(image.slice(0, image.indexOf('/')));
  const near = entries.map(([key]) => key).find((key) => keyMeansHost(key, name));
  return near === undefined
    ? { kind: 'foreign', words: `it is for ${shownKeys(entries.map(([key]) => key))}` }
    : { kind: 'key', words: `its key ${quote(near)} does not match the image` };
}

function shownKeys(keys: readonly string[]): string {
  return keys.length > 2
    ? `${keys.length} other hosts`
    : keys.map((key) => quote(key)).join(' and ');
}
