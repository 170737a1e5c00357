import { REFLECTOR, REPLICATOR } from '../../declaration/pull-secret-copies';
import type { Cursor } from '../cursor';
import { globMatches } from '../glob';

/** Whether a Secret gets into a namespace; `unknown` where something not rendered decides. */
export type Reach = (namespace: string) => boolean | 'unknown';

/**
 * Where emberstack's reflector and mittwald's replicator copy a Secret with these annotations; undefined where they
 * copy it nowhere.
 */
export function reachOfCopies(annotations: Cursor): Reach | undefined {
  const reaches = [reflectorReach(annotations), replicatorReach(annotations)].filter(
    (reach) => reach !== undefined,
  );
  return reaches.length === 0
    ? undefined
    : (namespace) => eitherOf(reaches.map((reach) => reach(namespace)));
}

/** Whether these annotations make a Secret the copy of another: then its data comes from there. */
export function isCopy(annotations: Cursor): boolean {
  return (
    annotations.get(`${REFLECTOR}reflects`).exists ||
    annotations.get(`${REPLICATOR}replicate-from`).exists
  );
}

/** Automatic copies need both switches; an empty list of namespaces means all. */
function reflectorReach(annotations: Cursor): Reach | undefined {
  const on = ['reflection-allowed', 'reflection-auto-enabled'].every(
    (name) => annotations.get(`${REFLECTOR}${name}`).scalar === 'true',
  );
  if (!on) {
    return undefined;
  }
  const bySelector = [
    'reflection-auto-namespaces-selector',
    'reflection-allowed-namespaces-selector',
  ].some((name) => annotations.get(`${REFLECTOR}${name}`).text);
  const lists = ['reflection-auto-namespaces', 'reflection-allowed-namespaces'].map(
    (name) => annotations.get(`${REFLECTOR}${name}`).text?.trim() ?? '',
  );
  return (namespace) =>
    bySelector ? 'unknown' : allOf(lists.map((list) => list === '' || listTakes(list, namespace)));
}

function replicatorReach(annotations: Cursor): Reach | undefined {
  const list = annotations.get(`${REPLICATOR}replicate-to`).text;
  const matching = annotations.get(`${REPLICATOR}replicate-to-matching`).text;
  if (!list && !matching) {
    return undefined;
  }
  return (namespace) =>
    eitherOf([list ? listTakes(list, namespace) : false, matching ? 'unknown' : false]);
}

/**
 * A list of names and regular expressions, separated by commas. Expressions come from foreign documents and are not
 * run: `.*` is understood, everything beyond leaves it open.
 */
function listTakes(list: string, namespace: string): boolean | 'unknown' {
  return eitherOf(
    list.split(',').map((entry) => {
      const pattern = entry.trim().replace(/^\^|\$$/g, '');
      return /^([a-z0-9-]|\.[*])*$/.test(pattern)
        ? globMatches(pattern.replaceAll('.*', '*'), namespace)
        : 'unknown';
    }),
  );
}

function eitherOf(answers: readonly (boolean | 'unknown')[]): boolean | 'unknown' {
  return answers.includes(true) || (answers.includes('unknown') && 'unknown');
}

function allOf(answers: readonly (boolean | 'unknown')[]): boolean | 'unknown' {
  return !answers.includes(false) && (answers.includes('unknown') ? 'unknown' : true);
}
