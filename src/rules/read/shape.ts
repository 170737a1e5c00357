import type { Cursor } from '../cursor';

/** What may stand at a place. `scalar`: a text, a number or a boolean. */
export type Form = 'map' | 'list' | 'text' | 'number' | 'scalar' | 'yes or no';

/** The forms of the places in a document; places it does not name may hold anything. */
export interface Shape {
  readonly form: Form;
  /** Shapes below a map by key. */
  readonly keys: ReadonlyMap<string, Shape>;
  /** Shape of the entries of a list, or of a map whose keys are free. */
  readonly entries?: Shape;
}

/** A place that holds something else than its shape says. */
export interface Misfit {
  readonly at: Cursor;
  readonly expected: Form;
}

interface MutableShape {
  form: Form;
  readonly keys: Map<string, MutableShape>;
  entries?: MutableShape;
}

/**
 * A shape from lines such as `spec.rules[].host: text`: `[]` are the entries of a list, `.*` those of a map whose keys
 * are free.
 */
export function shapeOf(lines: readonly string[]): Shape {
  const root = newShape('map');
  for (const line of lines) {
    const [path, form] = line.split(': ') as [string, Form];
    let place = root;
    for (const [step] of path.matchAll(/\[\]|\*|[^.[\]*]+/g)) {
      place = below(place, step);
    }
    place.form = form;
  }
  return root;
}

function newShape(form: Form): MutableShape {
  return { form, keys: new Map() };
}

/** The place one step on, which makes a list or a map of the one it is below. */
function below(place: MutableShape, step: string): MutableShape {
  place.form = step === '[]' ? 'list' : 'map';
  if (step === '[]' || step === '*') {
    place.entries ??= newShape('scalar');
    return place.entries;
  }
  const known = place.keys.get(step) ?? newShape('scalar');
  place.keys.set(step, known);
  return known;
}

/** Places below `at` that do not fit; nothing is looked at below one. Null is the same as absent. */
export function misfits(at: Cursor, shape: Shape): Misfit[] {
  if (!at.exists) {
    return [];
  }
  if (!fits(at, shape.form)) {
    return [{ at, expected: shape.form }];
  }
  const { entries } = shape;
  const free = at.entries().filter(([key]) => !shape.keys.has(key));
  const listed = [...at.items(), ...free.map(([, below]) => below)];
  return [
    ...[...shape.keys].flatMap(([key, below]) => misfits(at.get(key), below)),
    ...(entries ? listed.flatMap((entry) => misfits(entry, entries)) : []),
  ];
}

function fits(at: Cursor, form: Form): boolean {
  switch (form) {
    case 'map':
      return at.isMap;
    case 'list':
      return at.isList;
    case 'text':
      return at.text !== undefined;
    case 'number':
      return at.number !== undefined;
    case 'yes or no':
      return typeof at.value === 'boolean';
    case 'scalar':
      return at.scalar !== undefined;
  }
}
