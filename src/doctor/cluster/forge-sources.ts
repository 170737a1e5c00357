import type { KubeObject } from '../../cluster';
import { Cursor } from '../../rules';
import { selectorMatches } from '../../rules/read/label-selector';
import type { Observation } from '../sight';
import { forgePods } from './forge-pod';

/** A Secret or ConfigMap the forge takes settings or files from. */
export interface ForgeSource {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly namespace: string;
  readonly name: string;
}

/** What the pods of the forge, or the templates they come from, mount and read into their environment. */
export const forgeSources: Observation<readonly ForgeSource[]> = async (sight) => {
  const { cluster } = sight.request;
  if (cluster === undefined) {
    return [];
  }
  const { pods } = await sight.see(forgePods);
  const listings = await Promise.all([
    cluster.objects('deployments'),
    cluster.objects('statefulsets'),
  ]);
  const makers = listings
    .flatMap(({ objects }) => objects)
    .filter((one) => pods.some((pod) => makes(one, pod)));
  const found = [
    ...pods.map((pod) => ({ pod, spec: new Cursor(pod).get('spec') })),
    ...makers.map((pod) => ({ pod, spec: new Cursor(pod).get('spec', 'template', 'spec') })),
  ].flatMap(({ pod, spec }) => sourcesOf(spec, pod.metadata.namespace ?? 'default'));
  const first = new Map(found.map((one) => [`${one.kind} ${one.namespace}/${one.name}`, one]));
  return [...first.values()];
};

function makes(controller: KubeObject, { metadata }: KubeObject): boolean {
  const selector = new Cursor(controller).get('spec', 'selector');
  return (
    controller.metadata.namespace === metadata.namespace &&
    selector.isMap &&
    selectorMatches(selector, (label) => metadata.labels?.[label])
  );
}

function sourcesOf(spec: Cursor, namespace: string): ForgeSource[] {
  const containers = ['initContainers', 'containers'].flatMap((list) => spec.get(list).items());
  const variables = containers.flatMap((container) => container.get('env').items());
  const whole = containers.flatMap((container) => container.get('envFrom').items());
  const volumes = spec.get('volumes').items();
  const of = (kind: ForgeSource['kind'], places: readonly Cursor[]): ForgeSource[] =>
    places.flatMap(({ text }) => (text ? [{ kind, namespace, name: text }] : []));
  return [
    ...of('Secret', [
      ...volumes.map((volume) => volume.get('secret', 'secretName')),
      ...variables.map((one) => one.get('valueFrom', 'secretKeyRef', 'name')),
      ...whole.map((one) => one.get('secretRef', 'name')),
    ]),
    ...of('ConfigMap', [
      ...volumes.map((volume) => volume.get('configMap', 'name')),
      ...variables.map((one) => one.get('valueFrom', 'configMapKeyRef', 'name')),
      ...whole.map((one) => one.get('configMapRef', 'name')),
    ]),
  ];
}
