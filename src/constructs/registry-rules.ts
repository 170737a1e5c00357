import { ApiObject } from 'cdk8s';
import type { Construct, IValidation } from 'constructs';
import type { RegistryDeclaration } from '../declaration/model';
import type { AddedSetting } from '../delivery/overlay';
import { overlayValues } from '../delivery/overlay-values';
import type * as Rules from '../rules';
import type * as DeclaredRules from '../rules/declared';
import type { Estate, FoundDeclaration } from '../rules/estate';
import type { Manifest } from '../rules/manifest';
import type { Rule } from '../rules/rule';

/** What of a registry the rules judge. */
export interface JudgedRegistry {
  readonly scope: Construct;
  /** Changes with every call that changes the declaration. */
  readonly revision: () => number;
  readonly declaration: () => RegistryDeclaration;
  /** Settings of `addConfig`, whose values the declaration does not hold. */
  readonly added: () => readonly AddedSetting[];
}

/** Marks the root of an app that judges everything itself, this registry included. */
export const JUDGES_ALL = Symbol.for('gitea-registry.judges-all');

/**
 * Judges the declaration of one registry and the objects below its construct, as a validation of cdk8s. What other
 * constructs render is not looked at.
 *
 * cdk8s asks every construct again for every chart of an app: what nothing changed is not judged twice.
 */
export class RegistryRules implements IValidation {
  private judged?: { readonly state: readonly number[]; readonly messages: string[] };
  private objects: readonly ApiObject[] = [];
  private children = -1;

  public constructor(private readonly registry: JudgedRegistry) {}

  /** Messages of rules that are broken, errors only, each ending with its code. */
  public validate(): string[] {
    const revision = this.registry.revision();
    const patches = this.countPatches(revision);
    const [oldRevision, oldPatches, oldChildren] = this.judged?.state ?? [];
    if (
      this.judged === undefined ||
      oldRevision !== revision ||
      oldPatches !== patches ||
      oldChildren !== this.children
    ) {
      this.judged = {
        state: [revision, patches, this.children],
        messages: this.judge(patches > 0),
      };
    }
    return this.judged.messages;
  }

  private judge(patched: boolean): string[] {
    const construct = this.registry.scope.node.path;
    const declaration = this.registry.declaration();
    const found = foundIn(declaration, construct);
    // What nobody patched or added to follows from the declaration alone: a test proves it for any declaration.
    if (!patched && !hasOwnSettings(declaration)) {
      const { DECLARED_RULES, Estate } = declaredRules();
      return brokenRules(new Estate([], { declared: [found] }), DECLARED_RULES);
    }
    const { Estate, RULES } = rules();
    const overlay = overlayManifest(declaration, this.registry.added(), construct);
    return brokenRules(
      new Estate([...(patched ? this.rendered() : []), overlay], { declared: [found] }),
      RULES,
    );
  }

  private rendered(): Manifest[] {
    return this.objects.map(rendered);
  }

  /** How many patches the objects below the construct hold; unknown counts as one. */
  private countPatches(revision: number): number {
    const { node } = this.registry.scope;
    if (revision !== this.judged?.state[0] || node.children.length !== this.children) {
      this.children = node.children.length;
      this.objects = node.findAll().filter(ApiObject.isApiObject);
    }
    return this.objects.reduce((sum, object) => sum + patchesOf(object), 0);
  }
}

/** Whether the overlay holds values that came from the user's own hand. */
export function hasOwnSettings({ config }: RegistryDeclaration): boolean {
  return config.added.length + config.reset.length > 0;
}

/** How often an object was patched; cdk8s keeps the patches to itself. Unknown counts as patched. */
export function patchesOf(object: ApiObject): number {
  const { patches } = object as unknown as { readonly patches?: readonly unknown[] };
  return patches?.length ?? 1;
}

/** An object as the rules read it. */
export function rendered(object: ApiObject): Manifest {
  return rules().asManifest(object.toJson(), { construct: object.node.path });
}

/** The overlay as the rules read any values. */
export function overlayManifest(
  declaration: RegistryDeclaration,
  added: readonly AddedSetting[],
  construct: string,
): Manifest {
  return rules().asValues(overlayValues(declaration, added), { construct, file: 'overlay' });
}

/** A declaration as the rules find it. */
export function foundIn(declaration: RegistryDeclaration, construct: string): FoundDeclaration {
  return { declaration, at: declaredRules().asManifest(declaration, { construct }).root };
}

function brokenRules(estate: Estate, among: readonly Rule[]): string[] {
  const { describeFinding, judge, suppress } = declaredRules();
  const broken = judge(estate, among).findings.filter(({ severity }) => severity === 'error');
  return suppress(broken, estate.suppressions, undefined).findings.map(describeFinding);
}

/** The rules on declarations alone: what most apps need, loaded on use. */
export function declaredRules(): typeof DeclaredRules {
  return require('../rules/declared');
}

/** All rules, loaded on use: an app that only imports the package does not pay for them. */
export function rules(): typeof Rules {
  return require('../rules');
}
