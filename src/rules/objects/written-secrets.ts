import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import { isStandIn } from '../read/secret-text';
import type { Violation } from '../rule';

/** Names of keys that hold no secret even in a Secret. */
const OPEN_KEYS = /^(username|user|email|ca\.crt|tls\.crt|host|port|database)$/i;

/** Names of keys that hold one. */
const CLOSED_KEYS =
  /(password|passwd|token|secret|private|^\.dockerc(onfigjson|fg)$|^tls\.key$|_key$|[a-z]Key$)/i;

/** A Secret whose values are written out; at most one violation, at its most telling key. */
export function writtenSecret(root: Cursor): Violation[] {
  const helm = isMadeByHelm(root);
  const entries = (['stringData', 'data'] as const).flatMap((field) =>
    root
      .get(field)
      .entries()
      .filter(([, at]) => isWritten(at, field === 'data'))
      .map(([key, at]) => ({ key, at, encoded: field === 'data' })),
  );
  const closed = entries.find(({ key }) => CLOSED_KEYS.test(key));
  const other = helm ? undefined : entries.find(({ key }) => !OPEN_KEYS.test(key));
  const found = closed ?? other;
  return found ? [inSecret(found, helm)] : [];
}

/** Whether an object says Helm made it, `helm template` included. */
export function isMadeByHelm(root: Cursor): boolean {
  return root.get('metadata', 'labels', 'app.kubernetes.io/managed-by').text === 'Helm';
}

function isWritten({ text }: Cursor, encoded: boolean): boolean {
  if (text === undefined || isStandIn(text)) {
    return false;
  }
  return !encoded || !isStandIn(Buffer.from(text, 'base64').toString('utf8'));
}

interface Entry {
  readonly key: string;
  readonly at: Cursor;
  readonly encoded: boolean;
}

function inSecret({ key, at, encoded }: Entry, helm: boolean): Violation {
  return {
    at,
    observed: `the value of ${quote(key)} is written out${encoded ? ', in base64' : ''}`,
    expected: 'an ExternalSecret, a SealedSecret, a SOPS file, or a Secret made by hand',
    ...(helm && RENDERED),
  };
}

/** A chart's own Secret holds data by nature: what matters is where the rendering goes. */
export const RENDERED = {
  severity: 'warning',
  why: 'this Secret is rendered by a chart: in a pipeline that is as it must be, committed to Git it is a leak',
  fix: 'keep renderings out of Git, or give the chart `existingSecret` keys so that it renders none',
} as const;
