import fc from 'fast-check';
import { matches } from '../../src/declaration/grammar';
import {
  KIND_NAME,
  NAMESPACE,
  OBJECT_NAME,
  RELEASE_NAME,
  SERVICE_NAME,
  STORAGE_QUANTITY,
} from '../../src/declaration/kubernetes-name';
import { arbitraryNamespace, arbitraryObjectName } from '../support/arbitraries';

it('takes every DNS label for a namespace and every subdomain for a name', () => {
  fc.assert(fc.property(arbitraryNamespace, (name) => matches(NAMESPACE, name)));
  fc.assert(fc.property(arbitraryObjectName, (name) => matches(OBJECT_NAME, name)));
});

it.each([
  ['NAMESPACE', NAMESPACE, 63],
  ['SERVICE_NAME', SERVICE_NAME, 63],
  ['RELEASE_NAME', RELEASE_NAME, 53],
  ['OBJECT_NAME', OBJECT_NAME, 253],
  ['KIND_NAME', KIND_NAME, 63],
])('%s has a greatest length', (name, grammar, length) => {
  const letter = name === 'KIND_NAME' ? 'A' : 'a';
  expect(matches(grammar, letter.repeat(length))).toBe(true);
  expect(matches(grammar, letter.repeat(length + 1))).toBe(false);
});

it.each(['', 'Default', 'my_namespace', '-a', 'a-', 'a.b', 'a b', 'ü', 'a\n', 'a/b'])(
  'refuses %j for a namespace: it is no DNS label',
  (name) => {
    expect(matches(NAMESPACE, name)).toBe(false);
  },
);

it.each(['', 'A', 'a..b', '.a', 'a.', 'a.-b', 'a_b', 'a\n'])('refuses %j for an object', (name) => {
  expect(matches(OBJECT_NAME, name)).toBe(false);
  expect(matches(RELEASE_NAME, name)).toBe(false);
});

it('lets a namespace begin with a digit, and a Service not', () => {
  expect(matches(NAMESPACE, '1a')).toBe(true);
  expect(matches(SERVICE_NAME, '1a')).toBe(false);
  expect(matches(SERVICE_NAME, 'a.b')).toBe(false);
  expect(matches(SERVICE_NAME, 'gitea-http')).toBe(true);
});

it.each(['ClusterIssuer', 'A1'])('takes %j for a kind', (kind) => {
  expect(matches(KIND_NAME, kind)).toBe(true);
});

it.each(['', 'clusterIssuer', 'Cluster-Issuer', 'cert-manager.io/Issuer', '1A'])(
  'refuses %j for a kind',
  (kind) => {
    expect(matches(KIND_NAME, kind)).toBe(false);
  },
);

it.each(['10Gi', '1', '500M', '800k', '2Ei'])('takes the quantity %j', (quantity) => {
  expect(matches(STORAGE_QUANTITY, quantity)).toBe(true);
});

it.each([
  '',
  '0',
  '0Gi',
  '10 Gi',
  '10GiB',
  '10GB',
  '1.5Gi',
  '-1',
  '1e3',
  '10gi',
  '10K',
  '1'.repeat(33),
])('refuses the quantity %j', (quantity) => {
  expect(matches(STORAGE_QUANTITY, quantity)).toBe(false);
});
