import type { AppIni } from '../declaration/app-ini';
import { rootUrl, splitHost } from '../declaration/host';
import type { ConfigKeyDeclaration, RegistryDeclaration } from '../declaration/model';
import { limitKey } from '../declaration/package-type';

/** One app.ini setting the overlay writes. */
export interface OverlaySetting {
  /** Section in lower case. */
  readonly section: string;
  /** Key in upper case. */
  readonly key: string;
  /** The value, as app.ini holds it. */
  readonly value: string;
  /** What a changed value does to a running Gitea, in a few words. Absent for `addConfig`. */
  readonly effect?: string;
  /** What Gitea takes when the key was never written. Absent where that depends on the release. */
  readonly initial?: string;
}

/** A setting of `addConfig`, with the value only the app knows. */
export type AddedSetting = Required<Pick<OverlaySetting, 'section' | 'key' | 'value'>>;

const serverSettings = ({ host, sshDomain, release }: RegistryDeclaration): OverlaySetting[] =>
  (
    [
      [
        'ROOT_URL',
        rootUrl(host),
        'links, mails and, where no proxy header says otherwise, the token realm',
      ],
      ['DOMAIN', splitHost(host).name, 'the name the application calls itself'],
      ['SSH_DOMAIN', sshDomain, 'ssh clone URLs'],
      ['PROTOCOL', 'http', 'what the application itself speaks; TLS ends at the ingress', 'http'],
      [
        'HTTP_PORT',
        `${release.httpService.appPort}`,
        'port of the application and targetPort of its Service',
        '3000',
      ],
    ] as const
  ).map(([key, value, effect, initial]) => ({ section: 'server', key, value, effect, initial }));

const packageSettings = ({ limits }: RegistryDeclaration): OverlaySetting[] => [
  {
    section: 'packages',
    key: 'ENABLED',
    value: 'true',
    effect: 'whether /v2 and /api/packages exist',
    initial: 'true',
  },
  ...Object.entries(limits.perType).map(([type, value]) => ({
    section: 'packages',
    key: limitKey(type),
    value,
    effect: `the largest single ${type === 'container' ? 'blob' : `${type} upload`}; -1 is unlimited`,
    initial: '-1',
  })),
  ...(limits.totalOwnerSize === undefined
    ? []
    : [
        {
          section: 'packages',
          key: 'LIMIT_TOTAL_OWNER_SIZE',
          value: limits.totalOwnerSize,
          effect: 'bytes of all files of one owner, shared layers counted each time',
          initial: '-1',
        },
      ]),
  ...(limits.totalOwnerCount === undefined
    ? []
    : [
        {
          section: 'packages',
          key: 'LIMIT_TOTAL_OWNER_COUNT',
          value: `${limits.totalOwnerCount}`,
          effect: 'package versions of one owner, untagged ones included',
          initial: '-1',
        },
      ]),
];

/** The settings the declaration itself owns, defaults written out: app.ini on the volume never forgets. */
export function ownedSettings(declaration: RegistryDeclaration): OverlaySetting[] {
  return [
    ...packageSettings(declaration),
    {
      section: 'repository',
      key: 'DISABLED_REPO_UNITS',
      value: '',
      effect: 'which parts every repository lacks; without repo.packages nothing can be linked',
      initial: '',
    },
    ...serverSettings(declaration),
  ];
}

/** Order of settings wherever they are listed: by section, then by key. */
export function bySectionAndKey(a: ConfigKeyDeclaration, b: ConfigKeyDeclaration): number {
  return compareText(a.section, b.section) || compareText(a.key, b.key);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Every setting of the overlay, sorted by section and key: owned, reset and added ones. */
export function overlaySettings(
  declaration: RegistryDeclaration,
  added: readonly AddedSetting[] = [],
): OverlaySetting[] {
  return [...ownedSettings(declaration), ...declaration.config.reset, ...added].sort(
    bySectionAndKey,
  );
}

/** Sections of a sorted list of settings, as app.ini has them. */
export function bySection(settings: readonly OverlaySetting[]): AppIni {
  const sections = new Map<string, Map<string, string>>();
  for (const { section, key, value } of settings) {
    const keys = sections.get(section) ?? new Map<string, string>();
    sections.set(section, keys.set(key, value));
  }
  return sections;
}
