import type { Cursor } from '../cursor';

/** A key of the chart's values that not every major of the chart has. */
export interface LineKey {
  /** First major that reads it. */
  readonly since?: number;
  /** First major that does not have it any more, and refuses it. */
  readonly until?: number;
  /** Where it stands in these values. */
  readonly places: (root: Cursor) => readonly Cursor[];
  /** What the values say instead, for a chart that does not have the key. */
  readonly instead: (at: Cursor, line: number) => string;
}

/** First major whose schema is closed: helm refuses keys it does not know (`values.schema.json`). */
export const CLOSED_SINCE = 39;

/** Options of an entry point's routers: beside `port` up to chart 38, below `http` since 39. */
const ROUTER_KEYS = ['tls', 'middlewares'] as const;

/**
 * Keys by chart major. Sources: values.yaml, values.schema.json, templates and changelog of the Traefik chart, majors 25
 * to 41.
 */
export const LINE_KEYS: readonly LineKey[] = [
  {
    since: 28,
    places: (root) => ofPorts(root, ['transport']),
    instead: (at) =>
      `\`additionalArguments\` with \`--entryPoints.${portOf(at)}.transport.respondingTimeouts.readTimeout=…\``,
  },
  {
    since: 39,
    places: (root) => ofPorts(root, ...ROUTER_KEYS.map((key) => ['http', key])),
    instead: (at) => `\`ports.${portOf(at, 2)}.${at.step}\``,
  },
  {
    since: 39,
    places: (root) => ofPorts(root, ['http', 'redirections']),
    instead: (at, line) =>
      `\`ports.${portOf(at, 2)}.${line < 34 ? 'redirectTo' : 'redirections.entryPoint'}\``,
  },
  {
    until: 39,
    places: (root) => ofPorts(root, ...ROUTER_KEYS.map((key) => [key])),
    instead: (at) => `\`ports.${portOf(at)}.http.${at.step}\``,
  },
  {
    since: 34,
    until: 39,
    places: (root) => ofPorts(root, ['redirections']),
    instead: (at, line) =>
      `\`ports.${portOf(at)}.${line < 34 ? 'redirectTo' : 'http.redirections'}\``,
  },
  {
    until: 34,
    places: (root) => ofPorts(root, ['redirectTo']),
    instead: (at, line) =>
      `\`ports.${portOf(at)}.${line < 39 ? 'redirections.entryPoint' : 'http.redirections.entryPoint'}\``,
  },
  {
    until: 41,
    places: (root) => [root.get('logs')],
    instead: () => '`log` for `logs.general`, and `accessLog` for `logs.access`',
  },
  {
    since: 41,
    places: (root) => [root.get('log')],
    instead: () => '`logs.general`',
  },
  {
    since: 41,
    places: (root) => [root.get('accessLog')],
    instead: () => '`logs.access`',
  },
];

/** The places of keys below each port. */
function ofPorts(root: Cursor, ...keys: readonly (readonly string[])[]): Cursor[] {
  return root
    .get('ports')
    .entries()
    .flatMap(([, port]) => keys.map((key) => port.get(...key)));
}

/** Name of the port a key stands below. */
function portOf(at: Cursor, steps = 1): string {
  const port = Array.from({ length: steps }).reduce<Cursor | undefined>((one) => one?.outer, at);
  return `${port?.step}`;
}
