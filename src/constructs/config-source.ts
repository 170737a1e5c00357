import type {
  ConfigSecretDeclaration,
  ConfigSourceDeclaration,
} from '../declaration/config-source';
import { configSourcesSchema } from '../declaration/config-source';
import { checked } from '../declaration/checked';

/** What restarts the pods when a Secret or ConfigMap with settings changes: they read it once, at their start. */
export interface ConfigSourceOptions {
  /**
   * Text that changes with the source, such as its version in the secret store; never the secret, nor a hash of a short
   * one. The overlay writes it as `checksum/NAME` among the annotations of the pods.
   * @default - nothing restarts the pods (REG623)
   */
  readonly hash?: string;

  /**
   * Whether Reloader watches the source; the overlay writes its annotation on the Deployment.
   * @default false
   */
  readonly reloader?: boolean;
}

/** A Secret with sections of app.ini, by name: a data key called after each section, its lines `KEY=value`. */
export interface ConfigSecret extends ConfigSourceOptions {
  /** Name of the Secret, in the namespace of the release. */
  readonly name: string;
}

/** An entry of `gitea.additionalConfigSources` in the values below the overlay. */
export class ConfigSource {
  /** `- secret: {secretName: NAME}`. */
  public static secret(name: string, options: ConfigSourceOptions = {}): ConfigSource {
    return new ConfigSource({ kind: 'Secret', ...secretDeclaration({ name, ...options }) });
  }

  /** `- configMap: {name: NAME}`. */
  public static configMap(name: string, options: ConfigSourceOptions = {}): ConfigSource {
    return new ConfigSource({ kind: 'ConfigMap', ...secretDeclaration({ name, ...options }) });
  }

  private constructor(private readonly source: ConfigSourceDeclaration) {}

  /** @internal */
  public _toDeclaration(): ConfigSourceDeclaration {
    return this.source;
  }
}

/** The part of the declaration that `secret` stands for; what is not asked for is left out. */
export function secretDeclaration(secret: ConfigSecret): ConfigSecretDeclaration {
  // JavaScript may leave it out; the check of its name says so.
  const { name, hash, reloader } = (secret as ConfigSecret | undefined) ?? ({} as ConfigSecret);
  return { name, ...(hash !== undefined && { hash }), ...(reloader && { reloader }) };
}

/** The part of the declaration that `sources` stand for. */
export function configSourcesDeclaration(
  sources: readonly ConfigSource[],
): ConfigSourceDeclaration[] {
  return checked(
    configSourcesSchema,
    sources.map((source) => source._toDeclaration()),
    'otherConfigSources',
  );
}
