import { bodyLimit } from '../../../src/rules/limits/body-limit';
import { findingsIn } from '../fixture';

function ingress(annotations = ''): string {
  return `
kind: RegistryDeclaration
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: gitea, namespace: git, annotations: { ${annotations} } }
spec:
  ingressClassName: nginx
  rules:
    - host: git.example.org
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: gitea-http, port: { number: 3000 } } } }] }
---
`;
}

function isLimited(text: string): boolean {
  return findingsIn(text, bodyLimit).length > 0;
}

describe('the configuration of an nginx controller', () => {
  const configMap = (name: string): string => `
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: edge }
data: { proxy-body-size: "0" }
`;

  test.each([
    'nginx-configuration',
    'nginx-config',
    'nginx-ingress',
    'ingress-nginx-controller',
    'public-ingress-nginx-controller',
  ])('is read from the ConfigMap %s', (name) => {
    expect(isLimited(`${ingress()}${configMap(name)}`)).toBe(false);
  });

  test.each(['web', 'my-nginx-config', 'nginx-config-2', 'ingress-nginx-controller-2'])(
    'is not looked for in the ConfigMap %s',
    (name) => {
      expect(isLimited(`${ingress()}${configMap(name)}`)).toBe(true);
    },
  );

  const release = (chart: string): string => `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: controller, namespace: edge }
spec:
  chart: { spec: { chart: ${chart} } }
  values: { controller: { config: { proxy-body-size: "0" } } }
`;

  test.each(['ingress-nginx', 'nginx-ingress', 'charts/ingress-nginx'])(
    'is read from values of the chart %s',
    (chart) => {
      expect(isLimited(`${ingress()}${release(chart)}`)).toBe(false);
    },
  );

  test.each(['my-ingress-nginx', 'nginx', 'ingress-nginx-extras'])(
    'is not looked for in values of the chart %s',
    (chart) => {
      expect(isLimited(`${ingress()}${release(chart)}`)).toBe(true);
    },
  );

  test('is read from an Application with several sources, as object or as text', () => {
    const application = (helm: string): string => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ingress-nginx, namespace: argocd }
spec:
  sources: [{ chart: web }, { chart: ingress-nginx, helm: { ${helm} } }]
`;
    const object = 'valuesObject: { controller: { config: { proxy-body-size: "0" } } }';
    const text = `values: 'controller: { config: { proxy-body-size: "0" } }'`;
    expect(isLimited(`${ingress()}${application(object)}`)).toBe(false);
    expect(isLimited(`${ingress()}${application(text)}`)).toBe(false);
    expect(isLimited(`${ingress()}${application('')}`)).toBe(true);
  });

  test('is read from a HelmChart of k3s', () => {
    const chart = (values: string): string => `
apiVersion: helm.cattle.io/v1
kind: HelmChart
metadata: { name: ingress-nginx, namespace: kube-system }
spec: { chart: ingress-nginx, valuesContent: '${values}' }
`;
    expect(
      isLimited(`${ingress()}${chart('controller: { config: { proxy-body-size: "0" } }')}`),
    ).toBe(false);
    expect(isLimited(`${ingress()}${chart('controller: {}')}`)).toBe(true);
  });
});

describe('a snippet', () => {
  test.each([
    'nginx.ingress.kubernetes.io/server-snippet',
    'nginx.ingress.kubernetes.io/configuration-snippet',
    'nginx.org/server-snippets',
  ])('in %s may lift the limit', (name) => {
    expect(isLimited(ingress(`${name}: client_max_body_size 0;`))).toBe(false);
  });

  test.each([
    'nginx.ingress.kubernetes.io/server-snippet: proxy_read_timeout 1h;',
    'example.org/snippets-of-old: client_max_body_size 0;',
  ])('that says something else does not: %s', (annotation) => {
    expect(isLimited(ingress(annotation))).toBe(true);
  });
});
