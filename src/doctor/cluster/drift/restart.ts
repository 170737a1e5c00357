import type { KubeObject } from '../../../cluster';
import { serverText } from '../../../client/server-text';
import { Cursor } from '../../../rules';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Sight } from '../../sight';
import { forgePods } from '../forge-pod';
import type { ForgeSource } from '../forge-sources';
import { forgeSources } from '../forge-sources';
import { ownRelease } from '../own-release';
import { noteOf } from '../missing';

const CODE = 'REG623';

/** REG623: no pod of the forge started before something it takes its settings from was made. */
export async function restartAfterChange(sight: Sight): Promise<readonly Outcome[]> {
  const { cluster } = sight.request;
  if (cluster === undefined) {
    return [];
  }
  const [{ pods }, sources, secrets, maps] = await Promise.all([
    sight.see(forgePods),
    sight.see(forgeSources),
    cluster.objects('secrets'),
    cluster.objects('configmaps'),
  ]);
  const made = new Map(
    [...secrets.objects, ...maps.objects].map((object) => [idOf(object), madeAt(object)]),
  );
  const stale = pods.flatMap((pod) => staleIn(pod, sources, made));
  if (stale.length > 0) {
    return [await outcomeOf(sight, stale)];
  }
  const missing = secrets.missing ?? maps.missing;
  if (missing) {
    return [skipped(CODE, noteOf(missing))];
  }
  return pods.length === 0 || sources.length === 0
    ? []
    : [
        passed(
          CODE,
          'the pod started after the Secrets and ConfigMaps it reads were made',
          'the API does not tell when a Secret was changed in place',
        ),
      ];
}

/** A source, and the pod that started before it was there. */
interface Stale {
  readonly pod: KubeObject;
  readonly source: ForgeSource;
}

function staleIn(
  pod: KubeObject,
  sources: readonly ForgeSource[],
  made: ReadonlyMap<string, number>,
): Stale[] {
  const started = startOf(pod);
  return sources
    .filter(({ namespace }) => namespace === pod.metadata.namespace)
    .filter(
      ({ kind, namespace, name }) => (made.get(`${kind} ${namespace}/${name}`) ?? 0) > started,
    )
    .map((source) => ({ pod, source }));
}

function idOf({ kind, metadata }: KubeObject): string {
  return `${kind} ${metadata.namespace}/${metadata.name}`;
}

/** Milliseconds since 1970; 0 where nothing tells. */
function madeAt({ metadata }: KubeObject): number {
  return Date.parse(`${metadata.creationTimestamp as string}`) || 0;
}

/**
 * When the pod read its settings: at the start of its first init container, which waited for its volumes; without one,
 * at its own start. Infinity where nothing tells.
 */
function startOf(pod: KubeObject): number {
  const status = new Cursor(pod).get('status');
  const inits = status.get('initContainerStatuses').items();
  const [main] = status.get('containerStatuses').items();
  const isFirst = main?.get('restartCount').number === 0;
  const texts = [
    ...inits.map((one) => one.get('state', 'terminated', 'startedAt').text),
    ...(isFirst ? [main.get('state', 'running', 'startedAt').text] : []),
    status.get('startTime').text,
  ];
  const known = texts.find((text) => text !== undefined);
  return Date.parse(known ?? '') || Infinity;
}

async function outcomeOf(sight: Sight, stale: readonly Stale[]): Promise<Outcome> {
  const [{ pod, source }] = stale;
  const release = await sight.see(ownRelease);
  const others = new Set(stale.map((one) => one.source.name)).size - 1;
  const more = others > 0 ? `, and ${others} more` : '';
  const { namespace, name } = pod.metadata;
  return broken(CODE, {
    severity: 'warning',
    observed: serverText(
      `pod ${namespace}/${name} started before ${source.kind} ${source.namespace}/${source.name}${more} was made, which it takes settings from`,
      400,
    ),
    expected: 'a pod that started after the last change',
    fix: {
      kind: 'command',
      text: serverText(
        `kubectl rollout restart -n ${namespace} deployment -l app.kubernetes.io/instance=${release?.name ?? 'NAME'}`,
      ),
    },
  });
}
