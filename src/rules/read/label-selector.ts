import type { Cursor } from '../cursor';

/** The value of a label by its name; undefined where the object lacks it. */
export type LabelLookup = (name: string) => string | undefined;

/** Whether a label selector takes an object with these labels (meta/v1 LabelSelector). An empty one takes all. */
export function selectorMatches(selector: Cursor, labelOf: LabelLookup): boolean {
  const wanted = selector.get('matchLabels').entries();
  const expressions = selector.get('matchExpressions').items();
  return (
    wanted.every(([name, { text }]) => text !== undefined && labelOf(name) === text) &&
    expressions.every((expression) => expressionMatches(expression, labelOf))
  );
}

function expressionMatches(expression: Cursor, labelOf: LabelLookup): boolean {
  const label = labelOf(expression.get('key').text ?? '');
  const values = expression
    .get('values')
    .items()
    .map(({ text }) => text);
  switch (expression.get('operator').text) {
    case 'In':
      return label !== undefined && values.includes(label);
    case 'NotIn':
      return label === undefined || !values.includes(label);
    case 'Exists':
      return label !== undefined;
    case 'DoesNotExist':
      return label === undefined;
    default:
      return false;
  }
}

/** Names of the labels a selector asks about. */
export function labelsAsked(selector: Cursor): string[] {
  return [
    ...selector
      .get('matchLabels')
      .entries()
      .map(([name]) => name),
    ...selector
      .get('matchExpressions')
      .items()
      .flatMap((expression) => expression.get('key').text ?? []),
  ];
}
