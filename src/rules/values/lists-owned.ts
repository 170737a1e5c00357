import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { Rule, Violation } from '../rule';
import type { Layers } from './values-layers';
import { valuesLayers } from './values-layers';

/** Lists of both charts whose entries an overlay is tempted to add to. */
const LISTS: readonly (readonly string[])[] = [
  ['gitea', 'additionalConfigSources'],
  ['gitea', 'additionalConfigFromEnvs'],
  ['deployment', 'env'],
  ['extraDeploy'],
  ['extraVolumes'],
  ['extraContainerVolumeMounts'],
  ['extraInitVolumeMounts'],
  ['extraVolumeMounts'],
];

/** Lists of hosts: those of a base may be replaced on purpose; only the registry's own must stay. */
const HOST_LISTS: readonly (readonly string[])[] = [
  ['ingress', 'hosts'],
  ['httpRoute', 'hostnames'],
];

/** REG636: Helm merges maps and replaces lists. */
export const listsOwned: Rule = {
  code: 'REG636',
  slug: 'lists-owned',
  title: 'a list key is set whole or not at all',
  severity: 'error',
  why: 'of two values documents the later one replaces a list whole: hosts, config sources or extra objects of the earlier one vanish without a word',
  shows: [
    'after an upgrade a host answers 404, or settings from a Secret are missing in app.ini',
    '`helm get values RELEASE` shows only the entries of the last document',
  ],
  fix: 'write every entry into the last document that sets the list, and drop the list from the others',
  links: [
    'https://github.com/helm/helm/issues/3486',
    'https://github.com/fluxcd/helm-controller/issues/300',
  ],
  judgeRegistry: (registry) =>
    valuesLayers(registry).flatMap((layers) => [
      ...HOST_LISTS.flatMap((keys) =>
        lostEntries(layers, keys, (name) => name.toLowerCase() === registry.hostName),
      ),
      ...LISTS.flatMap((keys) => lostEntries(layers, keys, () => true)),
    ]),
};

function lostEntries(
  layers: Layers,
  keys: readonly string[],
  counts: (name: string) => boolean,
): Violation[] {
  const lists = layers.map((root) => root.get(...keys)).filter(({ isList }) => isList);
  const last = lists.at(-1);
  const kept = namesIn(last);
  const named = new Set(lists.flatMap((list) => [...namesIn(list)]));
  const lost = [...named].filter((name) => !kept.has(name) && counts(name));
  return last && lost.length > 0
    ? [
        {
          at: last,
          observed: `'${keys.join('.')}' is set again, without ${listed(lost)}`,
          expected: 'every entry of the documents below it',
        },
      ]
    : [];
}

/** Names of the entries of a list; what has no name is not compared. */
function namesIn(list: Cursor | undefined): ReadonlySet<string> {
  return new Set(list?.items().flatMap((entry) => nameOf(entry) ?? []));
}

/** Where entries of the lists say what they are. */
const NAMES: readonly (readonly string[])[] = [
  ['host'],
  ['mountPath'],
  ['secretName'],
  ['secret', 'secretName'],
  ['configMap', 'name'],
  ['name'],
  ['metadata', 'name'],
];

function nameOf(entry: Cursor): string | undefined {
  const name = NAMES.map((steps) => entry.get(...steps).text).find((text) => text !== undefined);
  const kind = entry.get('kind').text;
  return name !== undefined && kind !== undefined ? `${kind} ${name}` : (name ?? plainName(entry));
}

/** A host name in a list of texts; other texts may be whole objects. */
function plainName({ text = '' }: Cursor): string | undefined {
  return /^[\w.*:-]{1,253}$/.test(text) ? text : undefined;
}

const MOST_SHOWN = 3;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_SHOWN).map(quote);
  return [...shown, ...(names.length > MOST_SHOWN ? ['others'] : [])].join(', ');
}
