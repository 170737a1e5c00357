import type { ApiPath } from './api-path';
import { Refusal } from './status';

/** The account the kubeconfig logs in, as refusals name it. */
export const FAKE_USER = 'doctor';

/**
 * Throws the 403 of the RBAC authorizer when a right is withheld.
 *
 * A right is `VERB RESOURCE`, `VERB RESOURCE in NAMESPACE` or `VERB RESOURCE at the cluster scope`; verb and resource may
 * be `*`, the resource has its subresource (`pods/exec`) and may have its group (`certificates.cert-manager.io`).
 */
export function authorize(forbidden: readonly string[], verb: string, path: ApiPath): void {
  const resource =
    path.subresource === undefined ? path.plural : `${path.plural}/${path.subresource}`;
  const withheld = forbidden.some((right) => {
    const [, verbs, resources, scope] = /^(\S+) (\S+)(?: (.*))?$/.exec(right) ?? [];
    if (resources === undefined)
      throw new Error(`'${right}' is no right; write 'list pods in default'`);
    return (
      ['*', verb].includes(verbs!) &&
      ['*', resource, `${resource}.${path.group}`].includes(resources) &&
      [undefined, scopeOf(path)].includes(scope)
    );
  });
  if (withheld) throw forbiddenTo(verb, resource, path);
}

/** `in default` or `at the cluster scope`. */
function scopeOf({ namespace }: ApiPath): string {
  return namespace === undefined ? 'at the cluster scope' : `in ${namespace}`;
}

function forbiddenTo(verb: string, resource: string, path: ApiPath): Refusal {
  const { group, plural, name, namespace } = path;
  const type = group === '' ? plural : `${plural}.${group}`;
  const object = name === undefined ? type : `${type} "${name}"`;
  const scope =
    namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  return new Refusal(
    403,
    'Forbidden',
    `${object} is forbidden: User "${FAKE_USER}" cannot ${verb} resource "${resource}" in API group "${group}" ${scope}`,
    { name, group: group === '' ? undefined : group, kind: plural },
  );
}
