import { setTimeout as sleep } from 'node:timers/promises';
import { GenericClient } from '../../client/generic/generic-client';
import { PackagesClient } from '../../client/packages/packages-client';
import type { RegistryTarget } from '../../client/target';
import type { Watch } from './watch';
import { UNWATCHED } from './watch';

/** What the commands on generic packages work with. */
export interface GenericContext {
  /** Scheme, host and port of the registry. */
  readonly origin: URL;
  readonly packages: PackagesClient;
  readonly generic: GenericClient;
  /** For deletions, which are never cut off: nobody would know what became of them. */
  readonly deleting: Pick<GenericClient, 'deleteFile' | 'deleteVersion'>;
  /** Ends what is under way. */
  readonly signal?: AbortSignal;
  readonly watch: Watch;
  /** Waits between attempts. @throws the reason of the signal */
  readonly wait: (ms: number) => Promise<void>;
}

/** The context of a registry. */
export function genericContext(target: RegistryTarget, watch: Watch = UNWATCHED): GenericContext {
  const { origin, signal } = target;
  // Names are checked when places are read; who deletes 'latest' means it.
  const names = { isLatestMeant: true };
  return {
    origin,
    packages: new PackagesClient(target),
    generic: new GenericClient(target, names),
    deleting: new GenericClient({ ...target, signal: undefined }, names),
    watch,
    wait: async (ms) => {
      await sleep(ms, undefined, { signal }).catch(() => signal?.throwIfAborted());
    },
    ...(signal && { signal }),
  };
}
