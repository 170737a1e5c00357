import { Size } from 'cdk8s';
import type { GiteaRegistryProps } from 'cdk8s-gitea-registry';
import {
  GiteaRegistry,
  PackageOwner,
  PackageSize,
  StorageAccessMode,
  Visibility,
} from 'cdk8s-gitea-registry';
import {
  decisionsSection,
  limitsSection,
  storageSection,
} from '../../../src/delivery/handoff/state';
import { emptyChart, fullProps, minimalProps } from '../../support/registries';

const declaration = (props: Partial<GiteaRegistryProps> = {}) =>
  new GiteaRegistry(emptyChart(), 'Registry', { ...minimalProps(), ...props })._toDeclaration();

const cells = (lines: readonly string[]) =>
  lines
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => line.slice(2, -2));

describe('the limits', () => {
  it('are in a table, -1 said in words', () => {
    expect(cells(limitsSection(declaration()).lines)).toEqual([
      '`LIMIT_SIZE_CONTAINER` | unlimited',
      'largest layer | not declared',
      'longest push of one layer | 1h',
    ]);
    expect(cells(limitsSection(declaration(fullProps())).lines)).toEqual([
      '`LIMIT_SIZE_CONTAINER` | unlimited',
      '`LIMIT_SIZE_GENERIC` | 5 GiB',
      '`LIMIT_SIZE_HELM` | 500 MB',
      '`LIMIT_SIZE_MAVEN` | 1500000',
      '`LIMIT_SIZE_NPM` | 64 MiB',
      '`LIMIT_TOTAL_OWNER_SIZE` | 200 GiB',
      '`LIMIT_TOTAL_OWNER_COUNT` | 5000',
      'largest layer | 2 GiB',
      'longest push of one layer | 1h30m',
    ]);
  });

  it('say unlimited of owners too', () => {
    const limits = { totalOwnerSize: PackageSize.unlimited(), totalOwnerCount: -1 };
    expect(cells(limitsSection(declaration({ limits })).lines)).toEqual(
      expect.arrayContaining([
        '`LIMIT_TOTAL_OWNER_SIZE` | unlimited',
        '`LIMIT_TOTAL_OWNER_COUNT` | unlimited',
      ]),
    );
  });
});

const storage = {
  claim: 'data',
  size: Size.gibibytes(10),
  accessMode: StorageAccessMode.READ_WRITE_ONCE,
};

describe('storage and backup', () => {
  it('say plainly that nothing is declared', () => {
    expect(cells(storageSection(declaration()).lines)).toEqual([
      'Volume | not declared',
      'Blobs | not declared',
      'Backup | none declared: treat every image as reproducible or lost',
    ]);
  });

  it('name volume, folder and backup, the class where it is known', () => {
    expect(cells(storageSection(declaration({ storage, backup: 'nightly | s3' })).lines)).toEqual([
      'Volume | `git/data`, 10Gi, ReadWriteOnce',
      'Blobs | `/data/packages`',
      'Backup | nightly \\| s3',
    ]);
    const classed = { ...storage, storageClass: 'nfs' };
    expect(cells(storageSection(declaration({ storage: classed })).lines)[0]).toBe(
      'Volume | `git/data`, 10Gi, ReadWriteOnce, class nfs',
    );
  });
});

describe('what is to decide', () => {
  const topics = (props?: Partial<GiteaRegistryProps>) =>
    decisionsSection(declaration(props)).lines.map((line) => /^- ([^:]+):/.exec(line)![1]);

  it('follows from what the declaration lacks', () => {
    expect(topics()).toEqual(['Backup', 'Storage', 'Largest layer']);
    expect(topics({ limits: { largestLayer: Size.gibibytes(1) } })).toEqual(['Backup', 'Storage']);
  });

  it('asks whether public owners are meant to be', () => {
    const owner = (visibility: Visibility) => ({
      owners: [PackageOwner.organization('coulomb', { visibility })],
    });
    expect(topics(owner(Visibility.PUBLIC))).toContain('Public owners');
    expect(topics(owner(Visibility.LIMITED))).not.toContain('Public owners');
    expect(topics(owner(Visibility.PRIVATE))).not.toContain('Public owners');
  });

  it('asks other questions where something is declared', () => {
    const text = decisionsSection(declaration({ storage, backup: 'nightly' })).lines.join('\n');
    expect(text).toContain('is the state above enough');
    expect(text).toContain('10Gi are shared');
  });
});
