import { groupVersionOf } from './served-resource';
import type { ServedResource } from './served-resource';

/** Version the fake says it is: that of the first user's k3s. */
const GIT_VERSION = 'v1.32.4+k3s1';

/** Subresources discovery tells, by `group/version/plural`. */
const SUBRESOURCES: Readonly<Record<string, readonly { name: string; kind: string }[]>> = {
  'v1/pods': [
    { name: 'pods/exec', kind: 'PodExecOptions' },
    { name: 'pods/portforward', kind: 'PodPortForwardOptions' },
  ],
};

/** The discovery document at a path (`/api`, `/apis/apps/v1`, `/version`…); undefined where there is none. */
export function discoveryAt(path: string, served: readonly ServedResource[]): object | undefined {
  const groups = [...new Set(served.map(({ group }) => group))].filter((group) => group !== '');
  switch (path) {
    case '/version':
      return { major: '1', minor: '32', gitVersion: GIT_VERSION, platform: 'linux/amd64' };
    case '/api':
      return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
    case '/apis':
      return {
        kind: 'APIGroupList',
        apiVersion: 'v1',
        groups: groups.map((group) => groupDocument(group, served)),
      };
    case '/openapi/v3':
      return { paths: { 'api/v1': { serverRelativeURL: '/openapi/v3/api/v1' } } };
    case '/openapi/v3/api/v1':
      return FIELD_VALIDATION;
    default:
      return resourceList(path.replace(/^\/apis?\//, ''), served);
  }
}

/** kubectl asks, before it creates an object, whether the server can tell unknown fields. */
const FIELD_VALIDATION = {
  openapi: '3.0.0',
  info: { title: 'Kubernetes', version: GIT_VERSION },
  paths: {
    '/api/v1/namespaces/{namespace}/pods/{name}': {
      patch: {
        parameters: [{ name: 'fieldValidation', in: 'query', schema: { type: 'string' } }],
        responses: {},
        'x-kubernetes-group-version-kind': { group: '', version: 'v1', kind: 'Pod' },
      },
    },
  },
};

function groupDocument(group: string, served: readonly ServedResource[]): object {
  const ofGroup = served.filter((each) => each.group === group);
  const versions = [...new Set(ofGroup.map(({ version }) => version))].map((version) => ({
    groupVersion: `${group}/${version}`,
    version,
  }));
  return { name: group, versions, preferredVersion: versions[0] };
}

function resourceList(groupVersion: string, served: readonly ServedResource[]): object | undefined {
  const resources = served.filter((each) => groupVersionOf(each) === groupVersion);
  if (resources.length === 0) return undefined;
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion,
    resources: resources.flatMap((each) => [
      {
        name: each.plural,
        singularName: each.kind.toLowerCase(),
        namespaced: each.isNamespaced,
        kind: each.kind,
        shortNames: each.shortNames,
        verbs: ['create', 'delete', 'get', 'list', 'watch'],
      },
      ...(SUBRESOURCES[`${groupVersion}/${each.plural}`] ?? []).map((subresource) => ({
        ...subresource,
        singularName: '',
        namespaced: true,
        verbs: ['create', 'get'],
      })),
    ]),
  };
}
