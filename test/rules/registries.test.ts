import { Estate } from '../../src/rules/estate';
import { registriesOf } from '../../src/rules/registries';
import { manifestsOf } from './fixture';

/** The registries a text tells of: host, product and release. */
function told(text: string): string[] {
  return registriesOf(new Estate(manifestsOf(text, 'a.yaml'))).map(({ host, facts }) =>
    [host, facts.flavor, facts.namespace, facts.releaseName].map((fact) => fact ?? '-').join(' '),
  );
}

/** Files of values a registry takes for its own. */
function valuesOf(text: string): string[][] {
  return registriesOf(new Estate(manifestsOf(text, 'a.yaml'))).map(({ values }) =>
    values.map(({ root }) => root.get('gitea', 'config', 'server', 'ROOT_URL').text ?? '-'),
  );
}

const values = (rootUrl: string): string =>
  `gitea: { config: { server: { ROOT_URL: "${rootUrl}" } } }\n`;

const INGRESS = `kind: Ingress
apiVersion: networking.k8s.io/v1
metadata: { name: gitea, namespace: git }
spec:
  rules:
    - host: git.example.org
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: gitea-http, port: { number: 3000 } } } }] }
`;

const RENDERED = `kind: Deployment
apiVersion: apps/v1
metadata: { name: forge, namespace: code, labels: { app.kubernetes.io/instance: forge } }
spec: { template: { spec: { containers: [{ name: forgejo, image: code.forgejo.org/forgejo/forgejo:11.0.2-rootless }] } } }
---
kind: Secret
apiVersion: v1
metadata: { name: forge-forgejo-inline-config, namespace: code }
stringData: { server: "DOMAIN=git.example.org\\nROOT_URL=https://git.example.org/" }
`;

it.each([
  ['values', values('https://git.example.org/'), ['git.example.org gitea - -']],
  ['a route to the Service of a chart', INGRESS, ['git.example.org - git -']],
  ['what a chart renders', RENDERED, ['git.example.org forgejo code forge']],
  [
    'values and a route together',
    `${values('https://git.example.org/')}---\n${INGRESS}`,
    ['git.example.org gitea git -'],
  ],
  [
    'a release without a host, beside a route',
    `kind: HelmRelease\napiVersion: helm.toolkit.fluxcd.io/v2\nmetadata: { name: forge, namespace: git }\nspec: { chart: { spec: { chart: gitea, version: 12.5.0 } } }\n---\n${INGRESS}`,
    ['git.example.org gitea git forge'],
  ],
  [
    'two hosts',
    `${values('https://a.example.org/')}---\n${values('https://b.example.org/')}`,
    ['a.example.org gitea - -', 'b.example.org gitea - -'],
  ],
  ['nothing', 'kind: Pod\napiVersion: v1\nmetadata: { name: x }\n', []],
  [
    'a declaration, whatever else is there',
    `kind: RegistryDeclaration\n---\n${values('https://b.example.org/')}`,
    ['git.example.org gitea git gitea'],
  ],
])('tells registries by %s', (_, text, expected) => {
  expect(told(text)).toEqual(expected);
});

describe('the values of the only registry', () => {
  const DECLARED = 'kind: RegistryDeclaration\n---\n';

  test('are a file that names another host, when no other file is there', () => {
    expect(valuesOf(DECLARED + values('https://old.example.org/'))).toEqual([
      ['https://old.example.org/'],
    ]);
  });

  test('are not a file of another host beside one of its own', () => {
    const text = `${DECLARED}${values('https://old.example.org/')}---\n${values('https://git.example.org/')}`;
    expect(valuesOf(text)).toEqual([['https://git.example.org/']]);
  });

  test('are a file that names no host, beside its own', () => {
    const text = `${DECLARED}gitea: { config: {} }\n---\n${values('https://git.example.org/')}`;
    expect(valuesOf(text)).toEqual([['-', 'https://git.example.org/']]);
  });
});

test('the values of one registry among several are those that name its host', () => {
  const text = `${values('https://a.example.org/')}---\n${values('https://b.example.org/')}`;
  expect(valuesOf(text)).toEqual([['https://a.example.org/'], ['https://b.example.org/']]);
});
