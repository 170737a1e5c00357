import type { Cursor } from '../cursor';
import { plainPattern } from '../read/path-pattern';
import type { Treatment } from '../read/treatment';
import { treatmentName, treatmentsOf } from '../read/treatment';
import type { RegistryView } from '../registry-view';
import type { Violation } from '../rule';
import { PACKAGES, servingRoutes } from './serving';
import { snippetFor } from './snippet';

/** What refuses or decodes `%2F` on the way to the package API, route by route. */
export function decodingFaults(registry: RegistryView): Violation[] {
  return servingRoutes(registry, PACKAGES).flatMap((route) =>
    treatmentsOf(route, registry.estate).flatMap(faults),
  );
}

function faults(treatment: Treatment): Violation[] {
  const { type, at } = treatment;
  switch (type) {
    case 'encodedCharacters':
      return refusal(treatment, at.get('allowEncodedSlash'));
    case 'replacePathRegex':
    case 'replacePath':
      // Traefik and Gateways rewrite the path as it came; nginx the decoded one.
      return at.text === undefined ? [] : [decoded(treatment)];
    case 'snippet':
      return decodes(snippetFor(treatment, '/api/packages')) ? [decoded(treatment)] : [];
    default:
      return [];
  }
}

/** The middleware refuses what it does not allow (Traefik 3.7). */
function refusal(treatment: Treatment, allowed: Cursor): Violation[] {
  return allowed.value === true
    ? []
    : [
        {
          at: allowed.exists ? allowed : treatment.via,
          observed: `${treatmentName(treatment)} refuses '%2F'${allowed.exists ? '' : ', as it does by default'}`,
          expected: '`allowEncodedSlash: true`',
          fix: '`allowEncodedSlash: true` in the middleware, or leave it out on this host',
        },
      ];
}

/** `proxy_pass` with a path behind the host: nginx puts the decoded rest of the request behind it. */
const PASS_WITH_URI = /(?:^|[\s;{}])proxy_pass\s+https?:\/\/[^\s;/]+\//;

/** `rewrite PATTERN TARGET break`: nginx passes the decoded path on where the pattern matches. */
const REWRITE = /(?:^|[\s;{}])rewrite\s+(\S+)\s+\S+\s+break/g;

/** A path npm asks, as nginx compares it. */
const SAMPLE = `${PACKAGES}owner/npm/@scope/name`;

function decodes(snippet: string): boolean {
  return (
    PASS_WITH_URI.test(snippet) ||
    [...snippet.matchAll(REWRITE)].some(([, pattern]) => plainPattern(pattern)?.test(SAMPLE))
  );
}

function decoded(treatment: Treatment): Violation {
  return {
    at: treatment.via,
    observed: `${treatmentName(treatment)} makes nginx decode '%2F'`,
    expected: 'the path passed on as it comes',
    fix: 'no rewrite on this host, and `proxy_pass http://NAME:PORT;` without a slash behind it',
  };
}
