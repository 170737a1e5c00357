import { authorize } from './access';
import type { ApiPath } from './api-path';
import { parseApiPath } from './api-path';
import { discoveryAt } from './discovery';
import type { KubeObject } from './kube-object';
import { listOf } from './object-list';
import { isOf, servedResources } from './served-resource';
import type { ServedResource } from './served-resource';
import { methodNotAllowed, noSuchPath, notFound, Refusal } from './status';

/** What the API reads and changes. */
export interface ApiState {
  objects: KubeObject[];
  readonly forbidden: readonly string[];
}

/** A question to the API server that is no upgrade. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** The object of a create; read only where one is expected. */
  readonly body: () => Promise<KubeObject>;
}

/**
 * The JSON of a good answer; undefined for a watch, in which nothing ever happens. Throws a `Refusal` for any other answer.
 */
export async function answerApi(state: ApiState, request: ApiRequest): Promise<object | undefined> {
  const { method, path, query } = request;
  const served = servedResources(state.objects);
  const document = discoveryAt(path, served);
  if (document !== undefined) return document;
  const target = parseApiPath(path);
  const resource = served.find(
    ({ group, version, plural }) =>
      group === target?.group && version === target.version && plural === target.plural,
  );
  if (target === undefined || resource === undefined || target.subresource !== undefined) {
    throw noSuchPath();
  }
  const isWatch = query.get('watch') === 'true';
  authorize(state.forbidden, isWatch ? 'watch' : verbOf(method, target), target);
  if (isWatch) return undefined;
  switch (method) {
    case 'GET':
      return target.name === undefined
        ? listOf(state.objects, resource, target.namespace, query)
        : objectAt(state, resource, target);
    case 'POST':
      return create(state, resource, target, await request.body());
    case 'DELETE':
      return remove(state, objectAt(state, resource, target));
    default:
      throw methodNotAllowed();
  }
}

/** The object a path names. Throws the 404 of the API server. */
export function objectAt(state: ApiState, resource: ServedResource, path: ApiPath): KubeObject {
  const found = state.objects.find(
    (object) =>
      isOf(object, resource) &&
      object.metadata.name === path.name &&
      object.metadata.namespace === path.namespace,
  );
  if (found === undefined) throw notFound(resource, path.name ?? '');
  return found;
}

function verbOf(method: string, { name }: ApiPath): string {
  if (method === 'GET') return name === undefined ? 'list' : 'get';
  return method === 'POST' ? 'create' : method.toLowerCase();
}

function create(
  state: ApiState,
  resource: ServedResource,
  { namespace }: ApiPath,
  body: KubeObject,
): KubeObject {
  const object = { ...body, metadata: { ...body.metadata, namespace } };
  const { name } = object.metadata;
  if (state.objects.some((each) => isOf(each, resource) && isSame(each, object))) {
    throw new Refusal(409, 'AlreadyExists', `${resource.plural} "${name}" already exists`, {
      name,
      kind: resource.plural,
    });
  }
  state.objects.push(object);
  return object;
}

function isSame(one: KubeObject, other: KubeObject): boolean {
  return (
    one.metadata.name === other.metadata.name && one.metadata.namespace === other.metadata.namespace
  );
}

/** Gone at once: without a kubelet there is nothing to wait for. */
function remove(state: ApiState, object: KubeObject): KubeObject {
  state.objects.splice(state.objects.indexOf(object), 1);
  return object;
}
