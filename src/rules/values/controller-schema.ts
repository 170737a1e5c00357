import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import type { ChartValues } from '../read/chart-values';
import { chartLine } from '../read/traefik-chart-line';
import type { Rule, Violation } from '../rule';
import { gatewayLevels } from './gateway-levels';
import type { LineKey } from './traefik-value-keys';
import { CLOSED_SINCE, LINE_KEYS } from './traefik-value-keys';

/** REG641: a key of another line of the chart is refused, or dropped without a word. */
export const controllerSchema: Rule = {
  code: 'REG641',
  slug: 'controller-schema',
  title: 'rendered controller values and Gateway objects fit the installed versions',
  severity: 'error',
  gate: 'Traefik chart 28, 34, 39, 41; Traefik 3.6 with Gateway API 1.4, 3.7 with 1.5',
  why: 'each line of the Traefik chart has keys of its own: the others are dropped without a word, so that a timeout or a redirect is never set, or, where the schema is closed, helm refuses the values whole',
  shows: [
    "helm: `values don't meet the specifications of the schema(s) in the following chart(s): traefik: at '/ports/websecure': additional properties 'tls' not allowed`",
    'helm: `ERROR: redirectTo syntax has been removed in v34 of this Chart`',
    "Traefik's log: `failed to list *v1.BackendTLSPolicy: the server could not find the requested resource`, and every HTTPRoute answers 404",
  ],
  fix: "write the keys of the chart version that is installed, and apply the Gateway API's CRDs before the Traefik that reads them",
  unseen:
    'what the chart dropped is an answer that is missing: a timeout, a redirect, a route; the versions stand in the cluster only',
  links: [
    'https://github.com/traefik/traefik-helm-chart/pull/1603',
    'https://github.com/traefik/traefik-helm-chart/pull/1887',
    'https://github.com/traefik/traefik/issues/12321',
  ],
  judgeEstate: (estate) => [
    ...estate.values
      .filter(({ chart }) => chart === 'traefik')
      .flatMap((values) => foreignKeys(values, estate)),
    ...gatewayLevels(estate),
  ],
};

/** Keys in the values of one Traefik that its chart does not have. */
function foreignKeys(values: ChartValues, estate: Estate): Violation[] {
  const line = chartLine(values, estate);
  return line === undefined
    ? []
    : LINE_KEYS.filter((key) => !isOf(key, line)).flatMap((key) =>
        keyViolations(key, values, line),
      );
}

function isOf({ since = 0, until = Infinity }: LineKey, line: number): boolean {
  return since <= line && line < until;
}

function keyViolations(key: LineKey, { root }: ChartValues, line: number): Violation[] {
  return key
    .places(root)
    .filter(({ exists }) => exists)
    .map((at) => {
      const instead = key.instead(at, line);
      return {
        at,
        observed: `\`${keyBelow(root, at)}\` with chart ${line}, ${reasonOf(key, line)}`,
        expected: instead,
        why: isRefused(key, line)
          ? 'helm refuses the values whole: nothing of the upgrade is applied, and Traefik goes on as it was, or is never installed'
          : 'the chart reads past the key without a word: Traefik runs without the setting',
        fix: `write ${instead}, or use a chart that has the key`,
      };
    });
}

/** A key as the values name it, wherever they stand. */
function keyBelow(root: Cursor, at: Cursor): string {
  return at.path.slice(root.path.length).replace(/^\./, '');
}

function reasonOf({ since, until = 0 }: LineKey, line: number): string {
  return since !== undefined && line < since
    ? `the first to have it is ${since}`
    : `the last to have it was ${until - 1}`;
}

/** What the chart once had it refuses by name or schema; what it will have one day only a closed schema refuses. */
function isRefused({ since = 0 }: LineKey, line: number): boolean {
  return line >= since || line >= CLOSED_SINCE;
}
