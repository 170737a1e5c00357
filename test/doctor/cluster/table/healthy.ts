import { helmRelease } from '../../../../src/testing';
import { coulombAfter } from '../../../cluster/fixtures/coulomb';
import { coulombValues } from '../../../cluster/fixtures/coulomb/values';
import { added, coulombBut, edited, without } from './edit';
import type { Editable } from './edit';
import type { HealthyCluster } from './scenario';

/** Groups of kinds a cluster may do without. */
const OPTIONAL =
  /^(cert-manager\.io|acme\.cert-manager\.io|traefik\.io|postgresql\.cnpg\.io|helm\.cattle\.io)\//;

const declared = (change: (declaration: Editable) => void): ReturnType<typeof edited> =>
  edited('ConfigMap', 'default/gitea-registry', (map) => {
    const declaration = JSON.parse(map.data['registry.json']) as Editable;
    change(declaration);
    map.data['registry.json'] = JSON.stringify(declaration);
  });

/** Clusters in which nothing may be called broken. */
export const HEALTHY_CLUSTERS: readonly HealthyCluster[] = [
  { name: "the first user's cluster after the change", find: coulombBut() },
  {
    name: 'a private owner whose pod has its pull secret by its ServiceAccount',
    find: coulombBut(
      declared((declaration) => {
        declaration.owners[0].visibility = 'private';
      }),
      edited('Deployment', 'state-hub/state-hub', (deployment) => {
        delete deployment.spec.template.spec.imagePullSecrets;
      }),
      edited('ServiceAccount', 'state-hub/default', (account) => {
        account.imagePullSecrets = [{ name: 'gitea-pull' }];
      }),
    ),
  },
  {
    name: 'a second release of Gitea that serves another host',
    find: coulombBut(
      added(
        helmRelease({
          name: 'wiki',
          namespace: 'wiki',
          revision: 2,
          status: 'deployed',
          chart: { name: 'gitea', version: '12.5.0', appVersion: '1.25.4' },
          config: {
            ...coulombValues('after'),
            gitea: {
              config: {
                server: {
                  DOMAIN: 'wiki.example.org',
                  SSH_DOMAIN: 'wiki.example.org',
                  ROOT_URL: 'https://wiki.example.org/',
                },
              },
            },
          },
        }),
      ),
    ),
  },
  {
    name: 'a cluster with a certificate from elsewhere, and neither cert-manager nor CloudNativePG',
    find: () => ({
      objects: declared((declaration) => {
        declaration.route.tls = {
          source: 'existing-secret',
          secretName: 'gitea-tls',
          producer: 'the platform team',
        };
      })(coulombAfter()).filter(
        (object) =>
          !OPTIONAL.test(object.apiVersion) &&
          !(
            object.kind === 'CustomResourceDefinition' &&
            OPTIONAL.test(`${object.metadata.name.split('.').slice(1).join('.')}/`)
          ),
      ),
    }),
  },
  {
    name: 'a caller who may read neither secrets nor into pods',
    find: () => ({
      ...coulombBut()(),
      forbidden: ['list secrets', 'get secrets', 'create pods/exec'],
    }),
  },
  {
    name: 'a cluster where nothing of the registry runs yet',
    find: coulombBut(
      without('Pod', 'state-hub/state-hub-5d8f9c7b4-qm7zt'),
      without('Deployment', 'state-hub/state-hub'),
      without('Secret', 'state-hub/gitea-pull'),
      declared((declaration) => {
        declaration.pullSecrets = [];
      }),
    ),
  },
];
