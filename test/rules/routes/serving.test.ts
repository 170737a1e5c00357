import { registriesOf } from '../../../src/rules/registries';
import { PACKAGES, servingRoutes, V2_PING } from '../../../src/rules/routes/serving';
import { estateOf } from '../read/estate-of';

const DECLARED = 'kind: RegistryDeclaration\n';

const rules = (name: string, ...matches: string[]): string => `
---
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: ${name}, namespace: git }
spec:
  entryPoints: [${name}]
  routes:
${matches.map((match) => `    - { kind: Rule, match: ${JSON.stringify(match)} }`).join('\n')}
  tls: {}
`;

const ingress = (name: string, className: string, host: string, paths: object): string => `
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, namespace: git }
spec:
  ingressClassName: ${className}
  rules: [{ host: "${host}", http: { paths: ${JSON.stringify(paths)} } }]
`;

const serving = (text: string, path = V2_PING): string[] => {
  const [registry] = registriesOf(estateOf(DECLARED + text));
  return servingRoutes(registry, path).map(({ manifest, at }) => `${manifest.name} ${at.path}`);
};

describe('the routes that serve a path', () => {
  test('are the strongest of those that take it: the longest rule of Traefik', () => {
    const text = rules(
      'a',
      'Host(`git.example.org`)',
      'Host(`git.example.org`) && PathPrefix(`/v2`)',
      'Host(`git.example.org`) && PathPrefix(`/api`)',
    );
    expect(serving(text)).toEqual(['a spec.routes[1]']);
    expect(serving(text, PACKAGES)).toEqual(['a spec.routes[2]']);
  });

  test('are more than one where none is stronger', () => {
    const host = 'Host(`git.example.org`)';
    expect(serving(rules('a', host) + rules('b', host))).toEqual([
      'a spec.routes[0]',
      'b spec.routes[0]',
    ]);
  });

  test('are of the host by name before a wildcard', () => {
    const prefix = (path: string): object => ({ path, pathType: 'Prefix' });
    const wild = ingress('wild', 'traefik', '*.example.org', [prefix('/v2')]);
    expect(serving(wild)).toEqual(['wild spec.rules[0].http.paths[0]']);
    const own = ingress('own', 'traefik', 'git.example.org', [prefix('/')]);
    expect(serving(wild + own)).toEqual(['own spec.rules[0].http.paths[0]']);
  });

  test('are not those of plain http, unless there are no others', () => {
    const plain = rules('web', 'Host(`git.example.org`) && PathPrefix(`/v2`)').replace(
      'tls: {}',
      '',
    );
    expect(serving(plain)).toEqual(['web spec.routes[0]']);
    expect(serving(plain + rules('a', 'Host(`git.example.org`)'))).toEqual(['a spec.routes[0]']);
  });

  test('are one for each method where methods are told apart', () => {
    const v2 = 'Host(`git.example.org`) && PathPrefix(`/v2`)';
    const text = rules('a', v2, `${v2} && Method(\`PUT\`)`, 'Host(`git.example.org`)');
    expect(serving(text)).toEqual(['a spec.routes[0]', 'a spec.routes[1]']);
  });

  test('are not those that ask for more', () => {
    const v2 = 'Host(`git.example.org`) && PathPrefix(`/v2`)';
    const text = rules('a', `${v2} && Header(\`X-Team\`, \`a\`)`, 'Host(`git.example.org`)');
    expect(serving(text)).toEqual(['a spec.routes[1]']);
  });

  test('are by length of the path and exactness where Traefik does not sort', () => {
    const text = (className: string): string =>
      ingress('one', className, 'git.example.org', [
        { path: '/v2', pathType: 'Prefix' },
        { path: '/', pathType: 'Prefix' },
        { path: '/v2/', pathType: 'Exact' },
      ]);
    expect(serving(text('nginx'))).toEqual(['one spec.rules[0].http.paths[2]']);
    expect(serving(text('traefik'))).toEqual(['one spec.rules[0].http.paths[0]']);
  });

  test('are none where nothing takes the path', () => {
    expect(serving('')).toEqual([]);
    expect(serving(rules('a', 'Host(`git.example.org`) && PathPrefix(`/docs`)'))).toEqual([]);
  });
});
