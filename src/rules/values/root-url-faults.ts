import { splitHost } from '../../declaration/host';
import { quote } from '../../declaration/problem';
import { isTemplate } from '../limits/template-text';
import { isExampleHost } from '../read/example-host';
import { withoutTrailing } from '../read/without-trailing';
import type { Violation } from '../rule';

/** What is wrong with a ROOT_URL, wherever it stands. */
export type RootUrlFault = Pick<Violation, 'observed' | 'expected' | 'severity' | 'why' | 'fix'>;

/** What a ROOT_URL is compared with. */
export interface RootUrlContext {
  /** Path of the web pages by the declaration, empty at the root; absent without one. */
  readonly declaredPath: string | undefined;
  /** Paths of the host's routes; none where no route is rendered. */
  readonly routedPaths: readonly string[];
}

/** Parts of an http URL. */
export interface RootUrlParts {
  readonly scheme: string;
  /** `host[:port]` in lower case, user information cut off. */
  readonly host: string;
  /** What follows the host. */
  readonly path: string;
}

/** The parts of a ROOT_URL; undefined when it is no http URL. */
export function rootUrlParts(text: string): RootUrlParts | undefined {
  const parts = /^(https?):\/\/(?:[^/?#]*@)?([^/?#@]+)([^]*)$/i.exec(text);
  return parts
    ? { scheme: parts[1].toLowerCase(), host: parts[2].toLowerCase(), path: parts[3] }
    : undefined;
}

/** What is wrong with a ROOT_URL. */
export function rootUrlFaults(text: string, context: RootUrlContext): RootUrlFault[] {
  if (isTemplate(text)) {
    return [];
  }
  const named = `ROOT_URL ${quote(text)}`;
  const parts = rootUrlParts(text);
  if (!parts) {
    return [{ observed: `${named} is no URL`, expected: 'https://HOST/' }];
  }
  return [
    ...hostFaults(parts, named),
    ...(parts.scheme === 'http' ? [{ observed: `${named} is http`, expected: 'https' }] : []),
    ...portFaults(parts, named),
    ...pathFaults(parts, context, named),
  ];
}

/** Any other host than the registry's is REG110's affair. */
function hostFaults(parts: RootUrlParts, named: string): RootUrlFault[] {
  const host = withoutDefaultPort(parts);
  return isExampleHost(splitHost(host).name)
    ? [
        {
          observed: `${named} names host ${quote(host)}`,
          expected: "the registry's own host, no name of the manual",
        },
      ]
    : [];
}

function expectedPath(declaredPath: string | undefined): string {
  return declaredPath === undefined
    ? 'no path, or a route for it'
    : declaredPath === ''
      ? 'no path'
      : `the declared path '${declaredPath}'`;
}

function withoutDefaultPort({ scheme, host }: RootUrlParts): string {
  return host.replace(scheme === 'https' ? /:443$/ : /:80$/, '');
}

function portFaults(parts: RootUrlParts, named: string): RootUrlFault[] {
  return withoutDefaultPort(parts) === parts.host
    ? []
    : [
        {
          observed: `${named} writes out the default port`,
          expected: 'no port',
          severity: 'info',
          why: 'Gitea drops the port of the scheme; people who copy it into image references name another host',
          fix: 'leave the port out',
        },
      ];
}

function pathFaults(
  { path }: RootUrlParts,
  { declaredPath, routedPaths }: RootUrlContext,
  named: string,
): RootUrlFault[] {
  const bare = withoutTrailing(path, '/');
  if (bare !== '') {
    const isRouted = routedPaths.length === 0 || routedPaths.some((one) => one.startsWith(bare));
    return bare === declaredPath || (declaredPath === undefined && isRouted)
      ? []
      : [
          {
            observed: `${named} has the path ${quote(bare)}`,
            expected: expectedPath(declaredPath),
            why: 'the forge is served at the root of the host: with a path in ROOT_URL its links, and on Forgejo the token realm, lead to paths nobody serves',
            fix: 'cut the path off, or route it to the forge with the prefix stripped',
          },
        ];
  }
  return path.endsWith('/')
    ? []
    : [
        {
          observed: `${named} ends without a slash`,
          expected: 'a trailing slash',
          severity: 'info',
          why: 'Gitea adds it; written out, the value is the one app.ini and every comparison has',
          fix: 'end it with /',
        },
      ];
}
