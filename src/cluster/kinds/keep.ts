import { isMap } from '../object';
import { maskParts, maskTree, maskWhole } from '../mask/text';

/** What stays of a value that was read; undefined for nothing. What is not named is dropped. */
export type Keep = (value: unknown) => unknown;

/** A field with all that is below it; credentials inside its texts are hidden. */
export const whole: Keep = (value) => maskTree(value, maskParts);

/** Texts anybody may write, such as annotations: hidden as a whole when one holds a credential. */
export const strict: Keep = (value) => maskTree(value, maskWhole);

/** That a field is there, without what it holds. */
export const presence: Keep = (value) => (value === undefined ? undefined : {});

/**
 * The named fields of a map.
 *
 * @param names fields to keep whole, separated by blanks
 * @param others fields that have a treatment of their own
 */
export function only(names: string, others: { readonly [field: string]: Keep } = {}): Keep {
  const wholeFields = names === '' ? [] : names.split(' ').map((name) => [name, whole] as const);
  const fields: readonly (readonly [string, Keep])[] = [...wholeFields, ...Object.entries(others)];
  return (value) => {
    if (!isMap(value)) {
      return undefined;
    }
    const kept = fields.flatMap(([field, keep]) => {
      const below = Object.hasOwn(value, field) ? keep(value[field]) : undefined;
      return below === undefined ? [] : [[field, below] as const];
    });
    return Object.fromEntries(kept);
  };
}

/** Each entry of a list. */
export function each(keep: Keep): Keep {
  return (value) =>
    Array.isArray(value) ? value.map(keep).filter((one: unknown) => one !== undefined) : undefined;
}

/** Each value of a map, under its key. */
export function entries(keep: (value: unknown, key: string) => unknown): Keep {
  return (value) =>
    isMap(value)
      ? Object.fromEntries(
          Object.entries(value).flatMap(([key, below]) => {
            const kept = keep(below, key);
            return kept === undefined ? [] : [[key, kept] as const];
          }),
        )
      : undefined;
}
