import { fieldOf } from './kube-object';
import type { KubeObject } from './kube-object';
import { Refusal } from './status';

/**
 * Whether an object is selected by the `labelSelector` and `fieldSelector` of a list.
 *
 * Labels know `key=value`, `key==value`, `key!=value`, `key`, `!key`, `key in (a,b)`; fields know `=`, `==` and `!=` on any
 * path of the object.
 */
export function selects(query: URLSearchParams, object: KubeObject): boolean {
  const labels = terms(query.get('labelSelector'));
  const fields = terms(query.get('fieldSelector'));
  return (
    labels.every((term) => holds(term, (key) => object.metadata.labels?.[key])) &&
    fields.every((term) => holds(term, (key) => textOf(fieldOf(object, key))))
  );
}

/** Splits at commas outside parentheses. */
function terms(selector: string | null): readonly string[] {
  return selector === null || selector === '' ? [] : selector.split(/,(?![^(]*\))/);
}

function holds(term: string, valueOf: (key: string) => string | undefined): boolean {
  const set = /^(\S+) in \((.*)\)$/.exec(term);
  if (set !== null) return set[2]!.split(',').includes(valueOf(set[1]!) ?? '');
  const comparison = /^([^=!]+)(!=|==?)(.*)$/.exec(term);
  if (comparison !== null) {
    const [, key, operator, value] = comparison as unknown as [string, string, string, string];
    return (valueOf(key) === value) === (operator !== '!=');
  }
  const presence = /^(!?)([\w./-]+)$/.exec(term);
  if (presence === null)
    throw new Refusal(400, 'BadRequest', `unable to parse requirement: ${term}`);
  return (valueOf(presence[2]!) !== undefined) === (presence[1] === '');
}

function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value);
}
