import { Cursor } from '../../../src/rules/cursor';
import { labelsAsked, selectorMatches } from '../../../src/rules/read/label-selector';

const takes = (selector: unknown, labels: { readonly [name: string]: string }): boolean =>
  selectorMatches(new Cursor(selector), (name) => labels[name]);

const expression = (operator: string, values?: unknown) => ({
  matchExpressions: [{ key: 'team', operator, ...(values !== undefined && { values }) }],
});

describe('a label selector', () => {
  test.each<[string, unknown, boolean]>([
    ['nothing', undefined, true],
    ['an empty one', {}, true],
    ['the label', { matchLabels: { team: 'git' } }, true],
    ['the label with another value', { matchLabels: { team: 'docs' } }, false],
    ['a label that is missing', { matchLabels: { tier: 'git' } }, false],
    ['a label that is no text', { matchLabels: { tier: 5 } }, false],
    ['two labels, one missing', { matchLabels: { team: 'git', tier: 'x' } }, false],
    ['In', expression('In', ['docs', 'git']), true],
    ['In without it', expression('In', ['docs']), false],
    ['NotIn', expression('NotIn', ['docs']), true],
    ['NotIn with it', expression('NotIn', ['git']), false],
    ['Exists', expression('Exists'), true],
    ['DoesNotExist', expression('DoesNotExist'), false],
    ['an unknown operator', expression('Like', ['git']), false],
    [
      'a label and an expression that fails',
      { matchLabels: { team: 'git' }, ...expression('In', []) },
      false,
    ],
  ])('with %s', (_, selector, expected) => {
    expect(takes(selector, { team: 'git' })).toBe(expected);
  });

  test.each<[string, unknown, boolean]>([
    ['In', expression('In', [undefined]), false],
    ['NotIn', expression('NotIn', ['git']), true],
    ['Exists', expression('Exists'), false],
    ['DoesNotExist', expression('DoesNotExist'), true],
    ['no key', { matchExpressions: [{ operator: 'Exists' }] }, false],
  ])('with %s of a label that is missing', (_, selector, expected) => {
    expect(takes(selector, {})).toBe(expected);
  });

  test('asks about the labels in it', () => {
    const selector = new Cursor({
      matchLabels: { a: '1' },
      matchExpressions: [{ key: 'b', operator: 'Exists' }, { operator: 'Exists' }],
    });
    expect(labelsAsked(selector)).toEqual(['a', 'b']);
  });
});
