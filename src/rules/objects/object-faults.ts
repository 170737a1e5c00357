import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import type { Manifest } from '../manifest';
import { groupOf } from '../manifest';
import type { KnownKind } from '../read/object-shape';
import { FORGE_VALUES, KNOWN_KINDS, knownKind } from '../read/object-shape';
import type { Form, Misfit } from '../read/shape';
import { misfits } from '../read/shape';
import { matcherBranches } from '../read/traefik-matcher';
import type { Violation } from '../rule';

/** Objects of known kinds that the rules cannot read as they are, whoever they belong to. */
export function faultyObjects(estate: Estate): ReadonlyMap<Manifest, readonly Violation[]> {
  return estate.remember('faulty objects', () => {
    const faulty = new Map<Manifest, readonly Violation[]>();
    for (const manifest of estate.ofKind(...KNOWN_KINDS)) {
      const known = knownKind(manifest);
      const faults = known ? faultsOf(manifest, known) : [];
      if (faults.length > 0) {
        faulty.set(manifest, faults);
      }
    }
    return faulty;
  });
}

function faultsOf(manifest: Manifest, known: KnownKind): Violation[] {
  return [
    ...versionFaults(manifest, known),
    ...misfits(manifest.root, known.shape).map(misfitViolation),
    ...(manifest.kind === 'IngressRoute' ? matchFaults(manifest) : []),
  ];
}

function versionFaults(manifest: Manifest, { versions }: KnownKind): Violation[] {
  const { apiVersion, root, kind } = manifest;
  if (apiVersion === '') {
    return [
      {
        at: root,
        observed: `a document of kind ${kind} without apiVersion`,
        expected: `an apiVersion, such as ${usualVersion(versions)}`,
        fix: `add \`apiVersion: ${usualVersion(versions)}\``,
      },
    ];
  }
  const group = groupOf(manifest);
  const version = group === '' ? apiVersion : apiVersion.slice(group.length + 1);
  return versions[group].includes(version)
    ? []
    : [
        {
          at: root.get('apiVersion'),
          severity: 'warning',
          observed: `apiVersion '${apiVersion.slice(0, 80)}'`,
          expected: usualVersion(versions),
          why: 'the rules know other versions of the group: what stands here may mean something else, and current clusters may not serve it',
          fix: `write the object as \`${usualVersion(versions)}\`; fields may have moved`,
        },
      ];
}

/** The first version of the first group. */
function usualVersion(versions: KnownKind['versions']): string {
  const [group, [version]] = Object.entries(versions)[0];
  return group === '' ? version : `${group}/${version}`;
}

const NAMES: { readonly [F in Form]: string } = {
  map: 'a map',
  list: 'a list',
  text: 'a text',
  number: 'a number',
  scalar: 'a text or a number',
  'yes or no': 'true or false',
};

/** A misfit in words; what stands there may be a secret and is not shown. */
export function misfitViolation({ at, expected }: Misfit): Violation {
  const isUnquoted = expected === 'text' && at.scalar !== undefined;
  return {
    at,
    observed: formOf(at),
    expected: NAMES[expected],
    ...(isUnquoted && { fix: 'put the value in quotes' }),
  };
}

function formOf(at: Cursor): string {
  if (at.isMap || at.isList) {
    return at.isMap ? NAMES.map : NAMES.list;
  }
  return typeof at.value === 'string' ? NAMES.text : `a ${typeof at.value}`;
}

/** Rules of Traefik routers that are no expression, or one that multiplies out beyond reason. */
function matchFaults({ root }: Manifest): Violation[] {
  return root
    .get('spec', 'routes')
    .items()
    .map((route) => route.get('match'))
    .filter(({ text }) => text !== undefined && matcherBranches(text) === undefined)
    .map((at) => ({
      at,
      observed: 'a match that is no expression the rules can read',
      expected: 'matchers such as Host(`…`) && PathPrefix(`…`)',
      why: 'Traefik drops a router whose rule it cannot parse, and the rules cannot tell which requests it would take',
      fix: 'write matchers with arguments in back-ticks, joined by &&, || and !, brackets in pairs',
    }));
}

/** Values of the charts whose fields have another form than the charts read. */
export function faultyValues(estate: Estate): Violation[] {
  return estate.values
    .filter(({ chart }) => chart !== 'traefik')
    .flatMap(({ root }) => misfits(root, FORGE_VALUES))
    .map(misfitViolation);
}
