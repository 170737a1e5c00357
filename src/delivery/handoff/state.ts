import type { LimitsDeclaration, RegistryDeclaration } from '../../declaration/model';
import { limitKey } from '../../declaration/package-type';
import type { Section } from './markdown';
import { code, table } from './markdown';

function limitRows(limits: LimitsDeclaration): string[][] {
  const shown = (value: string): string => (value === '-1' ? 'unlimited' : value);
  return [
    ...Object.entries(limits.perType).map(([type, value]) => [code(limitKey(type)), shown(value)]),
    ...(limits.totalOwnerSize === undefined
      ? []
      : [[code('LIMIT_TOTAL_OWNER_SIZE'), shown(limits.totalOwnerSize)]]),
    ...(limits.totalOwnerCount === undefined
      ? []
      : [[code('LIMIT_TOTAL_OWNER_COUNT'), shown(`${limits.totalOwnerCount}`)]]),
    ['largest layer', limits.largestLayer ?? 'not declared'],
    ['longest push of one layer', limits.pushBudget],
  ];
}

/** Limits in force. */
export function limitsSection({ limits }: RegistryDeclaration): Section {
  return {
    title: 'Limits',
    lines: [
      ...table(['Limit', 'Value'], limitRows(limits)),
      '',
      'Limits are checked after the whole upload. A refused container upload deletes the stored blob of that digest',
      'for every owner: leave `LIMIT_SIZE_CONTAINER` and `LIMIT_TOTAL_OWNER_SIZE` at -1 and watch sizes instead.',
    ],
  };
}

/** Where the bytes are and whether they are backed up. */
export function storageSection({ storage, backup, release }: RegistryDeclaration): Section {
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
        ['Blobs', storage ? code(storage.path) : 'not declared'],
        ['Backup', backup ?? 'none declared: treat every image as reproducible or lost'],
      ],
    ),
  };
}

/** What the platform team has to decide, from what the declaration lacks. */
export function decisionsSection({
  storage,
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
    ...(storage === undefined
      ? ['Storage: which volume or bucket holds the blobs, and how large is it?']
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
