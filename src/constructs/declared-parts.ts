import type {
  LinkDeclaration,
  NetworkPolicyDeclaration,
  PullSecretDeclaration,
  RegistryDeclaration,
  RouteDeclaration,
} from '../declaration/model';
import { ownedSettings } from '../declaration/owned-settings';
import { MOST_LINKS } from '../declaration/package-link';
import { refuseIncoherent } from '../declaration/parse';
import { refuse } from '../declaration/problem';
import { MOST } from '../declaration/registry-schema';
import type { AddedSetting } from '../delivery/overlay';
import { ConfigSettings } from './config-settings';

/** Parts of a declaration that are added after the props. */
interface AddedParts {
  readonly route?: RouteDeclaration;
  readonly networkPolicy?: NetworkPolicyDeclaration;
  readonly links: readonly LinkDeclaration[];
  readonly pullSecrets: readonly PullSecretDeclaration[];
}

/**
 * The declaration of one registry while it grows: the facts of its props, and what is added one by one. What contradicts
 * the rest is refused and changes nothing.
 */
export class DeclaredParts {
  private readonly config: ConfigSettings;
  private added: AddedParts = { links: [], pullSecrets: [] };
  private changes = 0;

  public constructor(public readonly facts: RegistryDeclaration) {
    this.config = new ConfigSettings(
      new Map(ownedSettings(facts).map(({ section, key, value }) => [`${section}.${key}`, value])),
    );
  }

  /** Changes with every call that changes the declaration. */
  public get revision(): number {
    return this.changes;
  }

  /** The declaration as it is now. */
  public get declaration(): RegistryDeclaration {
    return this.with({});
  }

  /** Settings of `addConfig`, whose values the declaration does not hold. */
  public get addedSettings(): readonly AddedSetting[] {
    return this.config.addedSettings();
  }

  /** The pull secret of a consumer. @throws DeclarationError REG541 when none was added under this id */
  public pullSecretOf(consumer: string): PullSecretDeclaration {
    return (
      this.added.pullSecrets.find(({ id }) => id === consumer) ??
      refuse(
        'attachPullSecret',
        consumer,
        'is no consumer of this registry: call addPullSecret first',
        'REG541',
      )
    );
  }

  /**
   * Takes the route of `/v2`.
   *
   * @param claims what else must hold before it is kept; may throw
   * @returns the declaration with the route in it
   * @throws DeclarationError REG214 when there is one; as {@link refuseIncoherent}
   */
  public takeRoute(route: RouteDeclaration, claims: () => void): RegistryDeclaration {
    const known = this.added.route;
    if (known) {
      refuse(
        'exposeV2',
        'name' in known ? known.name : known.servedBy,
        'already routes /v2: exactly one route owns it',
        'REG214',
      );
    }
    return this.take({ route }, claims);
  }

  /** Takes a pull secret. @throws DeclarationError REG660 when there are too many; as {@link refuseIncoherent} */
  public takePullSecret(secret: PullSecretDeclaration, claims: () => void): void {
    const { pullSecrets } = this.added;
    if (pullSecrets.length === MOST.pullSecrets) {
      refuse(
        'addPullSecret',
        secret.id,
        `is one more than the ${MOST.pullSecrets} allowed`,
        'REG660',
      );
    }
    this.take({ pullSecrets: [...pullSecrets, secret] }, claims);
  }

  /** Takes the network policy. @throws DeclarationError REG563 when there is one; as {@link refuseIncoherent} */
  public takeNetworkPolicy(networkPolicy: NetworkPolicyDeclaration): void {
    const known = this.added.networkPolicy;
    if (known) {
      refuse(
        'addNetworkPolicy',
        known.name,
        'isolates the pods already: name everybody in one policy',
        'REG563',
      );
    }
    this.take({ networkPolicy });
  }

  /** Takes links of packages. @throws DeclarationError REG660 when there are too many; as {@link refuseIncoherent} */
  public takeLinks(more: readonly LinkDeclaration[], repository: string): void {
    const links = [...this.added.links, ...more];
    if (links.length > MOST_LINKS) {
      refuse(
        'linkPackages',
        repository,
        `makes ${links.length} links of the ${MOST_LINKS} allowed`,
        'REG660',
      );
    }
    this.take({ links });
  }

  /** Takes a setting of app.ini. @throws DeclarationError as {@link ConfigSettings.add} */
  public takeSetting(section: string, key: string, value: string): void {
    this.config.add(section, key, value);
    this.changes++;
  }

  /** Takes a setting that goes back to its default. @throws DeclarationError as {@link ConfigSettings.addReset} */
  public takeReset(section: string, key: string, defaultValue: string): void {
    this.config.addReset(section, key, defaultValue);
    this.changes++;
  }

  private take(part: Partial<AddedParts>, claims?: () => void): RegistryDeclaration {
    const declaration = this.with(part);
    refuseIncoherent(declaration);
    claims?.();
    this.added = { ...this.added, ...part };
    this.changes++;
    return declaration;
  }

  private with(part: Partial<AddedParts>): RegistryDeclaration {
    const { route, networkPolicy, links, pullSecrets } = { ...this.added, ...part };
    return {
      ...this.facts,
      ...(route && { route }),
      ...(networkPolicy && { networkPolicy }),
      ...(links.length > 0 && { links: [...links] }),
      pullSecrets: [...pullSecrets],
      config: this.config.toDeclaration(),
    };
  }
}
