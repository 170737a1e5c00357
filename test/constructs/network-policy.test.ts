import { App, Chart, Testing } from 'cdk8s';
import type { AddNetworkPolicyOptions } from 'cdk8s-gitea-registry';
import { ForgeRelease, GiteaRegistry, RegistryTls, V2Route } from 'cdk8s-gitea-registry';
import { parse } from 'yaml';
import { Estate, judge, RULES } from '../../src/rules';
import { manifestsOf } from '../rules/fixture';
import { emptyChart, manifest, RELEASE } from '../support/registries';

const TRAEFIK = {
  namespace: 'kube-system',
  podLabels: { 'app.kubernetes.io/name': 'traefik' },
};

interface Rule {
  readonly from?: readonly object[];
  readonly ports: readonly { readonly port: number | string }[];
}

interface Spec {
  readonly podSelector: { readonly matchLabels: object };
  readonly policyTypes: readonly string[];
  readonly ingress: readonly Rule[];
  readonly egress?: unknown;
}

function registryIn(chart: Chart, nodePort?: number): GiteaRegistry {
  return new GiteaRegistry(chart, 'Registry', {
    host: 'git.example.org',
    release: ForgeRelease.gitea({
      ...RELEASE,
      httpService: {
        name: 'gitea-http',
        port: 80,
        appPort: 3001,
        ...(nodePort !== undefined && { nodePort }),
      },
    }),
  });
}

function specOf(options: AddNetworkPolicyOptions, nodePort?: number): Spec {
  const chart = emptyChart();
  registryIn(chart, nodePort).addNetworkPolicy(options);
  return manifest(chart, 'NetworkPolicy').spec as unknown as Spec;
}

it('defaults: http for the controller by the port of the pod, ssh for everybody, nothing that leaves is judged', () => {
  const { ingress, ...spec } = specOf({ ingressController: TRAEFIK });
  expect(spec).toEqual({
    podSelector: {
      matchLabels: { 'app.kubernetes.io/name': 'gitea', 'app.kubernetes.io/instance': 'gitea' },
    },
    policyTypes: ['Ingress'],
  });
  expect(ingress).toEqual([
    {
      from: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
          podSelector: { matchLabels: { 'app.kubernetes.io/name': 'traefik' } },
        },
      ],
      ports: [{ protocol: 'TCP', port: 3001 }],
    },
    { ports: [{ protocol: 'TCP', port: 'ssh' }] },
  ]);
});

it('selects the pods of a Forgejo release by its chart', () => {
  const chart = emptyChart();
  const registry = new GiteaRegistry(chart, 'Registry', {
    host: 'git.example.org',
    release: ForgeRelease.forgejo({
      ...RELEASE,
      name: 'code',
      chartVersion: '12.0.1',
      appVersion: '11.0.1+gitea-1.22.0',
    }),
  });
  registry.addNetworkPolicy({ ingressController: { namespace: 'ingress' } });
  const { metadata, spec } = manifest(chart, 'NetworkPolicy');
  expect(metadata).toMatchObject({ name: 'code-registry', namespace: 'git' });
  expect((spec as unknown as Spec).podSelector.matchLabels).toEqual({
    'app.kubernetes.io/name': 'forgejo',
    'app.kubernetes.io/instance': 'code',
  });
});

it('admits all pods of a namespace where no labels are given, and ranges of addresses', () => {
  const [http, ...others] = specOf({
    ingressController: { namespace: 'ingress' },
    addresses: ['10.0.0.0/24'],
    sshFrom: [],
  }).ingress;
  expect(http.from).toEqual([
    { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress' } } },
    { ipBlock: { cidr: '10.0.0.0/24' } },
  ]);
  expect(others).toEqual([]);
});

it('is part of the declaration', () => {
  const registry = registryIn(emptyChart());
  registry.addNetworkPolicy({ ingressController: TRAEFIK });
  const { networkPolicy } = JSON.parse(registry.declaration) as { networkPolicy: unknown };
  expect(networkPolicy).toEqual({
    name: 'gitea-registry',
    podLabels: { 'app.kubernetes.io/name': 'gitea', 'app.kubernetes.io/instance': 'gitea' },
    ingressController: TRAEFIK,
    clients: [],
  });
});

describe('refuses', () => {
  it('to close a declared NodePort without being told', () => {
    expect(() => specOf({ ingressController: TRAEFIK }, 32166)).toThrow(
      'networkPolicy.addresses is missing: NodePort 32166 is a declared access path, and its packets come from addresses, not from pods. Name the ranges of the nodes and of whoever asks them, or an empty list to close it (REG563)',
    );
    expect(specOf({ ingressController: TRAEFIK, addresses: [] }, 32166).ingress).toHaveLength(2);
  });

  it('labels that select every pod', () => {
    expect(() => specOf({ ingressController: TRAEFIK, podLabels: {} })).toThrow(
      /networkPolicy\.podLabels is empty, which selects every pod.*\(REG563\)/,
    );
  });

  it.each([
    [{ ingressController: { namespace: 'Kube' } }, "ingressController.namespace 'Kube'"],
    [{ ingressController: undefined as never }, 'ingressController is missing'],
    [
      { ingressController: TRAEFIK, sshFrom: ['10.0.0.1'] },
      "sshFrom[0] '10.0.0.1' must be a range",
    ],
    [{ ingressController: TRAEFIK, addresses: ['::1::/8'] }, "addresses[0] '::1::/8' must be"],
    [{ ingressController: TRAEFIK, addresses: ['10.0.0.256/8'] }, 'addresses[0]'],
    [{ ingressController: TRAEFIK, podLabels: { 'a b': 'c' } }, 'podLabels key'],
    [{ ingressController: TRAEFIK, podLabels: { 'a..b/c': 'd' } }, 'podLabels key'],
    [{ ingressController: TRAEFIK, podLabels: { a: 'b c' } }, "podLabels.a 'b c'"],
    [{ ingressController: TRAEFIK, name: 'A' }, "name 'A'"],
  ])('%j', (options, message) => {
    expect(() => specOf(options)).toThrow(`networkPolicy.${message}`);
  });

  it('a second policy, and keeps the first', () => {
    const chart = emptyChart();
    const registry = registryIn(chart);
    registry.addNetworkPolicy({ ingressController: TRAEFIK });
    expect(() => registry.addNetworkPolicy({ ingressController: TRAEFIK, name: 'more' })).toThrow(
      "addNetworkPolicy 'gitea-registry' isolates the pods already: name everybody in one policy (REG563)",
    );
    expect(manifest(chart, 'NetworkPolicy').metadata.name).toBe('gitea-registry');
  });
});

/** Codes of the rules that fail on a registry with a route, a policy, a Traefik and a Prometheus that reads the metrics. */
function findings(options: AddNetworkPolicyOptions): string[] {
  const chart = new Chart(new App(), 'chart');
  const registry = registryIn(chart);
  const tls = RegistryTls.existingSecret({ secretName: 'git-tls', producer: 'platform team' });
  registry.exposeV2(V2Route.traefikIngress({ tls }));
  registry.addNetworkPolicy(options);
  const objects = [...(Testing.synth(chart) as object[]), traefik(), prometheus(), monitor()];
  const text = objects.map((object) => `---\n${JSON.stringify(object)}\n`).join('');
  const estate = new Estate(manifestsOf(text, 'all.yaml'), { readYaml: (one) => parse(one) });
  return judge(estate, RULES).findings.map(({ code, observed }) => `${code} ${observed}`);
}

function traefik(): object {
  const labels = { 'app.kubernetes.io/name': 'traefik' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'traefik', namespace: 'kube-system' },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: 'traefik',
              image: 'docker.io/traefik:v3.6.7',
              args: [
                '--entryPoints.websecure.address=:8443',
                '--entryPoints.websecure.http.tls=true',
                '--entryPoints.websecure.transport.respondingTimeouts.readTimeout=2h',
                '--providers.kubernetesingress',
              ],
            },
          ],
        },
      },
    },
  };
}

function prometheus(): object {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'Prometheus',
    metadata: { name: 'main', namespace: 'monitoring' },
    spec: {},
  };
}

function monitor(): object {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: { name: 'gitea', namespace: 'git' },
    spec: {
      selector: { matchLabels: { 'app.kubernetes.io/name': 'gitea' } },
      endpoints: [{ port: 'http' }],
    },
  };
}

describe('under all rules', () => {
  const prometheusPods = { namespace: 'monitoring' };

  it('is clean where it names the controller and the Prometheus that are there', () => {
    expect(findings({ ingressController: TRAEFIK, prometheus: prometheusPods })).toEqual([]);
  });

  it.each([
    ['another controller', { ingressController: { namespace: 'ingress' } }],
    [
      'other pods of its namespace',
      { ingressController: { ...TRAEFIK, podLabels: { 'app.kubernetes.io/name': 'nginx' } } },
    ],
    ['no Prometheus', { ingressController: TRAEFIK, prometheus: undefined }],
  ])('is found where it names %s', (_, options) => {
    expect(findings({ prometheus: prometheusPods, ...options })).toEqual([
      expect.stringMatching(/^REG563 /),
    ]);
  });
});
