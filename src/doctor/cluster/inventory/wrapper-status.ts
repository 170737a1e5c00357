import type { KubeObject, LiveKind } from '../../../cluster';
import { serverText } from '../../../client/server-text';
import { Cursor } from '../../../rules/cursor';
import type { Outcome } from '../../outcome';
import { broken } from '../../outcome';
import type { Sight } from '../../sight';
import { ownRelease } from '../own-release';
import type { OwnRelease } from '../own-release';
import { ruleOutcomes } from '../rule-outcomes';

const CODE = 'REG651';

/** Tools that install a release and say how they fared, with the conditions that tell of a fault. */
const TOOLS: readonly (readonly [kind: LiveKind, fault: (condition: Cursor) => boolean])[] = [
  ['helmreleases', (one) => is(one, 'Ready', 'False') || is(one, 'Stalled', 'True')],
  ['helmcharts', (one) => is(one, 'Failed', 'True')],
  ['applications', (one) => /Error$/.test(one.get('type').text ?? '')],
];

/** REG651: the object a tool installs the release from is well formed, and the tool could do what it says. */
export async function wrapperStatus(sight: Sight): Promise<readonly Outcome[]> {
  const { cluster } = sight.request;
  const release = await sight.see(ownRelease);
  const written = await ruleOutcomes(sight, {
    code: CODE,
    reads: TOOLS.map(([kind]) => kind),
  });
  if (cluster === undefined || release === undefined || written.length > 0) {
    return written;
  }
  const faults = await Promise.all(
    TOOLS.map(async ([kind, isFault]) => {
      const { objects } = await cluster.objects(kind);
      return objects
        .filter((object) => installs(object, release))
        .flatMap((object) => {
          const conditions = new Cursor(object).get('status', 'conditions').items();
          return conditions
            .filter(isFault)
            .slice(0, 1)
            .map((one) => failed(object, one));
        });
    }),
  );
  return faults.flat();
}

function is(condition: Cursor, type: string, status: string): boolean {
  return condition.get('type').text === type && condition.get('status').text === status;
}

/** The release a wrapper makes has its own name, unless it says another. */
function installs(object: KubeObject, { name, namespace }: OwnRelease): boolean {
  const spec = new Cursor(object).get('spec');
  const released =
    spec.get('releaseName').text ??
    spec.get('source', 'helm', 'releaseName').text ??
    object.metadata.name;
  const target =
    spec.get('targetNamespace').text ??
    spec.get('destination', 'namespace').text ??
    object.metadata.namespace;
  return released === name && target === namespace;
}

/** What runs may still be right: it is the last change that did not come through. */
function failed({ kind, metadata }: KubeObject, condition: Cursor): Outcome {
  const words = [condition.get('reason').text, condition.get('message').text].filter(Boolean);
  return broken(CODE, {
    severity: 'warning',
    observed: serverText(`${kind} ${metadata.namespace}/${metadata.name}: ${words.join(': ')}`),
    expected: 'the last change installed',
    why: 'the tool could not install the last change, so that what runs is an older state',
    fix: { kind: 'text', text: 'mend what the tool names, then let it try again' },
  });
}
