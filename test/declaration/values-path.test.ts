import { pathFrom } from '../../src/declaration/values-path';

it.each([
  ['.', 'a.yaml', 'a.yaml'],
  ['.', './a//b.yaml', 'a/b.yaml'],
  ['.', 'a/../b.yaml', 'b.yaml'],
  ['helm', 'helm/a.yaml', 'a.yaml'],
  ['helm', './x/../helm/a/b.yaml', 'a/b.yaml'],
  ['helm', 'a.yaml', undefined],
  ['helm', 'helmet/a.yaml', undefined],
  ['helm', 'helm/../a.yaml', undefined],
  ['.', '../a.yaml', undefined],
  ['.', 'a/../../b.yaml', undefined],
  ['.', '/a.yaml', undefined],
])('in %s names %s as %s', (folder, path, expected) => {
  expect(pathFrom(folder, path)).toBe(expected);
});
