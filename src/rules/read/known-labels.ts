import { Cursor } from '../cursor';
import type { Estate } from '../estate';
import { DEFAULT_NAMESPACE } from '../manifest';
import type { LabelLookup } from './label-selector';
import { labelsAsked, selectorMatches } from './label-selector';

/** What is known of the labels of something that is not rendered here, or not wholly. */
export interface KnownLabels {
  readonly of: LabelLookup;
  /** Whether nothing tells if the object has this label. */
  readonly hides: (name: string) => boolean;
}

/** Every namespace carries its own name as a label (Kubernetes 1.22). */
export const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** Labels of an object that is rendered, by the map they stand in. */
export function renderedLabels(labels: Cursor): KnownLabels {
  return { of: (name) => labels.get(name).text, hides: () => false };
}

/** These labels and perhaps others. */
export function someLabels(labels: { readonly [name: string]: string | undefined }): KnownLabels {
  const known = new Map(Object.entries(labels));
  return { of: (name) => known.get(name), hides: (name) => known.get(name) === undefined };
}

/** Labels of a namespace: those of the rendered one; of another only its name. */
export function namespaceLabels(name: string, estate: Estate): KnownLabels {
  // A Namespace is in none.
  const namespace = estate.object('Namespace', DEFAULT_NAMESPACE, name);
  const labels = namespace?.root.get('metadata', 'labels');
  return {
    of: (label) => (label === NAMESPACE_NAME ? name : labels?.get(label).text),
    hides: (label) => label !== NAMESPACE_NAME && namespace === undefined,
  };
}

/** Whether a label selector takes the object, as far as its labels are known. */
export function mayMatch(selector: Cursor, labels: KnownLabels): boolean {
  return selectorMatches(askingOnly(selector, labels), labels.of);
}

/** Whether a label selector takes the object whatever its unknown labels are. */
export function surelyMatches(selector: Cursor, labels: KnownLabels): boolean {
  return !labelsAsked(selector).some(labels.hides) && selectorMatches(selector, labels.of);
}

/** The selector without what it asks about unknown labels. */
function askingOnly(selector: Cursor, { hides }: KnownLabels): Cursor {
  return new Cursor({
    matchLabels: Object.fromEntries(
      selector
        .get('matchLabels')
        .entries()
        .filter(([name]) => !hides(name))
        .map(([name, { value }]) => [name, value]),
    ),
    matchExpressions: selector
      .get('matchExpressions')
      .items()
      .filter((expression) => !hides(expression.get('key').text ?? ''))
      .map(({ value }) => value),
  });
}
