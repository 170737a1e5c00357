import fc from 'fast-check';
import type { PullSecretDeclaration } from 'cdk8s-gitea-registry/declaration';
import {
  declaredPlaces,
  isNamed,
  namespacesOf,
  nodeCredentials,
  reachOfDeclared,
} from '../../src/declaration/pull-secret-reach';
import { arbitraryDeclaration } from '../support/arbitraries';

const EXISTING = {
  id: 'Shop',
  namespace: 'shop',
  secretName: 'pull',
  source: 'existing',
} as const;

const WIDE = {
  id: 'Teams',
  secretName: 'pull',
  source: 'cluster-external-secret',
  namespaces: ['web', 'api'],
} as const;

const NODES = { id: 'Nodes', source: 'node-registries', distribution: 'k3s' } as const;

const LABELS = { 'registry-pull': 'git' };

it('a secret of one namespace is in that one only', () => {
  expect([reachOfDeclared(EXISTING, 'shop'), reachOfDeclared(EXISTING, 'web')]).toEqual([
    true,
    false,
  ]);
});

it('a cluster-wide one is where it is named; labels leave the others open', () => {
  const wide = { ...WIDE, namespaces: [...WIDE.namespaces] };
  const labelled = { ...wide, namespaceLabels: LABELS };
  expect(['web', 'shop'].map((name) => reachOfDeclared(wide, name))).toEqual([true, false]);
  expect(['web', 'shop'].map((name) => reachOfDeclared(labelled, name))).toEqual([true, 'unknown']);
});

it('secrets stand where the declaration names a namespace, nodes have their own credential', () => {
  const pullSecrets: PullSecretDeclaration[] = [
    EXISTING,
    { ...WIDE, namespaces: ['web', 'api'], namespaceLabels: LABELS },
    { id: 'Label', secretName: 'x', source: 'cluster-external-secret', namespaceLabels: LABELS },
    NODES,
  ];
  expect(declaredPlaces({ pullSecrets })).toEqual([
    { namespace: 'shop', name: 'pull' },
    { namespace: 'web', name: 'pull' },
    { namespace: 'api', name: 'pull' },
  ]);
  expect(pullSecrets.map(namespacesOf)).toEqual([['shop'], ['web', 'api'], [], []]);
  expect(nodeCredentials({ pullSecrets })).toEqual([NODES]);
});

it('every secret is certainly in each namespace that is named for it', () => {
  fc.assert(
    fc.property(arbitraryDeclaration, ({ pullSecrets }) => {
      for (const secret of pullSecrets.filter(isNamed)) {
        for (const namespace of namespacesOf(secret)) {
          expect(reachOfDeclared(secret, namespace)).toBe(true);
        }
      }
    }),
    { numRuns: 50 },
  );
});
