import { Size } from 'cdk8s';
import type { StorageFacts } from 'cdk8s-gitea-registry';
import { StorageAccessMode } from 'cdk8s-gitea-registry';
import { storageDeclaration } from '../../src/constructs/storage-facts';

const FACTS: StorageFacts = {
  claim: 'gitea-shared-storage',
  size: Size.gibibytes(10),
  accessMode: StorageAccessMode.READ_WRITE_ONCE,
};

it('defaults', () => {
  expect(storageDeclaration(FACTS)).toEqual({
    claim: 'gitea-shared-storage',
    size: '10Gi',
    accessMode: 'ReadWriteOnce',
    path: '/data/packages',
  });
});

it('all the props', () => {
  const facts: Required<StorageFacts> = {
    ...FACTS,
    accessMode: StorageAccessMode.READ_WRITE_MANY,
    storageClass: 'nfs',
    path: '/data/blobs',
  };
  expect(storageDeclaration(facts)).toEqual({
    claim: 'gitea-shared-storage',
    size: '10Gi',
    accessMode: 'ReadWriteMany',
    storageClass: 'nfs',
    path: '/data/blobs',
  });
});

it.each([
  [Size.kibibytes(3), '3Ki'],
  [Size.mebibytes(1536), '1536Mi'],
  [Size.gibibytes(1024), '1Ti'],
  [Size.pebibyte(2048), '2048Pi'],
])('can be of a size that is written as Kubernetes writes it: %s', (size, quantity) => {
  expect(storageDeclaration({ ...FACTS, size }).size).toBe(quantity);
});

it('knows the three access modes with which blobs can be written', () => {
  expect(Object.values(StorageAccessMode)).toEqual([
    'ReadWriteOnce',
    'ReadWriteOncePod',
    'ReadWriteMany',
  ]);
});

it.each<[Partial<StorageFacts>, RegExp]>([
  [{ claim: 'A' }, /^storage\.claim 'A' .*REG660\)$/],
  [{ size: Size.kibibytes(0) }, /^storage\.size '0' .*REG710\)$/],
  [{ accessMode: 'ReadOnlyMany' as never }, /^storage\.accessMode 'ReadOnlyMany' .*REG660\)$/],
  [{ storageClass: '' }, /^storage\.storageClass '' .*REG660\)$/],
  [{ path: '/data/$(id)' }, /^storage\.path '.*REG660\)$/],
])('throws when it is %j', (change, message) => {
  expect(() => storageDeclaration({ ...FACTS, ...change })).toThrow(message);
});
