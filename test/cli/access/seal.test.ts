import fc from 'fast-check';
import type { SealingScope } from '../../../src/cli/access/seal';
import { seal, sealingLabel } from '../../../src/cli/access/seal';
import { anyText } from '../../support/any-text';
import { controllerKey, unseal } from './sealing';

const { publicKey, privateKey } = controllerKey();

it('is opened by the key of the controller under its label, and under no other', () => {
  const text = anyText();
  const property = fc.property(text, text, text, (value, label, other) => {
    const sealed = seal(value, publicKey, label);
    expect(unseal(sealed, privateKey, label)).toBe(value);
    fc.pre(other !== label);
    expect(() => unseal(sealed, privateKey, other)).toThrow(/oaep/);
  });
  fc.assert(property, { numRuns: 50 });
});

it('is refused once a bit of it has changed', () => {
  const sealed = Buffer.from(seal('value', publicKey, 'apps/pull'), 'base64');
  const open = (at: number): string => {
    const changed = Buffer.from(sealed);
    changed[at] ^= 1;
    return unseal(changed.toString('base64'), privateKey, 'apps/pull');
  };
  for (const at of [2, 2 + 256, sealed.length - 1]) {
    expect(() => open(at)).toThrow();
  }
});

it('is another text each time, so that equal secrets do not look equal', () => {
  const texts = Array.from({ length: 5 }, () => seal('value', publicKey, ''));
  expect(new Set(texts).size).toBe(5);
});

it.each<[SealingScope, string]>([
  ['strict', 'apps/pull'],
  ['namespace-wide', 'apps'],
  ['cluster-wide', ''],
])('is bound with %s to the label %j', (scope, label) => {
  expect(sealingLabel(scope, 'apps', 'pull')).toBe(label);
});
