import { quote } from '../../declaration/problem';
import type { Estate } from '../estate';
import type { Manifest } from '../manifest';
import { namespaceOrDefault } from '../manifest';
import { JOINED, joinedReference } from '../read/ingress';
import type { Reference, Route } from '../read/route';
import { listOf, option } from '../read/traefik-static';
import type { Violation } from '../rule';
import { crossing } from './cross-namespace';
import { isMissing, seenNamespaces } from './seen-objects';

/** Middlewares of a route that Traefik will not find, or may not take. */
export function middlewareFaults(route: Route, estate: Estate): Violation[] {
  const namespace = namespaceOrDefault(route.manifest);
  return route.middlewares.flatMap((reference) =>
    referenceFaults(reference, namespace, route.kind === 'Ingress', estate),
  );
}

/** Members of a chain that Traefik will not find, or may not take (it looks since 3.6.14). */
export function chainFaults(chain: Manifest, estate: Estate): Violation[] {
  const namespace = namespaceOrDefault(chain);
  return membersOf(chain).flatMap((member) => referenceFaults(member, namespace, false, estate));
}

/** What a chain names. */
export function membersOf(chain: Manifest): Reference[] {
  return chain.root
    .get('spec', 'chain', 'middlewares')
    .items()
    .flatMap((at) => {
      const name = at.get('name').text;
      const namespace = at.get('namespace').text ?? namespaceOrDefault(chain);
      if (name === undefined) {
        return [];
      }
      return name.includes('@') ? joinedReference(name, at) : { name, namespace, at };
    });
}

function referenceFaults(
  reference: Reference,
  namespace: string,
  ofIngress: boolean,
  estate: Estate,
): Violation[] {
  if (reference.namespace !== JOINED) {
    return reference.namespace === namespace
      ? missing(reference, estate)
      : crossing(reference, 'Middleware', estate);
  }
  if (ofIngress && reference.provider === undefined) {
    return [withoutProvider(reference, namespace)];
  }
  return reference.provider === 'kubernetescrd'
    ? joinedFaults(reference, namespace, ofIngress, estate)
    : restricted(reference, namespace, ofIngress, estate);
}

/** Of an Ingress a bare name means a middleware of the provider of Ingresses, which has none. */
function withoutProvider({ name, at }: Reference, namespace: string): Violation {
  return {
    at,
    observed: `middleware ${quote(name)} without '@kubernetescrd'`,
    expected: 'the name as Traefik joins it, <namespace>-<name>@kubernetescrd',
    fix: `write '${namespace}-NAME@kubernetescrd' for Middleware NAME of namespace ${quote(namespace)}`,
  };
}

function missing({ name, namespace, at }: Reference, estate: Estate): Violation[] {
  return isMissing('Middleware', namespace, name, estate)
    ? [
        {
          at,
          observed: `middleware ${quote(name)}, of which namespace ${quote(namespace)} has no object`,
          expected: `a Middleware ${quote(name)} in namespace ${quote(namespace)}`,
          fix: 'correct the name, or take it off the route: one bad middleware unmounts the whole router',
        },
      ]
    : [];
}

function joinedFaults(
  reference: Reference,
  namespace: string,
  ofIngress: boolean,
  estate: Estate,
): Violation[] {
  const refused = ofIngress ? [] : crossing(reference, 'Middleware', estate);
  const limited = restricted(reference, namespace, ofIngress, estate);
  const found = estate.middleware(reference) !== undefined;
  const own = ownName(reference, namespace, estate);
  return refused.length > 0 || limited.length > 0 || found || own === undefined
    ? [...refused, ...limited].slice(0, 1)
    : missing({ ...reference, namespace, name: own }, estate);
}

/** The name without the namespace of the route; undefined where it may be of another one. */
function ownName({ name }: Reference, namespace: string, estate: Estate): string | undefined {
  const longer = [...seenNamespaces(estate)].some(
    (other) => other.startsWith(`${namespace}-`) && name.startsWith(`${other}-`),
  );
  return name.startsWith(`${namespace}-`) && !longer ? name.slice(namespace.length + 1) : undefined;
}

/** Since 3.6.17 and 3.7.1 Traefik can be told which namespaces may name a provider. */
function restricted(
  { name, provider, at }: Reference,
  namespace: string,
  ofIngress: boolean,
  estate: Estate,
): Violation[] {
  const owner = ofIngress ? 'kubernetesIngress' : 'kubernetesCRD';
  const path = `providers.${owner}.crossProviderNamespaces`;
  const lists = estate.traefiks.map((traefik) => listOf(option(traefik, path)));
  const refused = lists.length > 0 && lists.every((list) => isWithout(list, namespace));
  return refused
    ? [
        {
          at,
          observed: `middleware ${quote(name)} of provider ${quote(provider)}, while Traefik lets only namespaces ${quote(lists[0].join(', '))} name a provider`,
          expected: `namespace ${quote(namespace)} in ${path}`,
          fix: `add ${quote(namespace)} to ${path}`,
        },
      ]
    : [];
}

function isWithout(list: readonly string[], namespace: string): boolean {
  return list.length > 0 && !list.includes(namespace);
}
