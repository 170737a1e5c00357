import { COULOMB_POD } from '../../../cluster/fixtures/coulomb';
import { helmRelease } from '../../../../src/testing';
import { coulombValues } from '../../../cluster/fixtures/coulomb/values';
import { added, coulombBut, edited, upgraded, without } from './edit';
import type { ClusterScenario } from './scenario';

const HOST = 'gitea.coulomb.social';
const POD = `default/${COULOMB_POD.after.name}`;

/** An Ingress somebody else made for the host. */
function foreignIngress(name: string, namespace: string, path = '/v2'): object {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace },
    spec: {
      ingressClassName: 'traefik',
      rules: [
        {
          host: HOST,
          http: {
            paths: [
              {
                path,
                pathType: 'Prefix',
                backend: { service: { name: 'old-gitea', port: { number: 3000 } } },
              },
            ],
          },
        },
      ],
    },
  };
}

/** Step P0: what stands in the cluster. */
export const INVENTORY: readonly ClusterScenario[] = [
  {
    name: 'a second release serves the host from another namespace',
    code: 'REG630',
    find: coulombBut(
      added(
        helmRelease({
          name: 'gitea',
          namespace: 'git',
          revision: 4,
          status: 'deployed',
          chart: { name: 'gitea', version: '12.5.0', appVersion: '1.25.4' },
          config: coulombValues('after'),
        }),
      ),
    ),
  },
  {
    name: 'another Ingress owns /v2 of the host',
    code: 'REG214',
    find: coulombBut(added(foreignIngress('old-registry', 'git'))),
  },
  {
    name: 'the pod of Gitea is not ready',
    code: 'REG560',
    find: coulombBut(
      edited('Pod', POD, (pod) => {
        pod.status.conditions = [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }];
        pod.status.containerStatuses[0].ready = false;
      }),
      edited('EndpointSlice', 'default/gitea-b6wzs', (slice) => {
        slice.endpoints[0].conditions = { ready: false, serving: false, terminating: false };
      }),
    ),
  },
  {
    name: 'the Service selects no pod',
    code: 'REG560',
    find: coulombBut(
      edited('Service', 'default/gitea', (service) => {
        service.spec.selector = { app: 'git' };
      }),
      edited('EndpointSlice', 'default/gitea-b6wzs', (slice) => {
        slice.endpoints = [];
      }),
    ),
  },
  {
    name: 'the pod of Gitea crashes at its start',
    code: 'REG560',
    find: coulombBut(
      edited('Pod', POD, (pod) => {
        pod.status.conditions = [{ type: 'Ready', status: 'False', reason: 'ContainersNotReady' }];
        pod.status.containerStatuses[0] = {
          ...pod.status.containerStatuses[0],
          ready: false,
          restartCount: 14,
          state: { waiting: { reason: 'CrashLoopBackOff' } },
        };
      }),
    ),
  },
  {
    name: 'two pods of a rolling update fight for the volume',
    code: 'REG631',
    find: coulombBut(
      edited('Deployment', 'default/gitea', (deployment) => {
        deployment.spec.strategy = { type: 'RollingUpdate' };
      }),
      upgraded((values) => {
        values.strategy = { type: 'RollingUpdate' };
      }),
    ),
  },
  {
    name: 'the database is a subchart whose image has vanished',
    code: 'REG634',
    find: coulombBut(
      added({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: 'gitea-postgresql-ha-postgresql-0',
          namespace: 'default',
          labels: { 'app.kubernetes.io/instance': 'gitea' },
        },
        spec: {
          containers: [{ name: 'postgresql', image: 'docker.io/bitnami/postgresql-repmgr:16.3.0' }],
        },
        status: {
          phase: 'Pending',
          containerStatuses: [
            {
              name: 'postgresql',
              image: 'docker.io/bitnami/postgresql-repmgr:16.3.0',
              ready: false,
              restartCount: 0,
              state: { waiting: { reason: 'ImagePullBackOff' } },
            },
          ],
        },
      }),
    ),
  },
  {
    name: 'the release that runs is one that breaks the registry',
    code: 'REG643',
    find: coulombBut(
      upgraded(() => undefined, { appVersion: '1.25.1' }),
      edited('Deployment', 'default/gitea', (deployment) => {
        for (const container of deployment.spec.template.spec.containers) {
          container.image = 'docker.gitea.com/gitea:1.25.1-rootless';
        }
      }),
      edited('Pod', POD, (pod) => {
        pod.spec.containers[0].image = 'docker.gitea.com/gitea:1.25.1-rootless';
        pod.status.containerStatuses[0].image = 'docker.gitea.com/gitea:1.25.1-rootless';
      }),
    ),
  },
  {
    name: 'Traefik is of a release that refuses encoded slashes',
    code: 'REG250',
    find: coulombBut(
      edited('Deployment', 'kube-system/traefik', (deployment) => {
        deployment.spec.template.spec.containers[0].image =
          'rancher/mirrored-library-traefik:3.6.5';
      }),
      edited('Pod', 'kube-system/traefik-67bfb46dcb-5lmtq', (pod) => {
        pod.spec.containers[0].image = 'rancher/mirrored-library-traefik:3.6.5';
        pod.status.containerStatuses[0].image = 'docker.io/rancher/mirrored-library-traefik:3.6.5';
      }),
    ),
  },
  {
    name: 'values of a newer Traefik chart than k3s brings',
    code: 'REG641',
    find: coulombBut(
      added(
        helmRelease({
          name: 'traefik',
          namespace: 'kube-system',
          revision: 2,
          status: 'deployed',
          chart: { name: 'traefik', version: '34.2.1+up34.2.0', appVersion: 'v3.3.6' },
          config: {
            ports: { web: { http: { redirections: { entryPoint: { to: 'websecure' } } } } },
          },
        }),
      ),
    ),
  },
  {
    name: 'the declaration has become one of Forgejo while Gitea runs',
    code: 'REG644',
    find: coulombBut(
      edited('ConfigMap', 'default/gitea-registry', ({ data }) => {
        const declaration = JSON.parse(data['registry.json']);
        Object.assign(declaration.release, { flavor: 'forgejo', appVersion: '11.0.6' });
        data['registry.json'] = JSON.stringify(declaration);
      }),
    ),
  },
  {
    name: 'k3s reinstalls the chart when an upgrade fails',
    code: 'REG650',
    find: coulombBut(
      added({
        apiVersion: 'helm.cattle.io/v1',
        kind: 'HelmChart',
        metadata: { name: 'gitea', namespace: 'default' },
        spec: {
          chart: 'oci://docker.gitea.com/charts/gitea',
          version: '12.5.0',
          failurePolicy: 'reinstall',
        },
      }),
    ),
  },
  {
    name: 'the route of the host has gone',
    code: 'REG211',
    find: coulombBut(without('Ingress', 'default/gitea-registry-v2')),
  },
];
