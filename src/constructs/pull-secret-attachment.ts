import { ApiObject } from 'cdk8s';
import type { IConstruct, IValidation } from 'constructs';
import type { NamedPullSecretDeclaration } from '../declaration/model';
import { describeProblem } from '../declaration/problem';
import { namespacesOf, reachOfDeclared } from '../declaration/pull-secret-reach';
import type { PullSecretPlace } from './pull-secret-attachment-place';
import { placesOf } from './pull-secret-attachment-place';
import type { AttachedSecret } from './pull-secret-attachment-resolver';
import { PullSecretResolver } from './pull-secret-attachment-resolver';
import { patchesOf } from './registry-rules';

/** What else than pods gets the pull secret. */
export interface AttachPullSecretOptions {
  /**
   * Whether ServiceAccounts below the scope get it too: for pods that something in the cluster makes, such as an
   * operator. Accounts give it to pods made from then on.
   * @default false - unless the scope is itself one ServiceAccount
   */
  readonly serviceAccounts?: boolean;
}

/** How many objects a message names. */
const MOST_NAMED = 10;

/**
 * Lets all pods below a construct pull with one secret: `imagePullSecrets` of each pod spec names it, after what stands
 * there. Pod specs are found in what the objects render to, so it does not matter who made them (cdk8s-plus of any
 * version, `Include`, `Helm`, custom resources with a pod template at `spec.template`) nor when: objects added later are
 * reached as well.
 *
 * An object without a namespace gets the secret too: it goes where `kubectl` sends it, which nobody knows here; in another
 * namespace than the secret's the entry is without effect. What is wrong is found by a validation of the scope: pods or
 * accounts of another namespace (REG540), and a scope that has nothing to attach to (REG541).
 */
export class PullSecretAttachment implements AttachedSecret, IValidation {
  public readonly secretName: string;

  private judged?: { readonly state: string; readonly messages: string[] };

  /**
   * @param scope one workload, or whatever holds some: a construct, a chart, an app
   * @param secret as declared; pods must be in its namespace, or in one it is made for
   */
  public constructor(
    public readonly scope: IConstruct,
    private readonly secret: NamedPullSecretDeclaration,
    private readonly options: AttachPullSecretOptions = {},
  ) {
    this.secretName = secret.secretName;
    PullSecretResolver.of(scope).add(this);
    scope.node.addValidation(this);
  }

  /** Whether a place is to get the secret, and is in its namespace as far as it says. */
  public readonly reaches = (place: PullSecretPlace): boolean =>
    this.concerns(place) && !this.isElsewhere(place);

  /** Messages on what cannot get the secret, each ending with its code. */
  public validate(): string[] {
    const objects = this.scope.node.findAll().filter(ApiObject.isApiObject);
    // cdk8s asks again for every chart, and rendering is what costs.
    if (this.judged?.state !== stateOf(objects)) {
      const messages = this.judge(objects);
      this.judged = { state: stateOf(objects), messages };
    }
    return this.judged.messages;
  }

  private judge(objects: readonly ApiObject[]): string[] {
    const places = this.placesAmong(objects);
    if (places === undefined) {
      return [];
    }
    if (places.length === 0) {
      return [this.nothingFound()];
    }
    const elsewhere = places.filter((place) => this.isElsewhere(place));
    return elsewhere.length === 0 ? [] : [this.cannotUse(elsewhere)];
  }

  /** Undefined when an object cannot be rendered: cdk8s says why. */
  private placesAmong(objects: readonly ApiObject[]): PullSecretPlace[] | undefined {
    try {
      return objects.flatMap(placesOf).filter((place) => this.concerns(place));
    } catch {
      return undefined;
    }
  }

  private concerns({ account }: PullSecretPlace): boolean {
    return !account || (this.options.serviceAccounts ?? isServiceAccount(this.scope));
  }

  private isElsewhere({ namespace }: PullSecretPlace): boolean {
    return namespace !== undefined && reachOfDeclared(this.secret, namespace) === false;
  }

  private nothingFound(): string {
    const { path } = this.scope.node;
    return this.problem(
      `found no pods below '${path}': give a workload or what holds one; pods that something in the cluster makes get the secret by their ServiceAccount (serviceAccounts: true)`,
      'REG541',
    );
  }

  private cannotUse(places: readonly PullSecretPlace[]): string {
    const named = places
      .slice(0, MOST_NAMED)
      .map(({ kind, name, namespace }) => `${kind} '${name}' of namespace '${namespace}'`);
    const more = places.length - named.length;
    const own = namespacesOf(this.secret)
      .slice(0, MOST_NAMED)
      .map((name) => `'${name}'`);
    const { secretName } = this.secret;
    return this.problem(
      `gives secret '${secretName}', which only pods of namespace ${own.join(', ')} can use, to ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}: attach a pull secret of their namespace to them, and this one to a scope without them`,
      'REG540',
    );
  }

  private problem(allowed: string, code: string): string {
    return describeProblem({ path: 'attachPullSecret', value: this.secret.id, allowed, code });
  }
}

/** Whether a construct stands for one ServiceAccount: the object, or a construct of cdk8s-plus around it. */
function isServiceAccount(scope: IConstruct): boolean {
  const { node } = scope;
  const resource = node.tryFindChild('Resource') ?? node.tryFindChild('Default') ?? scope;
  return ApiObject.isApiObject(resource) && resource.kind === 'ServiceAccount';
}

/** Changes with each object that comes and each patch. */
function stateOf(objects: readonly ApiObject[]): string {
  const patches = objects.reduce((sum, object) => sum + patchesOf(object), 0);
  return `${objects.length} ${patches}`;
}
