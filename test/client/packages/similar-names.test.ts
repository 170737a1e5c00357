import * as fc from 'fast-check';
import { similarNames } from '../../../src/client/packages/similar-names';

it.each<[string, string, string[], string[]]>([
  ['a letter is wrong', 'state-hob', ['state-hub', 'other'], ['state-hub']],
  ['letters change places', 'stiate-hub', ['state-hub'], ['state-hub']],
  ['a part is missing', 'hub', ['state-hub', 'runner'], ['state-hub']],
  ['a part is too much', 'coulomb-hub', ['hub'], ['hub']],
  ['the case differs', 'State-HUB', ['state-hub'], ['state-hub']],
  ['nothing is near', 'zebra', ['state-hub'], []],
  ['short names hold anything', 'a', ['cat', 'ab'], ['ab', 'cat'].slice(0, 2)],
])('offers names when %s', (_, typed, known, offered) =>
  expect(similarNames(typed, known)).toEqual(offered),
);

it('offers three at most, the nearest first, each once', () =>
  expect(similarNames('app', ['app12', 'apq', 'apz', 'app1', 'app1', 'aqz'])).toEqual([
    'app1',
    'app12',
    'apq',
  ]));

it('always offers a name with one letter too much', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 40 }), fc.nat(), (name, at) => {
      const place = at % (name.length + 1);
      const typed = `${name.slice(0, place)}x${name.slice(place)}`;
      expect(similarNames(typed, [name])).toEqual([name]);
    }),
  );
});
