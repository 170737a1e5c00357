import type { Manifest } from './manifest';

/** A step of a JSON path: the key of a map or the index of a list. */
export type Step = string | number;

/**
 * A place in a document and what stands there. Rules read through cursors, so that every finding knows its path; a
 * cursor onto nothing is fine and reads as absent, whatever a foreign document holds.
 */
export class Cursor {
  private manifestOfRoot?: Manifest;

  /** @param value what stands here; `undefined` for nothing */
  public constructor(
    public readonly value: unknown,
    private readonly parent?: Cursor,
    /** Step from the parent; absent for the root of a document or of an embedded one. */
    public readonly step?: Step,
  ) {}

  /** Names the document this is the root of. */
  public attach(manifest: Manifest): void {
    this.manifestOfRoot = manifest;
  }

  /** The document this place is in; for an embedded document the one around it. */
  public get manifest(): Manifest {
    const manifest = this.manifestOfRoot ?? this.parent?.manifest;
    if (manifest === undefined) {
      throw new Error('a cursor outside any manifest has no place');
    }
    return manifest;
  }

  /** Whether anything but null stands here. */
  public get exists(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** The text here; undefined for anything but a string. */
  public get text(): string | undefined {
    return typeof this.value === 'string' ? this.value : undefined;
  }

  /** A string, number or boolean as text, as Helm's `%v` and Kubernetes' int-or-string print it. */
  public get scalar(): string | undefined {
    const { value } = this;
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? `${value}`
      : undefined;
  }

  /** The number here; undefined for anything but a number. */
  public get number(): number | undefined {
    return typeof this.value === 'number' ? this.value : undefined;
  }

  /** Whether a map stands here. */
  public get isMap(): boolean {
    return typeof this.value === 'object' && this.value !== null && !Array.isArray(this.value);
  }

  /** Whether a list stands here. */
  public get isList(): boolean {
    return Array.isArray(this.value);
  }

  /** The place below, step by step. */
  public get(...steps: readonly Step[]): Cursor {
    return steps.reduce<Cursor>((cursor, step) => cursor.child(step), this);
  }

  /** The entries of a list; none for anything else. */
  public items(): Cursor[] {
    return Array.isArray(this.value)
      ? this.value.map((item, index) => new Cursor(item, this, index))
      : [];
  }

  /** The entries of a map; none for anything else. */
  public entries(): [string, Cursor][] {
    return this.isMap
      ? Object.entries(this.value as object).map(([key, value]) => [
          key,
          new Cursor(value, this, key),
        ])
      : [];
  }

  /** The root of a document that stands here as text. */
  public embed(value: unknown): Cursor {
    return new Cursor(value, this);
  }

  /** The place around; undefined at a root. */
  public get outer(): Cursor | undefined {
    return this.step === undefined ? undefined : this.parent;
  }

  /** The place itself; where nothing stands, the nearest place around it where something does. */
  public get nearest(): Cursor {
    return this.exists ? this : (this.outer?.nearest ?? this);
  }

  /** Steps from the root of the manifest; one list for each embedding, the outermost first. */
  public get steps(): Step[][] {
    if (this.parent === undefined) {
      return [[]];
    }
    const around = this.parent.steps;
    if (this.step === undefined) {
      return [...around, []];
    }
    around[around.length - 1].push(this.step);
    return around;
  }

  /** `spec.rules[0].host`; ` > ` leads into an embedded document. */
  public get path(): string {
    return this.steps.map(formatSteps).join(' > ');
  }

  private child(step: Step): Cursor {
    const { value } = this;
    const fits = typeof step === 'number' ? this.isList : this.isMap;
    const below =
      fits && Object.hasOwn(value as object, step)
        ? (value as Record<Step, unknown>)[step]
        : undefined;
    return new Cursor(below, this, step);
  }
}

/** A JSON path as people write it: `metadata.annotations["cert-manager.io/issuer"]`, `spec.rules[0].host`. */
export function formatSteps(steps: readonly Step[]): string {
  return steps
    .map((step, index) => {
      if (typeof step === 'number') {
        return `[${step}]`;
      }
      return /^[A-Za-z_][\w-]*$/.test(step)
        ? `${index === 0 ? '' : '.'}${step}`
        : `[${JSON.stringify(step)}]`;
    })
    .join('');
}
