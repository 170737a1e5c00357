import type { RegistryDeclaration } from '../../declaration/model';
import type { DeclarationOptions } from '../declaration-source';
import { readDeclaration } from '../declaration-source';
import { CommandError } from '../exit';
import type { Io } from '../io';
import { parseOrigin } from './origin';

/** The registry a command speaks to. */
export interface NamedRegistry {
  /** Scheme, host and port. */
  readonly origin: URL;
  /** Whether the user named the host himself; one that only a declaration names gets no token of his. */
  readonly isNamed: boolean;
  /** Read where it named the host. */
  readonly declaration?: RegistryDeclaration;
}

/**
 * Which registry is meant: `HOST`, else `--registry`, else GITEA_REGISTRY_URL, else the host of the declaration.
 *
 * @param host the positional `HOST`, of commands that have one
 * @throws CommandError (exit 2) for something that is no host, or when nothing names one
 */
export async function namedRegistry(
  options: DeclarationOptions,
  io: Io,
  host?: string,
): Promise<NamedRegistry> {
  const named = [
    ['HOST', host],
    ['--registry', options.registry],
    ['GITEA_REGISTRY_URL', io.env.GITEA_REGISTRY_URL || undefined],
  ] as const;
  const [first, second] = named.flatMap(([name, text]) =>
    text === undefined ? [] : [{ name, origin: parseOrigin(text, name) }],
  );
  if (
    first?.name === 'HOST' &&
    second?.name === '--registry' &&
    second.origin.href !== first.origin.href
  ) {
    throw new CommandError('HOST and --registry name two registries: give one of them');
  }
  if (first) {
    return { origin: first.origin, isNamed: true };
  }
  const declaration = await readDeclaration(options, io).catch((cause) => {
    throw cause instanceof CommandError
      ? new CommandError(
          `which registry is meant? Name it with --registry HOST, or by a declaration: ${cause.message}`,
          cause.exitCode,
          { cause },
        )
      : cause;
  });
  return { origin: new URL(`https://${declaration.host}`), isNamed: false, declaration };
}
