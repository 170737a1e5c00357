import { entryPointsOf as declaredEntryPoints } from '../../declaration/route';
import { quote } from '../../declaration/problem';
import { controllerOf } from '../read/controller';
import type { Route } from '../read/route';
import {
  answersPlainHttpOnly,
  publicEntryPoints,
  takenEntryPoints,
} from '../read/taken-entry-points';
import type { EntryPoint, StaticOption, TraefikStatic } from '../read/traefik-static';
import { option } from '../read/traefik-static';
import type { RegistryView } from '../registry-view';
import type { Violation } from '../rule';

/** Entry points of Traefik that refuse `%2F`: by what is written, or by default of a few releases. */
export function encodedCharacterFaults(registry: RegistryView): Violation[] {
  return registry.estate.traefiks.flatMap((traefik) => {
    const entryPoints = entryPointsOf(registry, traefik);
    return [
      ...entryPoints.flatMap(({ name }) => refusedByOption(traefik, name)),
      ...refusedByDefault(traefik, entryPoints),
    ];
  });
}

/** The entry points the host is routed on; without routes those declared, without these all that are public. */
function entryPointsOf(registry: RegistryView, traefik: TraefikStatic): readonly EntryPoint[] {
  const { routes, declaration, estate } = registry;
  if (routes.length > 0) {
    const taken = secureRoutes(registry)
      .filter((route) => controllerOf(route, estate) === 'traefik')
      .flatMap((route) => takenEntryPoints(route, traefik, estate));
    return [...new Set(taken)];
  }
  const declared = declaredEntryPoints(declaration?.route);
  return publicEntryPoints(traefik).filter(({ name }) => declared?.includes(name) ?? true);
}

/** Beside routes of https those of plain http only redirect. */
function secureRoutes({ routes, estate }: RegistryView): readonly Route[] {
  const secure = routes.filter((route) => !answersPlainHttpOnly(route, estate));
  return secure.length > 0 ? secure : routes;
}

function slashOption(traefik: TraefikStatic, name: string): StaticOption | undefined {
  return option(traefik, `entrypoints.${name}.http.encodedcharacters.allowencodedslash`);
}

function refusedByOption(traefik: TraefikStatic, name: string): Violation[] {
  const written = slashOption(traefik, name);
  return written?.text === 'false'
    ? [
        {
          at: written.at,
          observed: `entry point ${quote(name)} refuses '%2F'`,
          expected: '`allowEncodedSlash: true`, or nothing',
        },
      ]
    : [];
}

/** Releases that refuse by default, newest patch of each line last (traefik#12360, undone by traefik#12540). */
const REFUSING: readonly (readonly [line: string, first: number, last: number])[] = [
  ['2.11', 32, 34],
  ['3.6', 3, 6],
];

/** Releases that overlook the option on some routers (traefik#12437). */
const OVERLOOKING: readonly string[] = ['2.11.33', '3.6.5'];

function refusedByDefault(traefik: TraefikStatic, entryPoints: readonly EntryPoint[]): Violation[] {
  const { version = '', versionAt } = traefik;
  if (versionAt === undefined || !refuses(version) || entryPoints.length === 0) {
    return [];
  }
  const allowed = entryPoints.every(({ name }) => slashOption(traefik, name)?.text === 'true');
  const overlooked = allowed && OVERLOOKING.includes(version);
  return allowed && !overlooked
    ? []
    : [
        {
          at: versionAt,
          observed: `Traefik ${version}, which ${overlooked ? 'overlooks allowEncodedSlash on some routers' : "refuses '%2F' by default"}`,
          expected: `Traefik ${version.startsWith('2.') ? '2.11.35' : '3.6.7'} or later`,
          ...(overlooked && { severity: 'warning' as const }),
        },
      ];
}

function refuses(version: string): boolean {
  const patch = Number(version.slice(version.lastIndexOf('.') + 1));
  return REFUSING.some(
    ([line, first, last]) => version.startsWith(`${line}.`) && patch >= first && patch <= last,
  );
}
