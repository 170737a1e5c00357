import type { App } from 'cdk8s';
import { ApiObject } from 'cdk8s';
import type { IConstruct, IValidation } from 'constructs';
import { GiteaRegistry } from '../constructs/gitea-registry';
import {
  declaredRules,
  foundIn,
  hasOwnSettings,
  patchesOf,
  rendered,
  rules,
} from '../constructs/registry-rules';
import type { Estate, FoundDeclaration } from '../rules/estate';
import type { Finding } from '../rules/finding';
import type { Manifest } from '../rules/manifest';
import type { Suppression } from '../rules/suppression';
import { readConfigFile } from './config-file';
import { parseYaml } from './parse-yaml';
import { touchedBy } from './touched';

/** A registry and its declaration. */
interface Part extends FoundDeclaration {
  readonly registry: GiteaRegistry;
}

/**
 * Judges everything an app renders, as a validation of its root: cdk8s then writes nothing, and names every broken
 * rule beside the errors of other validations. Errors only; warnings are the affair of the plugin and of `check`.
 */
export class EstateRules implements IValidation {
  private running = false;
  private judged?: string[];

  public constructor(private readonly app: App) {}

  /** Runs a synth during which the rules judge once and each object is rendered once. */
  public once(synth: () => void): void {
    const objects = this.objects();
    objects.forEach(remember);
    this.running = true;
    try {
      synth();
    } finally {
      this.running = false;
      this.judged = undefined;
      objects.forEach(forget);
    }
  }

  /** Messages of rules that are broken, each ending with its code. */
  public validate(): string[] {
    if (!this.running) {
      return this.judge();
    }
    return (this.judged ??= this.judge());
  }

  private judge(): string[] {
    const registries = this.app.node.findAll().filter((one) => one instanceof GiteaRegistry);
    const foreign = registries.length === 0 ? undefined : this.foreignManifests(registries);
    if (foreign === undefined) {
      return [];
    }
    const isTouched = touchedBy(foreign);
    const parts = registries.map((registry) => ({
      registry,
      ...foundIn(registry._toDeclaration(), registry.node.path),
    }));
    const concerned = parts.filter(
      ({ declaration }) => hasOwnSettings(declaration) || isTouched(declaration),
    );
    const rest = parts.filter((part) => !concerned.includes(part));
    return [...judgeDeclared(rest), ...judgeAll(concerned, foreign)];
  }

  /** Objects that are not ours, or that somebody patched; undefined when one cannot be rendered: cdk8s says why. */
  private foreignManifests(registries: readonly GiteaRegistry[]): Manifest[] | undefined {
    const own = new Set<IConstruct>(registries);
    const foreign = this.objects().filter(
      (object) => patchesOf(object) > 0 || !isBelow(object, own),
    );
    try {
      return foreign.map(rendered);
    } catch {
      return undefined;
    }
  }

  private objects(): ApiObject[] {
    return this.app.node.findAll().filter(ApiObject.isApiObject);
  }
}

/** Registries nobody else touches: their declarations say it all. */
function judgeDeclared(declared: readonly FoundDeclaration[]): string[] {
  const { DECLARED_RULES, Estate, judge } = declaredRules();
  const estate = new Estate([], { declared });
  return messages(judge(estate, DECLARED_RULES).findings, estate);
}

/** Registries somebody touches, with everything they render and everything that is not ours. */
function judgeAll(parts: readonly Part[], foreign: readonly Manifest[]): string[] {
  if (parts.length === 0 && foreign.length === 0) {
    return [];
  }
  const { Estate, judge, RULES } = rules();
  const own = parts.flatMap(({ registry }) => [...renderedBelow(registry), registry._overlay()]);
  const estate = new Estate([...foreign, ...own], { readYaml: parseYaml, declared: parts });
  return messages(judge(estate, RULES).findings, estate);
}

function messages(findings: readonly Finding[], { suppressions }: Estate): string[] {
  const broken = findings.filter(({ severity }) => severity === 'error');
  return accepted(broken, suppressions).map((finding) => {
    const { construct } = finding.origin;
    const place = construct === undefined ? '' : `${construct}: `;
    return `${place}${declaredRules().describeFinding(finding)}`;
  });
}

/** Whether a construct stands below one of these. */
function isBelow({ node }: IConstruct, scopes: ReadonlySet<IConstruct>): boolean {
  const { scope } = node;
  return scope !== undefined && (scopes.has(scope) || isBelow(scope, scopes));
}

function renderedBelow({ node }: GiteaRegistry): Manifest[] {
  return node
    .findAll()
    .filter(ApiObject.isApiObject)
    .filter((object) => patchesOf(object) === 0)
    .map(rendered);
}

/** What declarations and `gitea-registry.yaml` accept is let through; whether its day is past, the plugin and `check` say. */
function accepted(
  findings: readonly Finding[],
  declared: readonly Suppression[],
): readonly Finding[] {
  if (findings.length === 0) {
    return findings;
  }
  const suppressions = [...declared, ...readConfigFile().suppress];
  return rules().suppress(findings, suppressions, undefined).findings;
}

/** Rendering is pure; within one synth its result is kept, for the rules and the file. */
function remember(object: ApiObject): void {
  const render = object.toJson.bind(object);
  let json: unknown;
  object.toJson = () => (json ??= render());
}

function forget(object: ApiObject): void {
  delete (object as Partial<ApiObject>).toJson;
}
