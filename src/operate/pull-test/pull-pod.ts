import { randomBytes } from 'node:crypto';
import type { KubeObject } from '../../cluster';
import { LABELS } from '../../declaration/labels';

/** What a pull test is about. */
export interface PullTestPlan {
  readonly namespace: string;
  /** Reference with host, and tag or digest. */
  readonly image: string;
  /** Names of Secrets in the namespace, for `imagePullSecrets`; none where nobody needs a credential. */
  readonly pullSecrets: readonly string[];
  /** Milliseconds the pull may take. */
  readonly timeoutMs: number;
}

/** The Pod of a pull test. */
export interface PullPod extends KubeObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: { readonly [label: string]: string };
  };
}

/** Name of its one container: a sidecar that admission adds has another. */
export const CONTAINER = 'pull';

/** Seconds the Pod may outlive its test, should nobody be left to delete it. */
const SPARE_SECONDS = 60;

/**
 * A program no image has. The image is pulled before the container is made, and nothing of it shall run: what it would
 * do in the namespace is not ours to start.
 */
const NO_PROGRAM = '/gitea-registry-pull-test';

/** The Pod that pulls, with a name of its own; it passes Pod Security `restricted` and most quotas. */
export function pullPod({ namespace, image, pullSecrets, timeoutMs }: PullTestPlan): PullPod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `gitea-registry-pull-${randomBytes(4).toString('hex')}`,
      namespace,
      labels: LABELS,
    },
    spec: {
      restartPolicy: 'Never',
      activeDeadlineSeconds: Math.ceil(timeoutMs / 1000) + SPARE_SECONDS,
      terminationGracePeriodSeconds: 1,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      ...(pullSecrets.length > 0 && { imagePullSecrets: pullSecrets.map((name) => ({ name })) }),
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: CONTAINER,
          image,
          // Without it a node that has the image asks nobody.
          imagePullPolicy: 'Always',
          command: [NO_PROGRAM],
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
            readOnlyRootFilesystem: true,
          },
          resources: {
            requests: { cpu: '10m', memory: '16Mi' },
            limits: { cpu: '100m', memory: '64Mi' },
          },
        },
      ],
    },
  };
}
