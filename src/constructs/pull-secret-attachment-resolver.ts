import type { ApiObject, IResolver, ResolutionContext } from 'cdk8s';
import { App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { PullSecretPlace } from './pull-secret-attachment-place';
import { additions, placesOf } from './pull-secret-attachment-place';

/** What of an attachment its resolver asks. */
export interface AttachedSecret {
  readonly scope: IConstruct;
  readonly secretName: string;
  /** Whether a place below `scope` gets the secret. */
  readonly reaches: (place: PullSecretPlace) => boolean;
}

/**
 * Adds the attached pull secrets to each object of one app while cdk8s renders it, whoever asks for that:
 * `app.synth()`, `Testing.synth(chart)`, a validation of `RegistryApp`. A validation could not do it: one that judges the
 * manifests may run earlier, and objects rendered for it may be kept.
 */
export class PullSecretResolver implements IResolver {
  private static readonly ofApps = new WeakMap<App, PullSecretResolver>();

  /** The one of the app a construct is in; made, and told to the app, the first time. */
  public static of(construct: IConstruct): PullSecretResolver {
    const app = App.of(construct);
    const known = this.ofApps.get(app);
    if (known) {
      return known;
    }
    const resolver = new PullSecretResolver();
    this.ofApps.set(app, resolver);
    app.resolvers.push(resolver);
    return resolver;
  }

  private readonly attached = new Map<IConstruct, AttachedSecret[]>();
  private readonly rendering = new Set<ApiObject>();

  public add(secret: AttachedSecret): void {
    this.attached.set(secret.scope, [...(this.attached.get(secret.scope) ?? []), secret]);
  }

  /** Patches the object: cdk8s applies patches once everything is resolved, this one with the others. */
  public resolve({ key, obj, value }: ResolutionContext): void {
    // The whole object and, apart from it, its metadata are resolved under the empty key.
    if (key.length > 0 || !('apiVersion' in value) || this.rendering.has(obj)) {
      return;
    }
    const secrets = obj.node.scopes.flatMap((scope) => this.attached.get(scope) ?? []);
    if (secrets.length > 0) {
      this.patch(obj, secrets);
    }
  }

  private patch(object: ApiObject, secrets: readonly AttachedSecret[]): void {
    this.rendering.add(object);
    try {
      for (const place of placesOf(object)) {
        const names = secrets.filter(({ reaches }) => reaches(place)).map((one) => one.secretName);
        object.addJsonPatch(...additions(place, [...new Set(names)]));
      }
    } catch {
      // What cannot be rendered fails in the rendering that asked, in the words of cdk8s.
    } finally {
      this.rendering.delete(object);
    }
  }
}
