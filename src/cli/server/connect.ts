import type { RegistryTarget } from '../../client/target';
import type { RegistryDeclaration } from '../../declaration/model';
import { resolveCredential } from '../credentials/resolve';
import type { Io } from '../io';
import type { ServerOptions } from '../options/server';
import { Deadline } from './deadline';
import { hinted } from './hints';
import type { NamedRegistry } from './named-registry';
import { namedRegistry } from './named-registry';
import { openTransport } from './open-transport';

/** A registry a command may speak to. */
export interface Connection {
  readonly target: RegistryTarget & { readonly signal: AbortSignal };
  /** `host[:port]`, as image references and docker configs have it. */
  readonly host: string;
  /** Where it named the host; a host the user named needs none. */
  readonly declaration?: RegistryDeclaration;
}

/**
 * Runs `work` against the registry that is meant, with the credential that belongs to it; connections end with it.
 *
 * @throws CommandError (exit 2) for wrong options; what aborted the run, once Ctrl-C or `--timeout` did
 */
export async function withConnection<T>(
  options: ServerOptions,
  io: Io,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const registry = await namedRegistry(options, io);
  return withRegistry(registry, options, io, async ({ target, ...connection }) => {
    const credential = await resolveCredential(registry, options, io, target.signal);
    const { origin } = registry;
    return hinted({ origin, hasCredential: credential !== undefined }, io, () =>
      work({ ...connection, target: { ...target, ...(credential && { credential }) } }),
    );
  });
}

/** As {@link withConnection}, for a registry that is known, without a credential. */
export async function withRegistry<T>(
  registry: NamedRegistry,
  options: ServerOptions,
  io: Io,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const transport = await openTransport(options, io);
  const deadline = new Deadline(options.timeout);
  const signal = AbortSignal.any([io.interrupted(), deadline.signal]);
  const { origin, declaration } = registry;
  try {
    return await work({
      target: {
        origin,
        transport,
        signal,
        allowedRealms: options.allowRealm ?? [],
        ...apiPathOf(declaration),
      },
      host: origin.host,
      ...(declaration && { declaration }),
    });
  } finally {
    deadline.clear();
    transport.close();
  }
}

/** Where the web pages live below a path of the registry host, the API does too; that of another host is named by hand. */
function apiPathOf(declaration?: RegistryDeclaration): Pick<RegistryTarget, 'apiPath'> {
  const { uiHost, uiPath } = declaration ?? {};
  return uiHost === undefined && uiPath !== undefined ? { apiPath: uiPath } : {};
}

/** The target for writes: one under way is never cut off, or nobody would know what became of it. */
export function uninterrupted({ signal: _, ...target }: RegistryTarget): RegistryTarget {
  return target;
}
