import type { Result } from '../../../../src/doctor/diagnosis';
import { P0 } from '../../../../src/doctor/cluster/inventory';
import { COULOMB_POD, coulombBefore } from '../../../cluster/fixtures/coulomb';
import { diagnoseCluster } from '../found';
import { added, coulombBut, edited, without } from '../table/edit';
import type { Editable } from '../table/edit';
import type { FoundCluster } from '../table/scenario';

const POD = `default/${COULOMB_POD.after.name}`;

async function resultOf(code: string, find: () => FoundCluster): Promise<Result | undefined> {
  const { results } = await diagnoseCluster(find(), P0);
  return results.find((result) => result.code === code);
}

/** A second pod of the same Deployment. */
const secondPod = (change: (pod: Editable) => void): ReturnType<typeof added> => {
  const { objects } = coulombBut()();
  const pod = structuredClone(
    objects.find(({ metadata }) => metadata.name === COULOMB_POD.after.name),
  ) as Editable;
  pod.metadata.name = 'gitea-6c4f7d9b8-new';
  change(pod);
  return added(pod);
};

const pending = (pod: Editable): void => {
  pod.status = { phase: 'Pending', conditions: [{ type: 'Ready', status: 'False' }] };
};

const NO_ROUTE = without('Ingress', 'default/gitea-registry-v2');

const httpRoute = (status: object): object => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'registry', namespace: 'default' },
  spec: {
    parentRefs: [{ name: 'traefik', namespace: 'kube-system' }],
    hostnames: ['gitea.coulomb.social'],
    rules: [
      {
        matches: [{ path: { type: 'PathPrefix', value: '/v2' } }],
        backendRefs: [{ name: 'gitea', port: 3000 }],
      },
    ],
  },
  status,
});

const parent = (...conditions: object[]): object => ({ parents: [{ conditions }] });

describe('the pods of Gitea', () => {
  it('are fighting for the volume when a second one is refused it', async () => {
    const find = coulombBut(
      secondPod(pending),
      added({
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name: 'gitea-6c4f7d9b8-new.1', namespace: 'default' },
        involvedObject: { kind: 'Pod', namespace: 'default', name: 'gitea-6c4f7d9b8-new' },
        type: 'Warning',
        reason: 'FailedAttachVolume',
        message: 'Multi-Attach error for volume "pvc-1": Volume is already used by pod(s) gitea',
      }),
    );

    expect(await resultOf('REG631', find)).toMatchObject({
      status: 'fail',
      observed: expect.stringContaining('Multi-Attach error') as string,
    });
  });

  it('are warned of while another of them is ready', async () => {
    expect(await resultOf('REG560', coulombBut(secondPod(pending)))).toMatchObject({
      status: 'warn',
      observed: 'Pod default/gitea-6c4f7d9b8-new is not ready: Pending',
    });
  });

  it('are not counted when they are on their way out', async () => {
    const find = coulombBut(
      secondPod((pod: Editable) => {
        pending(pod);
        pod.metadata.deletionTimestamp = '2025-11-20T11:59:00Z';
      }),
    );

    expect((await resultOf('REG560', find))?.observed).toContain('readinessProbe');
  });

  it('name the first container that does not run, the init containers before the others', async () => {
    const find = coulombBut(
      edited('Pod', POD, (pod) => {
        pod.status.conditions = [{ type: 'Ready', status: 'False' }];
        pod.status.initContainerStatuses = [
          {
            name: 'configure-gitea',
            restartCount: 3,
            state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 40s' } },
            lastState: { terminated: { reason: 'Error', exitCode: 1 } },
          },
        ];
        pod.status.containerStatuses[0].state = { waiting: { reason: 'PodInitializing' } };
      }),
    );

    expect((await resultOf('REG560', find))?.observed).toBe(
      `Pod ${POD} is not ready: container 'configure-gitea' is in CrashLoopBackOff, after 3 restarts (last: Error, exit code 1)`,
    );
  });

  it('are missed when there is none and the Service leads nowhere', async () => {
    const find = coulombBut(
      without('Pod', POD),
      edited('EndpointSlice', 'default/gitea-b6wzs', (slice) => {
        slice.endpoints = null;
      }),
    );

    expect(await resultOf('REG560', find)).toMatchObject({
      status: 'fail',
      observed: "no pod of release 'default/gitea' runs",
    });
  });

  it('are not missed when the image has a name of its own and the Service has endpoints', async () => {
    const find = coulombBut(
      edited('Pod', POD, (pod) => {
        pod.spec.containers[0].image = 'mirror.example.org/git-server:7';
        pod.spec.containers[0].env = [];
      }),
    );

    expect((await resultOf('REG560', find))?.status).not.toBe('fail');
  });

  it('are not judged where nobody may list them', async () => {
    const find = (): FoundCluster => ({
      ...coulombBut()(),
      forbidden: ['list pods', 'list endpointslices', 'list endpoints'],
    });

    expect(await resultOf('REG560', find)).toMatchObject({
      status: 'skip',
      note: "needs the right 'list pods in namespace default'",
    });
  });
});

describe('the route of the host', () => {
  it('is missed without a declaration too, but a proxy elsewhere may have it', async () => {
    const find = (): FoundCluster => ({ objects: coulombBefore() });

    expect(await resultOf('REG211', find)).toMatchObject({ status: 'warn' });
  });

  it('is not called missing where nobody may list routes', async () => {
    const find = (): FoundCluster => ({
      ...coulombBut(NO_ROUTE)(),
      forbidden: ['list ingresses'],
    });

    expect(await resultOf('REG211', find)).toMatchObject({
      status: 'skip',
      note: "needs the right 'list ingresses.networking.k8s.io in namespace default'",
    });
  });

  it('is not said to be owned by one when there is none', async () => {
    expect(await resultOf('REG214', coulombBut(NO_ROUTE))).toBeUndefined();
  });

  it('is another one that leads elsewhere', async () => {
    const find = coulombBut(
      edited('Ingress', 'default/gitea-registry-v2', (ingress) => {
        ingress.spec.rules[0].http.paths[0].backend.service.name = 'old-gitea';
      }),
    );
    const { cause } = await diagnoseCluster(find(), P0);

    expect(cause?.code).toBe('REG220');
  });

  it('is an HTTPRoute whose Gateway says why it refuses it', async () => {
    const refused = parent({
      type: 'Accepted',
      status: 'False',
      reason: 'NotAllowedByListeners',
      message: 'no listener admits the namespace',
    });

    expect(await resultOf('REG221', coulombBut(NO_ROUTE, added(httpRoute(refused))))).toMatchObject(
      {
        status: 'fail',
        observed:
          'HTTPRoute default/registry is refused: NotAllowedByListeners: no listener admits the namespace',
      },
    );
  });

  it('is an HTTPRoute that one Gateway takes and another refuses', async () => {
    const both = {
      parents: [
        { conditions: [{ type: 'Accepted', status: 'False', reason: 'NoMatchingParent' }] },
        { conditions: [{ type: 'Accepted', status: 'True' }] },
      ],
    };
    const find = coulombBut(NO_ROUTE, added(httpRoute(both)));

    expect(await resultOf('REG221', find)).toMatchObject({ status: 'pass' });
    expect(await resultOf('REG211', find)).toMatchObject({ status: 'pass' });
  });
});

describe('what installs the release', () => {
  const chartConfig = (name: string, spec: object = {}): object => ({
    apiVersion: 'helm.cattle.io/v1',
    kind: 'HelmChartConfig',
    metadata: { name, namespace: 'kube-system' },
    spec,
  });

  it('is no concern of REG650 where k3s brings the chart along, whatever default it has', async () => {
    const find = coulombBut(
      edited('HelmChart', 'kube-system/traefik', (chart) => {
        chart.spec.failurePolicy = 'reinstall';
      }),
    );

    expect((await resultOf('REG650', find))?.status).not.toBe('fail');
  });

  it('is warned of where only Traefik would be installed again', async () => {
    expect(await resultOf('REG650', coulombBut(added(chartConfig('traefik'))))).toMatchObject({
      status: 'warn',
    });
  });

  it('tells that its last change did not come through', async () => {
    const find = coulombBut(
      added({
        apiVersion: 'helm.toolkit.fluxcd.io/v2',
        kind: 'HelmRelease',
        metadata: { name: 'gitea', namespace: 'default' },
        spec: { chart: { spec: { chart: 'gitea', version: '12.5.0' } }, interval: '10m' },
        status: {
          conditions: [
            {
              type: 'Ready',
              status: 'False',
              reason: 'UpgradeFailed',
              message: 'Helm upgrade failed: timed out waiting for the condition',
            },
          ],
        },
      }),
    );

    expect(await resultOf('REG651', find)).toMatchObject({
      status: 'warn',
      observed: expect.stringContaining('UpgradeFailed: Helm upgrade failed') as string,
    });
  });
});
