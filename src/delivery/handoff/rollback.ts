import type { RegistryDeclaration, RouteDeclaration } from '../../declaration/model';
import { renderedRoute, ROUTE_KINDS } from '../../declaration/route';
import { upgradeCommand } from '../helm-command';
import { overlaySettings } from '../overlay';
import { valuesFilePath } from '../side-file';
import type { Section } from './markdown';
import { code, shell, table } from './markdown';

function routeLines(declared: RouteDeclaration | undefined, namespace: string): string[] {
  const route = renderedRoute(declared);
  if (!route) {
    return [];
  }
  const kind = ROUTE_KINDS[route.kind].toLowerCase();
  return [
    '',
    `3. Remove the route: \`kubectl delete ${kind} ${route.name} -n ${namespace}\`. Keep the Secret ${code(route.tls.secretName)}`,
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

/** A file of the operator; the overlay itself is generated. */
const ROLLBACK_FILE = 'rollback-values.yaml';

/** How to take the overlay back. */
export function rollbackSection(declaration: RegistryDeclaration): Section {
  const { release, route } = declaration;
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
      'values back once, then leave both files out of later upgrades.',
      '',
      `1. Copy \`${valuesFilePath(declaration)}\` to \`${ROLLBACK_FILE}\` and put the values of the last column into the copy:`,
      '',
      ...table(['Key', 'Overlay', 'Write back'], [...rows, ...added]),
      '',
      '2. Upgrade with it, then check that the web UI, `git fetch` and `git push` work:',
      '',
      ...shell(upgradeCommand(release, ROLLBACK_FILE)),
      ...routeLines(route, release.namespace),
      '',
      'Images already pushed stay on the volume.',
    ],
  };
}
