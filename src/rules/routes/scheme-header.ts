import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import { V2 } from '../read/route';
import type { Treatment } from '../read/treatment';
import { treatmentName, treatmentsOf } from '../read/treatment';
import type { RegistryView } from '../registry-view';
import type { Violation } from '../rule';
import { servingRoutes, V2_PING } from './serving';
import { snippetFor } from './snippet';

/** The header Gitea takes the scheme of the realm from; names of headers have no case. */
const HEADER = 'x-forwarded-proto';

/** Places on the way of `/v2` that write X-Forwarded-Proto, and not `https`. */
export function schemeHeaderFaults(registry: RegistryView): Violation[] {
  return servingRoutes(registry, V2_PING).flatMap((route) =>
    treatmentsOf(route, registry.estate).flatMap(headerFaults),
  );
}

function headerFaults(treatment: Treatment): Violation[] {
  const { type, at } = treatment;
  switch (type) {
    case 'headers':
      return at.manifest.kind === 'HTTPRoute'
        ? filterFaults(treatment)
        : at
            .get('customRequestHeaders')
            .entries()
            .filter(([name]) => name.toLowerCase() === HEADER)
            .flatMap(([, value]) => valueFaults(treatment, value, value.scalar ?? ''));
    case 'snippet':
      return snippetFaults(treatment);
    default:
      return [];
  }
}

/** An empty value removes the header (Traefik), and ROOT_URL decides. */
function valueFaults(treatment: Treatment, at: Cursor, text: string): Violation[] {
  return text === '' || text === 'https'
    ? []
    : [
        {
          at,
          observed: `${treatmentName(treatment)} sets X-Forwarded-Proto to ${quote(text)}`,
          expected: "'https', that word alone",
          why: 'Gitea copies the header word for word in front of `://HOST/v2/token`',
          fix: 'set it to `https`, or drop the line',
        },
      ];
}

/** A RequestHeaderModifier of an HTTPRoute: `set` replaces, `add` appends. */
function filterFaults(treatment: Treatment): Violation[] {
  const modifier = treatment.at.get('requestHeaderModifier');
  const named = (list: Cursor): Cursor[] =>
    list.items().filter((entry) => entry.get('name').text?.toLowerCase() === HEADER);
  return [
    ...named(modifier.get('set')).flatMap((entry) =>
      valueFaults(treatment, entry.get('value'), entry.get('value').scalar ?? ''),
    ),
    ...named(modifier.get('add')).map((entry) => ({
      at: entry,
      observed: `${treatmentName(treatment)} appends to X-Forwarded-Proto`,
      expected: 'one value: `set` in place of `add`',
      why: 'the proxy has written the header already; a second value makes a list of it, and a realm that is no URL',
      fix: 'move the header from `add` to `set`',
    })),
  ];
}

/** `proxy_set_header X-Forwarded-Proto …;` in a snippet of nginx. */
const DIRECTIVE = /(?:^|[\s;{}])proxy_set_header\s+x-forwarded-proto\s+([^;\n]{1,200});/gi;

/** The word, or one variable of nginx: `$scheme`, `$pass_access_scheme`, one of a map. */
const ONE_SCHEME = /^(https|\$\w+)$/;

function snippetFaults(treatment: Treatment): Violation[] {
  return [...snippetFor(treatment, V2).matchAll(DIRECTIVE)]
    .map(([, value]) => value.trim().replace(/^(["'])(.*)\1$/, '$2'))
    .filter((value) => !ONE_SCHEME.test(value))
    .flatMap((value) => valueFaults(treatment, treatment.at, value));
}
