import { cleanupSettings } from './cleanup';
import { rootUrl, splitHost } from './host';
import type { RegistryDeclaration } from './model';
import { objectStorageSettings } from './object-storage-settings';
import { limitKey } from './package-type';
import { replicaSettings } from './replicas';

/** An app.ini setting a declaration owns. */
export interface OwnedSetting {
  /** Section in lower case. */
  readonly section: string;
  /** Key in upper case. */
  readonly key: string;
  /** The value, as app.ini holds it. */
  readonly value: string;
  /** What a changed value does to a running Gitea, in a few words. */
  readonly effect: string;
  /** What Gitea takes when the key was never written. Absent where that depends on the release. */
  readonly initial?: string;
}

const serverSettings = (declaration: RegistryDeclaration): OwnedSetting[] => {
  const { host, uiHost = host, sshDomain, release } = declaration;
  return (
    [
      [
        'ROOT_URL',
        rootUrl(declaration),
        'links, mails and, where no proxy header says otherwise, the token realm',
      ],
      ['DOMAIN', splitHost(uiHost).name, 'the name the application calls itself'],
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
};

const packageSettings = ({ limits }: RegistryDeclaration): OwnedSetting[] => [
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
export function ownedSettings(declaration: RegistryDeclaration): OwnedSetting[] {
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
    ...objectStorageSettings(declaration.objectStorage),
    ...replicaSettings(declaration),
    ...cleanupSettings(declaration),
  ];
}
