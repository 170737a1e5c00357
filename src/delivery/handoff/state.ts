import type { CleanupDeclaration, RegistryDeclaration } from '../../declaration/model';
import { ownedSettings } from '../../declaration/owned-settings';
import type { Section } from './markdown';
import { code, table } from './markdown';

function limitRows(declaration: RegistryDeclaration): string[][] {
  const { largestLayer, pushBudget } = declaration.limits;
  const written = ownedSettings(declaration).filter(({ key }) => key.startsWith('LIMIT_'));
  return [
    ...written.map(({ key, value }) => [code(key), value === '-1' ? 'unlimited' : value]),
    ['largest layer', largestLayer ?? 'not declared'],
    ['longest push of one layer', pushBudget],
  ];
}

/** Limits in force. */
export function limitsSection(declaration: RegistryDeclaration): Section {
  return {
    title: 'Limits',
    lines: [
      ...table(['Limit', 'Value'], limitRows(declaration)),
      '',
      'Limits are checked after the whole upload. A refused container upload deletes the stored blob of that digest',
      'for every owner: leave `LIMIT_SIZE_CONTAINER` and `LIMIT_TOTAL_OWNER_SIZE` at -1 and watch sizes instead.',
    ],
  };
}

function blobPlace({
  storage,
  objectStorage,
}: Pick<RegistryDeclaration, 'storage' | 'objectStorage'>): string {
  if (!objectStorage) {
    return storage ? code(storage.path) : 'not declared';
  }
  const { endpoint, basePath, serveDirect } = objectStorage;
  const place =
    objectStorage.type === 's3'
      ? `bucket ${code(objectStorage.bucket)}`
      : `container ${code(objectStorage.container)}`;
  const ways = serveDirect ? 'clients are redirected there' : 'served by the release alone';
  return `${place}, folder ${code(basePath)}, at ${code(endpoint)}; ${ways}`;
}

function cleanupText({ enabled, olderThan, schedule }: CleanupDeclaration): string {
  return enabled
    ? `${code(schedule)}: blobs no version refers to, older than ${olderThan}`
    : 'off: blobs of deleted versions stay';
}

/** Where the bytes are and whether they are backed up. */
export function storageSection({
  storage,
  objectStorage,
  cleanup,
  backup,
  release,
}: RegistryDeclaration): Section {
  return {
    title: 'Storage and backup',
    lines: table(
      ['', ''],
      [
        [
          'Volume',
          storage
            ? `${code(`${release.namespace}/${storage.claim}`)}, ${storage.size}, ${storage.accessMode}${storage.storageClass ? `, class ${storage.storageClass}` : ''}`
            : 'not declared',
        ],
        ['Blobs', blobPlace({ storage, objectStorage })],
        ...(cleanup ? [['Cleanup', cleanupText(cleanup)]] : []),
        ['Backup', backup ?? 'none declared: treat every image as reproducible or lost'],
      ],
    ),
  };
}

/** What the platform team has to decide, from what the declaration lacks. */
export function decisionsSection({
  storage,
  objectStorage,
  backup,
  limits,
  owners,
}: RegistryDeclaration): Section {
  const open = [
    ...(backup === undefined
      ? [
          'Backup: database first, then the blobs, plus the signing keys of app.ini. Nothing is declared.',
        ]
      : ['Backup: is the state above enough for what teams store here?']),
    ...(storage === undefined && objectStorage === undefined
      ? ['Storage: which volume or bucket holds the blobs, and how large is it?']
      : []),
    ...(storage === undefined
      ? []
      : [
          `Storage: ${storage.size} are shared with repositories, LFS and temporary files; who watches the fill level?`,
        ]),
    ...(limits.largestLayer === undefined
      ? ['Largest layer: proxies and volume are sized by it.']
      : []),
    ...(owners.some((owner) => owner.visibility === 'public')
      ? [
          'Public owners: everything pushed there is readable without an account. Is that meant for every image?',
        ]
      : []),
  ];
  return { title: 'To decide by the platform team', lines: open.map((line) => `- ${line}`) };
}
