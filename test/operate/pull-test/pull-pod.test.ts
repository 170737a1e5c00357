import type { PullPod } from '../../../src/operate/pull-test/pull-pod';
import { pullPod } from '../../../src/operate/pull-test/pull-pod';
import { asManifest, Estate, judge, RULES } from '../../../src/rules';

const PLAN = {
  namespace: 'state-hub',
  image: 'gitea.coulomb.social/coulomb/state-hub:6186a99',
  pullSecrets: ['gitea-pull'],
  timeoutMs: 120_000,
};

/** Codes of errors that any rule finds in objects. */
function errorsIn(...objects: readonly object[]): string[] {
  const estate = new Estate(objects.map((object) => asManifest(object, {})));
  const { findings } = judge(estate, RULES);
  return findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}

/** The same pod as a Job makes it: REG562 judges Jobs. */
function asJob({ metadata, spec }: PullPod, change: object = {}): object {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata,
    spec: { template: { spec: { ...(spec as object), ...change } } },
  };
}

it('passes Pod Security restricted, as the rule REG562 reads it', () => {
  const pod = pullPod(PLAN);
  expect(errorsIn(asJob(pod))).not.toContain('REG562');
  // The rule does look at it.
  expect(errorsIn(asJob(pod, { hostNetwork: true }))).toContain('REG562');
  expect(errorsIn(asJob(pod, { securityContext: {} }))).toContain('REG562');
});

it('breaks no other rule beside its Secret', () => {
  const config = { auths: { 'gitea.coulomb.social': { auth: 'Y2k6eA==' } } };
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'gitea-pull', namespace: 'state-hub' },
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': Buffer.from(JSON.stringify(config)).toString('base64') },
  };
  expect(errorsIn(pullPod(PLAN), secret)).toEqual([]);
});

it('always pulls, with the secrets by name, without a token of its own, and ends by itself', () => {
  const pod = pullPod(PLAN);
  expect(pod.metadata).toEqual({
    name: expect.stringMatching(/^gitea-registry-pull-[0-9a-f]{8}$/),
    namespace: 'state-hub',
    labels: {
      'app.kubernetes.io/part-of': 'gitea-registry',
      'app.kubernetes.io/managed-by': 'cdk8s-gitea-registry',
    },
  });
  expect(pod.spec).toMatchObject({
    restartPolicy: 'Never',
    activeDeadlineSeconds: 180,
    automountServiceAccountToken: false,
    imagePullSecrets: [{ name: 'gitea-pull' }],
    containers: [{ image: PLAN.image, imagePullPolicy: 'Always' }],
  });
  expect(pullPod({ ...PLAN, pullSecrets: [] }).spec).not.toHaveProperty('imagePullSecrets');
});

it('has another name each time', () => {
  const names = Array.from({ length: 20 }, () => pullPod(PLAN).metadata.name);
  expect(new Set(names).size).toBe(20);
});
