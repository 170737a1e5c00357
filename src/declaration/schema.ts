import { looksLikeCredential, looksLikeCredentialBesideRevision } from './credential';
import type { Grammar } from './grammar';
import { matches } from './grammar';
import type { Problem } from './problem';

/** A JSON Schema (draft 2020-12) fragment. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** One shape of a JSON value: how to check it with readable problems, and the same as JSON Schema. */
export interface Schema<T> {
  json(): JsonSchema;
  /** Appends a problem for everything in `value` that is not a `T`; `path` is where it stands. */
  check(value: unknown, path: string, problems: Problem[]): void;
  /** A checked value in canonical order: fields as declared, map keys sorted, absent fields dropped. @default - the value itself */
  arrange?(value: T): T;
  /** Carries `T` for the compiler; never set. */
  readonly type?: T;
}

/** A field that may be absent. */
export interface Optional<T> extends Schema<T> {
  readonly optional: true;
}

const FORM = 'REG660';

function typeProblem(path: string, value: unknown, allowed: string): Problem {
  return value === undefined
    ? { path, allowed: `is missing: it ${allowed}`, code: FORM }
    : { path, value, allowed, code: FORM };
}

/** Text of a grammar. A value shaped like a credential is refused whatever the grammar says. */
export function text(grammar: Grammar): Schema<string> {
  const isCredential = grammar.holdsRevision
    ? looksLikeCredentialBesideRevision
    : looksLikeCredential;
  return {
    json: () => ({
      type: 'string',
      pattern: grammar.pattern.source,
      ...(grammar.maxLength && { maxLength: grammar.maxLength }),
      description: grammar.allowed,
    }),
    check: (value, path, problems) => {
      const shown = grammar.hidden ? {} : { value };
      if (value === undefined) {
        problems.push(typeProblem(path, value, grammar.allowed));
      } else if (typeof value !== 'string') {
        problems.push({ path, ...shown, allowed: grammar.allowed, code: FORM });
      } else if (isCredential(value)) {
        problems.push({
          path,
          value,
          allowed: `looks like a credential; it ${grammar.allowed}. Credentials stay in a Secret`,
          code: 'REG544',
        });
      } else if (!matches(grammar, value)) {
        problems.push({ path, ...shown, allowed: grammar.allowed, code: grammar.code });
      }
    },
  };
}

/** A whole number from `minimum` to `maximum`. */
export function integer(minimum: number, maximum: number, code = FORM): Schema<number> {
  return {
    json: () => ({ type: 'integer', minimum, maximum }),
    check: (value, path, problems) => {
      const allowed = `must be a whole number from ${minimum} to ${maximum}`;
      if (typeof value !== 'number') {
        problems.push(typeProblem(path, value, allowed));
      } else if (!Number.isInteger(value) || value < minimum || value > maximum) {
        problems.push({ path, value, allowed, code });
      }
    },
  };
}

/** One of a closed list of words. */
export function oneOf<T extends string>(...words: readonly T[]): Schema<T> {
  return {
    json: () => ({ enum: words }),
    check: (value, path, problems) => {
      if (!(words as readonly unknown[]).includes(value)) {
        problems.push(
          typeProblem(path, value, `must be ${words.map((word) => `'${word}'`).join(' or ')}`),
        );
      }
    },
  };
}

/** True or false. */
export const yesOrNo: Schema<boolean> = {
  json: () => ({ type: 'boolean' }),
  check: (value, path, problems) => {
    if (typeof value !== 'boolean') {
      problems.push(typeProblem(path, value, 'must be true or false'));
    }
  },
};

/** A list of `minItems` to `maxItems` of one shape. */
export function list<T>(item: Schema<T>, maxItems: number, minItems = 0): Schema<T[]> {
  return {
    json: () => ({ type: 'array', items: item.json(), minItems, maxItems }),
    check: (value, path, problems) => {
      if (!Array.isArray(value)) {
        problems.push(typeProblem(path, value, 'must be a list'));
      } else if (value.length < minItems || value.length > maxItems) {
        const allowed = `of ${value.length} must have ${minItems} to ${maxItems} entries`;
        problems.push({ path, value, allowed, code: FORM });
      } else {
        value.forEach((entry, index) => item.check(entry, `${path}[${index}]`, problems));
      }
    },
    arrange: (value) => value.map((entry) => arranged(item, entry)),
  };
}

/** A map of at most `maxEntries` from keys of a grammar to one shape. */
export function map<T>(
  key: Grammar,
  entry: Schema<T>,
  maxEntries: number,
): Schema<{ readonly [key: string]: T }> {
  const keySchema = text(key);
  return {
    json: () => ({
      type: 'object',
      propertyNames: keySchema.json(),
      additionalProperties: entry.json(),
      maxProperties: maxEntries,
    }),
    check: (value, path, problems) => {
      if (!isObject(value)) {
        problems.push(typeProblem(path, value, 'must be an object'));
        return;
      }
      const count = Object.keys(value).length;
      if (count > maxEntries) {
        const allowed = `with ${count} entries must have at most ${maxEntries}`;
        problems.push({ path, value, allowed, code: FORM });
      }
      for (const [name, member] of Object.entries(value)) {
        keySchema.check(name, `${path} key`, problems);
        entry.check(member, `${path}.${name}`, problems);
      }
    },
    arrange: (value) => Object.fromEntries(Object.entries(value).sort(byName)),
  };
}

/** The fields of `T`, each with its shape; optional fields of `T` must be {@link optional}. */
export type Fields<T> = {
  readonly [K in keyof T]-?: undefined extends T[K] ? Optional<NonNullable<T[K]>> : Schema<T[K]>;
};

/** Marks a field that may be absent. */
export function optional<T>(schema: Schema<T>): Optional<T> {
  return { ...schema, optional: true };
}

/** An object with these fields and no others. */
export function object<T>(fields: Fields<T>): Schema<T> {
  const entries = Object.entries(fields) as [string, Schema<unknown> | Optional<unknown>][];
  return {
    json: () => ({
      type: 'object',
      properties: Object.fromEntries(entries.map(([name, field]) => [name, field.json()])),
      required: entries.filter(([, field]) => !('optional' in field)).map(([name]) => name),
      additionalProperties: false,
    }),
    check: (value, path, problems) => {
      if (!isObject(value)) {
        problems.push(typeProblem(path || 'the declaration', value, 'must be an object'));
        return;
      }
      for (const [name, field] of entries) {
        const member = Object.hasOwn(value, name) ? value[name] : undefined;
        if (member !== undefined || !('optional' in field)) {
          field.check(member, join(path, name), problems);
        }
      }
      for (const name of Object.keys(value).filter((known) => !Object.hasOwn(fields, known))) {
        problems.push({
          path: join(path, name),
          allowed: unknownField(Object.keys(fields)),
          code: FORM,
        });
      }
    },
    arrange: (value) => {
      const members = value as { readonly [name: string]: unknown };
      const present = entries.filter(([name]) => members[name] !== undefined);
      return Object.fromEntries(
        present.map(([name, field]) => [name, arranged(field, members[name])]),
      ) as T;
    },
  };
}

/**
 * One of several shapes, told apart by the word in one field.
 *
 * @param field that holds the word in each shape
 */
export function variants<T>(
  field: keyof T & string,
  shapes: { readonly [word: string]: Schema<unknown> },
): Schema<T> {
  const shapeOf = (value: unknown): Schema<unknown> | undefined => {
    const word = isObject(value) && Object.hasOwn(value, field) ? value[field] : undefined;
    return typeof word === 'string' && Object.hasOwn(shapes, word) ? shapes[word] : undefined;
  };
  return {
    // Not `oneOf`: validators would report the faults of every shape.
    json: () => ({
      type: 'object',
      properties: { [field]: { enum: Object.keys(shapes) } },
      required: [field],
      allOf: Object.entries(shapes).map(([word, shape]) => ({
        if: { properties: { [field]: { const: word } }, required: [field] },
        then: shape.json(),
      })),
    }),
    check: (value, path, problems) => {
      const shape = shapeOf(value);
      if (shape) {
        shape.check(value, path, problems);
      } else if (isObject(value)) {
        oneOf(...Object.keys(shapes)).check(value[field], join(path, field), problems);
      } else {
        problems.push(typeProblem(path, value, 'must be an object'));
      }
    },
    arrange: (value) => arranged(shapeOf(value)!, value) as T,
  };
}

/** `value` as {@link Schema.arrange} orders it. */
export function arranged<T>(schema: Schema<T>, value: T): T {
  return schema.arrange ? schema.arrange(value) : value;
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function unknownField(known: readonly string[]): string {
  return `is not a known field; known here: ${known.join(', ')}`;
}

function join(path: string, name: string): string {
  // Not escaped here: an escape before a credential would hide its shape from the message.
  const step = /^\w+$/.test(name) ? `.${name}` : `["${name}"]`;
  return path === '' ? step.replace(/^\./, '') : path + step;
}

function isObject(value: unknown): value is { [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
