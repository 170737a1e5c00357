import fc from 'fast-check';
import { partsOf } from '../../../src/rules/limits/hosted-reference';

describe('an image path', () => {
  test.each([
    ['team/web', { repository: 'team/web' }],
    ['team/web:1.4', { repository: 'team/web', tag: '1.4' }],
    ['team/web@sha256:ab', { repository: 'team/web', digest: 'sha256:ab' }],
    ['team/web:1.4@sha256:ab', { repository: 'team/web', tag: '1.4', digest: 'sha256:ab' }],
    ['web:1', { repository: 'web', tag: '1' }],
    ['team:1/web', { repository: 'team:1/web' }],
    ['team/web:', { repository: 'team/web', tag: '' }],
    ['', { repository: '' }],
  ])('%s falls into its parts', (path, parts) => {
    expect(partsOf(path)).toEqual(parts);
  });

  test('keeps every character in one of its parts', () => {
    fc.assert(
      fc.property(fc.string(), (path) => {
        const { repository, tag, digest } = partsOf(path);
        const joined = `${repository}${tag === undefined ? '' : `:${tag}`}`;
        expect(`${joined}${digest === undefined ? '' : `@${digest}`}`).toBe(path);
      }),
    );
  });
});
