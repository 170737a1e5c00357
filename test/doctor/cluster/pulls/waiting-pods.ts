import type { KubeObject } from '../../../../src/testing';
import { added, edited } from '../table/edit';
import type { Editable } from '../table/edit';

export const POD = 'state-hub/state-hub-5d8f9c7b4-qm7zt';
export const SECRET = 'state-hub/gitea-pull';
export const IMAGE = 'gitea.coulomb.social/coulomb/state-hub:6186a99';

/** What containerd says when kubelet has no credential. */
export const ANONYMOUS =
  'failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://gitea.coulomb.social/v2/token: 401 Unauthorized';

/** A change of the objects of a cluster. */
export type Change = (objects: readonly KubeObject[]) => KubeObject[];

/** A pod that waits for an image, and says nothing but that. */
export function waitingPod(id: string, spec: object = {}, image = IMAGE): KubeObject {
  const [namespace, name] = id.split('/');
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: {
      serviceAccountName: 'default',
      imagePullSecrets: [{ name: 'gitea-pull' }],
      ...spec,
      containers: [{ name: 'app', image }],
    },
    status: {
      phase: 'Pending',
      containerStatuses: [
        {
          name: 'app',
          image,
          ready: false,
          state: {
            waiting: {
              reason: 'ImagePullBackOff',
              message: `Back-off pulling image "${image}"`,
            },
          },
        },
      ],
    },
  };
}

/** A warning of kubelet about a pod. */
export function warning(
  id: string,
  message: string,
  at = '2025-11-20T08:00:00Z',
  reason = 'Failed',
): KubeObject {
  const [namespace, name] = id.split('/');
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.${reason}.${at}`, namespace },
    involvedObject: { kind: 'Pod', namespace, name },
    type: 'Warning',
    reason,
    message,
    lastTimestamp: at,
  };
}

export const pullFailed = (id: string, text: string, at?: string): KubeObject =>
  warning(id, `Failed to pull image "${IMAGE}": ${text}`, at);

/** The owner of the images is private. */
export const isPrivate: Change = edited('ConfigMap', 'default/gitea-registry', (map) => {
  const declaration = JSON.parse(map.data['registry.json']) as Editable;
  declaration.owners[0].visibility = 'private';
  map.data['registry.json'] = JSON.stringify(declaration);
});

/** A pod that waits, with what kubelet wrote of it. */
export const waits = (id: string, text?: string, spec?: object): Change =>
  added(waitingPod(id, spec), ...(text === undefined ? [] : [pullFailed(id, text)]));
