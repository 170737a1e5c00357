import { accessPaths } from '../../src/declaration/access-path';
import { MINIMAL_DECLARATION } from '../support/arbitraries';

it('lists the public name and the Service of the smallest declaration', () => {
  expect(accessPaths(MINIMAL_DECLARATION)).toEqual([
    { name: 'ingress', kind: 'ingress', origin: 'https://git.example.org', insideCluster: false },
    {
      name: 'service',
      kind: 'service',
      origin: 'http://gitea-http.default.svc:3000',
      insideCluster: true,
    },
  ]);
});

it('lists every path in the order of reports, tunnels last and as declared', () => {
  const paths = accessPaths({
    ...MINIMAL_DECLARATION,
    host: 'git.example.org:8443',
    release: {
      ...MINIMAL_DECLARATION.release,
      namespace: 'forge',
      httpService: { name: 'web', port: 80, appPort: 3000, nodePort: 32166 },
    },
    tunnels: [
      { name: 'vpn', url: 'http://10.0.0.1:3000' },
      { name: 'local', url: 'http://127.0.0.1:3000' },
    ],
  });
  expect(paths).toEqual([
    {
      name: 'ingress',
      kind: 'ingress',
      origin: 'https://git.example.org:8443',
      insideCluster: false,
    },
    { name: 'service', kind: 'service', origin: 'http://web.forge.svc:80', insideCluster: true },
    { name: 'nodePort', kind: 'nodePort', nodePort: 32166, insideCluster: true },
    { name: 'vpn', kind: 'tunnel', origin: 'http://10.0.0.1:3000', insideCluster: false },
    { name: 'local', kind: 'tunnel', origin: 'http://127.0.0.1:3000', insideCluster: false },
  ]);
});
