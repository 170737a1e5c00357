import fc from 'fast-check';
import { listenerTakes } from '../../src/declaration/gateway-listener';

describe('the hostname of a listener', () => {
  test.each([
    [undefined, 'git.example.org', true],
    ['git.example.org', 'git.example.org', true],
    ['*.example.org', 'git.example.org', true],
    ['*.example.org', 'a.b.example.org', true],
    ['*.example.org', 'example.org', false],
    ['*.example.org', 'gitexample.org', false],
    ['example.org', 'git.example.org', false],
    ['git.*', 'git.example.org', false],
  ])('%s takes %s: %s', (hostname, host, takes) => {
    expect(listenerTakes(hostname, host)).toBe(takes);
  });

  test('that is a wildcard takes every host below its domain', () => {
    const label = fc.stringMatching(/^[a-z]{1,5}$/);
    fc.assert(
      fc.property(fc.array(label, { minLength: 1 }), (labels) => {
        expect(listenerTakes('*.example.org', `${labels.join('.')}.example.org`)).toBe(true);
      }),
    );
  });
});
