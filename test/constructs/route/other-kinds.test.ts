import { Duration } from 'cdk8s';
import type {
  ForeignRouteProps,
  NginxIngressProps,
  TraefikIngressRouteProps,
} from 'cdk8s-gitea-registry';
import { ForgeRelease, GiteaRegistry, IssuerRef, RegistryTls, V2Route } from 'cdk8s-gitea-registry';
import type { Manifest } from '../../support/registries';
import { emptyChart, manifest, manifests, minimalProps, RELEASE } from '../../support/registries';
import { CERTIFICATE, subPathProps } from '../../support/route-registries';

const SHIM = RegistryTls.ingressShim({
  secretName: 'tls',
  issuer: IssuerRef.clusterIssuer('letsencrypt-prod'),
});
const LISTENER = RegistryTls.listener({ producer: 'platform team' });

function routed(route: V2Route, props = minimalProps()) {
  const chart = emptyChart();
  const registry = new GiteaRegistry(chart, 'Registry', props);
  registry.exposeV2(route);
  return { chart, registry };
}

describe('an IngressRoute', () => {
  it('declares every prop', () => {
    const props: Required<TraefikIngressRouteProps> = {
      tls: CERTIFICATE,
      name: 'live-route',
      entryPoints: ['internal'],
      priority: 500,
    };
    const { registry } = routed(V2Route.traefikIngressRoute(props));
    expect(JSON.parse(registry.declaration).route).toMatchObject({
      kind: 'traefik-ingress-route',
      name: 'live-route',
      entryPoints: ['internal'],
      priority: 500,
      tls: { source: 'certificate', secretName: 'git-tls' },
    });
  });

  it('has no middleware before /v2, below a path neither', () => {
    const { chart } = routed(V2Route.traefikIngressRoute({ tls: CERTIFICATE }), subPathProps());
    const { routes } = manifest(chart, 'IngressRoute').spec as never as {
      routes: { match: string; middlewares?: object[] }[];
    };
    expect(routes.map(({ match, middlewares }) => [match, middlewares])).toEqual([
      ['Host(`git.example.org`) && (Path(`/v2`) || PathPrefix(`/v2/`))', undefined],
      ['Host(`git.example.org`) && Path(`/git/v2/token`)', [{ name: 'forgejo-registry-realm' }]],
    ]);
  });

  it.each<[string, Partial<TraefikIngressRouteProps>, RegExp]>([
    [
      'the certificate is asked by an annotation',
      { tls: SHIM },
      /^route\.tls\.source 'ingress-shim' makes no certificate for IngressRoute: .*\(REG551\)$/,
    ],
    [
      'the certificate is that of a listener',
      { tls: LISTENER },
      /^route\.tls\.source 'listener' must be/,
    ],
    ['the priority is none', { priority: 0 }, /^route\.priority 0 .*\(REG214\)$/],
    [
      'the priority is one of Traefik itself',
      { priority: 2 ** 31 },
      /^route\.priority .*\(REG214\)$/,
    ],
    ['tls is missing', { tls: undefined as never }, /^route\.tls is missing/],
  ])('throws when %s', (_why, props, message) => {
    expect(() => routed(V2Route.traefikIngressRoute({ tls: CERTIFICATE, ...props }))).toThrow(
      message,
    );
  });
});

it.each([
  ['traefikIngress', V2Route.traefikIngress],
  ['nginxIngress', V2Route.nginxIngress],
])('an Ingress cannot take the name of the one for the token endpoint: %s', (_kind, route) => {
  const props = { tls: CERTIFICATE, name: 'forgejo-registry-realm' };
  expect(() => routed(route(props), subPathProps())).toThrow(
    "route.name 'forgejo-registry-realm' is the name of the Ingress that leads to the token endpoint: give another (REG660)",
  );
  expect(() => routed(V2Route.traefikIngressRoute(props), subPathProps())).not.toThrow();
});

describe('an Ingress of ingress-nginx', () => {
  it('declares every prop', () => {
    const props: Required<NginxIngressProps> = {
      tls: SHIM,
      name: 'live-ingress',
      ingressClassName: 'nginx-public',
    };
    expect(JSON.parse(routed(V2Route.nginxIngress(props)).registry.declaration).route).toEqual({
      kind: 'nginx-ingress',
      name: 'live-ingress',
      ingressClassName: 'nginx-public',
      tls: SHIM._toDeclaration(),
    });
  });

  it('waits as long as the slowest push may take, in seconds without unit', () => {
    const limits = { pushBudget: Duration.minutes(90) };
    const { chart } = routed(V2Route.nginxIngress({ tls: SHIM }), { ...minimalProps(), limits });
    expect(manifest(chart, 'Ingress').metadata.annotations).toMatchObject({
      'nginx.ingress.kubernetes.io/proxy-read-timeout': '5400',
      'nginx.ingress.kubernetes.io/proxy-send-timeout': '5400',
    });
  });

  it('refuses the certificate of a listener', () => {
    expect(() => routed(V2Route.nginxIngress({ tls: LISTENER }))).toThrow(
      /^route\.tls\.source 'listener' must be 'certificate' or /,
    );
  });
});

describe('a token endpoint below a path', () => {
  const named = ({ kind, metadata }: Manifest): string => `${kind} ${metadata.name}`;

  it('is asked for by one producer: the second Ingress carries no annotation of cert-manager', () => {
    for (const route of [
      V2Route.traefikIngress({ tls: SHIM }),
      V2Route.nginxIngress({ tls: SHIM }),
    ]) {
      const annotated = manifests(routed(route, subPathProps()).chart).filter(({ metadata }) =>
        Object.keys(metadata.annotations ?? {}).some((key) => key.startsWith('cert-manager.io/')),
      );
      expect(annotated.map(named)).toEqual(['Ingress forgejo-registry-v2']);
    }
  });

  it('has names of its own, whatever name the route has', () => {
    const route = V2Route.traefikIngress({ tls: SHIM, name: 'live-ingress' });
    const props = { ...subPathProps(), publishDeclaration: false };
    expect(manifests(routed(route, props).chart).map(named).sort()).toEqual([
      'Ingress forgejo-registry-realm',
      'Ingress live-ingress',
      'Middleware forgejo-registry-realm',
    ]);
  });
});

describe('a route of somebody else', () => {
  it('is declared and not rendered', () => {
    const props: Required<ForeignRouteProps> = { servedBy: 'the chart', servesRealm: true };
    const { chart, registry } = routed(V2Route.none(props));
    expect(JSON.parse(registry.declaration).route).toEqual({ kind: 'none', ...props });
    expect(manifests(chart).map(({ kind }) => kind)).toEqual(['ConfigMap']);
    expect(() => registry.exposeV2(V2Route.none(props))).toThrow(/'the chart' already .*REG214/);
  });

  it('has to say what serves it', () => {
    expect(() => routed(V2Route.none({ servedBy: ' ' }))).toThrow(
      /^route\.servedBy ' ' must say in one line what serves '\/v2' \(REG211\)$/,
    );
  });

  it('has to serve the token endpoint where clients are sent below a path', () => {
    const servedBy = 'the chart';
    expect(() => routed(V2Route.none({ servedBy }), subPathProps())).toThrow(
      /^route\.servesRealm false .*'\/git\/v2\/token'.*\(REG212\)$/,
    );
    expect(() =>
      routed(V2Route.none({ servedBy, servesRealm: true }), subPathProps()),
    ).not.toThrow();
  });
});

it('lets no second registry ask for the certificate of the same secret by an annotation', () => {
  const chart = emptyChart();
  const [first, second] = ['a', 'b'].map(
    (name) =>
      new GiteaRegistry(chart, name, {
        host: `${name}.example.org`,
        release: ForgeRelease.gitea({ ...RELEASE, name }),
      }),
  );
  first.exposeV2(V2Route.nginxIngress({ tls: SHIM }));
  expect(() => second.exposeV2(V2Route.nginxIngress({ tls: SHIM }))).toThrow(/\(REG550\)$/);
});
