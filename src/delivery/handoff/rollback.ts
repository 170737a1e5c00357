import type { RegistryDeclaration, RenderedRouteDeclaration } from '../../declaration/model';
import { ROUTE_KINDS } from '../../declaration/route';
import { grantedSecret, realmName, secretGrantName } from '../../declaration/route-names';
import { extraTokenPath } from '../../declaration/token-realm';
import { upgradeCommand } from '../helm-command';
import { overlaySettings } from '../overlay';
import { valuesFilePath } from '../side-file';
import { releaseValues } from '../release-values';
import { lowerValues } from '../taking';
import { withdrawalLines } from '../withdrawal';
import type { Section } from './markdown';
import { code, shell, table } from './markdown';

/** Objects of the route in the order `kubectl delete` takes them: what leads there, then what that names. */
function routeObjects(route: RenderedRouteDeclaration, declaration: RegistryDeclaration): string[] {
  const { release } = declaration;
  const realm = realmName(release);
  const isSplit = extraTokenPath(declaration) !== undefined;
  const strips = isSplit && route.kind.startsWith('traefik-');
  const grants = route.kind === 'gateway-http-route' && grantedSecret(route, release) !== undefined;
  return [
    `${ROUTE_KINDS[route.kind].toLowerCase()}/${route.name}`,
    ...(isSplit && route.kind.endsWith('-ingress') ? [`ingress/${realm}`] : []),
    ...(strips ? [`middleware.traefik.io/${realm}`] : []),
    ...(grants ? [`referencegrant/${secretGrantName(release)}`] : []),
  ];
}

function routeLines(declaration: RegistryDeclaration): string[] {
  const { route, release } = declaration;
  if (route?.kind === 'none') {
    return ['', `3. Leave the route alone: it is served by ${route.servedBy}.`];
  }
  if (!route) {
    return [];
  }
  const { tls } = route;
  const objects = routeObjects(route, declaration);
  const named = objects.length === 1 ? objects[0].replace('/', ' ') : objects.join(' ');
  const removal = `3. Remove the route: \`kubectl delete ${named} -n ${release.namespace}\`.`;
  return tls.source === 'listener'
    ? ['', `${removal} The Gateway and its certificate stay.`]
    : [
        '',
        `${removal} Keep the Secret ${code(tls.secretName)}`,
        '   as long as another route uses it.',
      ];
}

/** What to write back: the live value where it is known, else what the operator noted. */
function before(live: string | undefined, initial: string | undefined): string {
  if (live !== undefined) {
    return code(live);
  }
  const noted = 'as noted before the change';
  return initial === undefined ? noted : `${noted}; ${code(initial)} if it was never set`;
}

/** Values beside the settings hold only while they are written; nothing has to be written back for them. */
function besideLines(declaration: RegistryDeclaration): string[] {
  const { gitea, others } = releaseValues(declaration);
  const keys = [...Object.keys(gitea).map((key) => `gitea.${key}`), ...Object.keys(others)];
  return keys.length === 0
    ? []
    : [
        '',
        `Drop what stands beside the settings, which no volume keeps: ${keys.map(code).join(', ')}.`,
      ];
}

/** A file of the operator; the overlay itself is generated. */
const ROLLBACK_FILE = 'rollback-values.yaml';

/** The two steps that write old values back: through a file of its own, or through the values below the overlay. */
function writeBackLines(declaration: RegistryDeclaration, values: readonly string[]): string[] {
  const { delivery, release } = declaration;
  const then = 'then check that the web UI, `git fetch` and `git push` work:';
  return delivery === undefined
    ? [
        'values back once, then leave both files out of later upgrades.',
        '',
        `1. Copy \`${valuesFilePath(declaration)}\` to \`${ROLLBACK_FILE}\` and put the values of the last column into the copy:`,
        '',
        ...values,
        '',
        `2. Upgrade with it, ${then}`,
        '',
        ...shell(upgradeCommand(release, ROLLBACK_FILE)),
      ]
    : [
        'values back once, through the values below the overlay.',
        '',
        `1. Put the values of the last column below \`gitea.config\` of the values under the overlay (${lowerValues(declaration)}); of several the last wins:`,
        '',
        ...values,
        '',
        `2. Take the overlay out, ${then}`,
        '',
        ...withdrawalLines(delivery, declaration).map((line) => `   ${line}`),
      ];
}

/** How to take the overlay back. */
export function rollbackSection(declaration: RegistryDeclaration): Section {
  const { release } = declaration;
  const rows = overlaySettings(declaration).map(({ section, key, value, initial }) => [
    code(`${section}.${key}`),
    code(value),
    before(release.liveConfig[`${section}.${key}`], initial),
  ]);
  const added = declaration.config.added.map(({ section, key }) => [
    code(`${section}.${key}`),
    'set by the app',
    before(release.liveConfig[`${section}.${key}`], undefined),
  ]);
  return {
    title: 'Rollback',
    lines: [
      'app.ini lives on the volume and is only ever merged into: dropping the overlay changes nothing. Write the old',
      ...writeBackLines(declaration, [
        ...table(['Key', 'Overlay', 'Write back'], [...rows, ...added]),
        ...besideLines(declaration),
      ]),
      ...routeLines(declaration),
      '',
      declaration.objectStorage
        ? 'Images already pushed stay in the object store: copy them back with `gitea migrate-storage` first, or they are missing.'
        : 'Images already pushed stay on the volume.',
    ],
  };
}
