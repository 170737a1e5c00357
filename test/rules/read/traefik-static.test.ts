import fc from 'fast-check';
import { parse } from 'yaml';
import { Estate } from '../../../src/rules/estate';
import type { Manifest } from '../../../src/rules/manifest';
import { asManifest, asValues } from '../../../src/rules/manifest';
import type { TraefikStatic } from '../../../src/rules/read/traefik-static';
import {
  entryPointNames,
  listOf,
  option,
  staticOfValues,
  usesProvider,
} from '../../../src/rules/read/traefik-static';

const traefiksOf = (...manifests: Manifest[]): readonly TraefikStatic[] =>
  new Estate(manifests, { readYaml: (text) => parse(text) }).traefiks;

const GROUPS: { readonly [kind: string]: string } = {
  HelmRelease: 'helm.toolkit.fluxcd.io/v2',
  HelmChartConfig: 'helm.cattle.io/v1',
};

const ofObject = (kind: string, spec: object, name = 'traefik', namespace = 'traefik'): Manifest =>
  asManifest({ apiVersion: GROUPS[kind] ?? 'v1', kind, metadata: { name, namespace }, spec }, {});

const ofValues = (values: object): TraefikStatic => {
  const manifest = asValues(values, {});
  return staticOfValues({ chart: 'traefik', manifest, root: manifest.root });
};

const release = (values: object, spec: object = {}): TraefikStatic =>
  traefiksOf(
    ofObject('HelmRelease', { chart: { spec: { chart: 'traefik', ...spec } }, values }),
  )[0];

const ofContainer = (container: object, ...others: object[]): TraefikStatic | undefined =>
  traefiksOf(
    ofObject('Pod', { containers: [...others, { image: 'traefik:v3.6.8', ...container }] }),
  )[0];

const ofFile = (text: string, name = 'traefik.yaml'): TraefikStatic | undefined =>
  traefiksOf(
    asManifest({ kind: 'ConfigMap', metadata: { name: 'traefik' }, data: { [name]: text } }, {}),
  )[0];

const textOf = (traefik: TraefikStatic, name: string): string | undefined =>
  option(traefik, name)?.text;

const inShort = ({ options }: TraefikStatic): string[] =>
  options.map(({ name, text, at }) => `${name}=${text} at ${at.path}`);

describe('values of the Traefik chart', () => {
  test('become options by the names of arguments, with their places', () => {
    const values = {
      ports: {
        webSecure: {
          port: 8443,
          exposedPort: 443,
          expose: { default: true },
          asDefault: true,
          allowACMEByPass: true,
          forwardedHeaders: { trustedIPs: ['10.0.0.0/8', '192.168.0.0/16'], insecure: false },
          proxyProtocol: { trustedIPs: [] },
          transport: {
            respondingTimeouts: { readTimeout: 0, writeTimeout: null, idleTimeout: '' },
          },
          http: { encodedCharacters: { allowEncodedSlash: true } },
          http2: { maxConcurrentStreams: 10 },
          http3: { enabled: true, advertisedPort: 4443 },
          observability: { metrics: false },
        },
      },
    };
    expect(inShort(ofValues(values))).toEqual([
      'entrypoints.websecure.address=:8443 at ports.webSecure.port',
      'entrypoints.websecure.allowacmebypass=true at ports.webSecure.allowACMEByPass',
      'entrypoints.websecure.asdefault=true at ports.webSecure.asDefault',
      'entrypoints.websecure.forwardedheaders.trustedips=10.0.0.0/8,192.168.0.0/16 at ports.webSecure.forwardedHeaders.trustedIPs',
      'entrypoints.websecure.forwardedheaders.insecure=false at ports.webSecure.forwardedHeaders.insecure',
      'entrypoints.websecure.http.encodedcharacters.allowencodedslash=true at ports.webSecure.http.encodedCharacters.allowEncodedSlash',
      'entrypoints.websecure.http2.maxconcurrentstreams=10 at ports.webSecure.http2.maxConcurrentStreams',
      'entrypoints.websecure.http3=true at ports.webSecure.http3.enabled',
      'entrypoints.websecure.http3.advertisedport=4443 at ports.webSecure.http3.advertisedPort',
      'entrypoints.websecure.observability.metrics=false at ports.webSecure.observability.metrics',
      'entrypoints.websecure.transport.respondingtimeouts.readtimeout=0 at ports.webSecure.transport.respondingTimeouts.readTimeout',
    ]);
  });

  test.each([
    ['since 39', { http: { tls: { enabled: true, certResolver: 'le' }, middlewares: ['a', 'b'] } }],
    ['up to 38', { tls: { enabled: true, certResolver: 'le' }, middlewares: ['a', 'b'] }],
  ])('have TLS and middlewares of a port under one name, in charts %s', (_, port) => {
    const traefik = ofValues({ ports: { web: port } });
    expect(textOf(traefik, 'entryPoints.web.http.tls')).toBe('true');
    expect(textOf(traefik, 'entryPoints.web.http.tls.certResolver')).toBe('le');
    expect(textOf(traefik, 'entryPoints.web.http.middlewares')).toBe('a,b');
  });

  test.each([
    ['since 39', { http: { redirections: { entryPoint: { to: 'websecure' } } } }],
    ['34 to 38', { redirections: { entryPoint: { to: 'websecure' } } }],
    ['28 to 33', { redirectTo: { port: 'websecure' } }],
    ['up to 27', { redirectTo: 'websecure' }],
  ])('have redirections of a port under one name, in charts %s', (_, port) => {
    const traefik = ofValues({ ports: { web: { expose: true, ...port } } });
    expect(textOf(traefik, 'entryPoints.web.http.redirections.entryPoint.to')).toBe('websecure');
  });

  test('pass nothing on below what is switched off', () => {
    const traefik = ofValues({
      ports: { websecure: { tls: { enabled: false, certResolver: 'le' } } },
      providers: { kubernetesGateway: { enabled: false, nativeLBByDefault: true } },
    });
    expect(inShort(traefik)).toEqual([
      'entrypoints.websecure.http.tls=false at ports.websecure.tls.enabled',
      'providers.kubernetesgateway=false at providers.kubernetesGateway.enabled',
    ]);
  });

  test('give the arguments written in them the last word', () => {
    const traefik = ofValues({
      ports: { web: { transport: { respondingTimeouts: { readTimeout: '60s' } } } },
      globalArguments: ['--entryPoints.web.transport.respondingTimeouts.readTimeout=30s'],
      additionalArguments: [
        '--entrypoints.web.transport.respondingtimeouts.readtimeout=0',
        '--entryPoints.extra.address=:5000/tcp',
      ],
    });
    const name = 'entryPoints.web.transport.respondingTimeouts.readTimeout';
    expect(option(traefik, name)).toMatchObject({ text: '0' });
    expect(option(traefik, name)?.at.path).toBe('additionalArguments[0]');
    expect(traefik.entryPoints).toContainEqual({ name: 'extra', port: 5000, tls: false });
  });

  test('lie over the entry points of the chart', () => {
    expect(ofValues({ ports: { web: {} } }).entryPoints).toEqual([
      { name: 'web', port: 8000, tls: false },
      { name: 'websecure', port: 8443, tls: true },
      { name: 'traefik', port: 8080, tls: false },
      { name: 'metrics', port: 9100, tls: false },
    ]);
    const changed = {
      web: { port: 80, http: { tls: { certResolver: 'le' } } },
      websecure: { port: 443, tls: { enabled: false } },
      traefik: null,
      metrics: null,
      extra: { tls: { options: 'strict' } },
    };
    expect(ofValues({ ports: changed }).entryPoints).toEqual([
      { name: 'web', port: 80, tls: true },
      { name: 'websecure', port: 443, tls: false },
      { name: 'extra', tls: true },
    ]);
  });

  test('lie over the providers of the chart', () => {
    const values = (providers: object): object => ({ ports: { web: {} }, providers });
    expect(ofValues(values({})).providers).toEqual(['kubernetescrd', 'kubernetesingress']);
    expect(
      ofValues(
        values({
          kubernetesCRD: { allowCrossNamespace: true },
          kubernetesIngress: { enabled: false },
          kubernetesGateway: { enabled: true },
          kubernetesIngressNGINX: { ingressClass: 'nginx' },
          file: {},
        }),
      ).providers,
    ).toEqual(['kubernetescrd', 'kubernetesgateway']);
    const traefik = ofValues({ ports: { web: {} }, additionalArguments: ['--providers.consul'] });
    expect(usesProvider(traefik, 'Consul')).toBe(true);
    expect(usesProvider(traefik, 'kubernetesgateway')).toBe(false);
  });

  test('of the form of a static file are read as one', () => {
    const traefik = ofValues({
      entryPoints: { web: { address: ':80' } },
      providers: { kubernetesIngress: {} },
    });
    expect(traefik.entryPoints).toEqual([{ name: 'web', port: 80, tls: false }]);
    expect(traefik.providers).toEqual(['kubernetesingress']);
  });

  test.each([
    ['the tag of the image', { image: { tag: 'v3.6.5' } }, {}, '3.6.5', 'image.tag'],
    ['a number of two parts', { image: { tag: 3.6 } }, {}, undefined, undefined],
    ['a tag of four parts', { image: { tag: '3.6.5.1' } }, {}, undefined, undefined],
    ['a tag with more', { image: { tag: 'v3.6.5-windows' } }, {}, '3.6.5', 'image.tag'],
    ['a moving tag', { image: { tag: 'latest' } }, { version: '38.0.0' }, undefined, undefined],
    ['versionOverride', { versionOverride: 'v3.7.1' }, {}, '3.7.1', 'versionOverride'],
    ['a chart of one release', {}, { version: '38.0.0' }, '3.6.5', 'spec.chart.spec.version'],
    ['another such chart', {}, { version: '38.0.1' }, '3.6.5', 'spec.chart.spec.version'],
    ['the last such chart', {}, { version: '38.0.2' }, '3.6.6', 'spec.chart.spec.version'],
    ['any other chart', {}, { version: '39.0.0' }, undefined, undefined],
    ['a range of charts', {}, { version: '38.x' }, undefined, undefined],
    ['nothing', {}, {}, undefined, undefined],
  ])('tell the version by %s', (_, values, spec, version, path) => {
    const traefik = release({ ports: { web: {} }, ...values }, spec);
    expect(traefik.version).toBe(version);
    expect(traefik.versionAt?.path.replace(/^spec\.values\./, '')).toBe(path);
  });

  test('are whole in an object that names no others, and over what k3s ships', () => {
    const values = { ports: { web: {} } };
    const valuesContent = '{ports: {websecure: {}}}';
    const complete = (...args: Parameters<typeof ofObject>): boolean[] =>
      traefiksOf(ofObject(...args)).map((traefik) => traefik.complete);
    expect(ofValues(values).complete).toBe(false);
    expect(release(values).complete).toBe(true);
    const layered = { chart: { spec: { chart: 'traefik' } }, valuesFrom: [{}], values };
    expect(complete('HelmRelease', layered)).toEqual([false]);
    const config = ['HelmChartConfig', { valuesContent }] as const;
    expect(complete(...config, 'traefik', 'kube-system')).toEqual([true]);
    expect(complete(...config, 'traefik', 'default')).toEqual([false]);
    expect(complete(...config, 'rke2-traefik', 'kube-system')).toEqual([false]);
    expect(complete('HelmChartConfig', {}, 'traefik', 'kube-system')).toEqual([false]);
  });
});

describe('arguments of a Traefik container', () => {
  test('are read as Traefik takes them, whatever their case', () => {
    const args = [
      'traefik',
      '--EntryPoints.webSecure.Address=:8443/tcp',
      '-entrypoints.websecure.http.tls',
      '--entrypoints.web.address',
      ':8000',
      '--providers.kubernetescrd',
      '--providers.kubernetesingress=false',
      '--log.format=a=b',
      42,
    ];
    const traefik = ofContainer({ args })!;
    expect(traefik.options.map(({ name, text }) => `${name} ${text}`)).toEqual([
      'entrypoints.websecure.address :8443/tcp',
      'entrypoints.websecure.http.tls true',
      'entrypoints.web.address :8000',
      'providers.kubernetescrd true',
      'providers.kubernetesingress false',
      'log.format a=b',
    ]);
    expect(traefik.options[2].at.path).toBe('spec.containers[0].args[3]');
    expect(entryPointNames(traefik)).toEqual(['websecure', 'web']);
    expect(traefik.entryPoints).toEqual([
      { name: 'websecure', port: 8443, tls: true },
      { name: 'web', port: 8000, tls: false },
    ]);
    expect(traefik.providers).toEqual(['kubernetescrd']);
  });

  test.each([
    [':443', 443],
    ['10.0.0.1:443', 443],
    ['[::1]:8443/TCP', 8443],
    [':0443/udp', 443],
    ['443', undefined],
    [':https', undefined],
    [':443/tcp/x', undefined],
  ])('name the port of an address: %s', (address, port) => {
    const traefik = ofContainer({ args: [`--entrypoints.a.address=${address}`] })!;
    expect(traefik.entryPoints).toEqual([{ name: 'a', tls: false, ...(port && { port }) }]);
  });

  test.each([
    ['--entrypoints.a.http.tls=true', true],
    ['--entrypoints.a.http.tls=false', false],
    ['--entrypoints.a.http.tls.certresolver=le', true],
    ['--entrypoints.a.http.tlsother=le', false],
  ])('say whether an entry point speaks TLS: %s', (argument, tls) => {
    expect(ofContainer({ args: [argument] })!.entryPoints).toEqual([{ name: 'a', tls }]);
  });

  test.each([
    ['traefik', true],
    ['traefik:v3.6.5', true],
    ['docker.io/library/traefik:v3', true],
    ['registry.example.net:5000/traefik@sha256:0', true],
    ['rancher/mirrored-library-traefik:3.6.5', true],
    ['traefik/traefik', true],
    ['docker.io/traefik/whoami:v1', false],
    ['nottraefik:v3', false],
    ['traefik-hub:v3', false],
    ['traefik.example.net/gitea:1', false],
  ])('are those of Traefik by its image: %s', (image, isTraefik) => {
    expect(ofContainer({ image, args: ['--api'] }) !== undefined).toBe(isTraefik);
  });

  test.each([
    ['traefik:v3.6.5', '3.6.5'],
    ['registry.example.net:5000/traefik', undefined],
    ['rancher/mirrored-library-traefik:3.6.5@sha256:0', '3.6.5'],
    ['traefik@sha256:1.2.3', undefined],
  ])('tell the version by the image: %s', (image, version) => {
    const traefik = ofContainer({ image, args: ['--api'] })!;
    expect(traefik.version).toBe(version);
    expect(traefik.versionAt?.path).toBe(version && 'spec.containers[0].image');
  });

  test.each([
    ['arguments', { args: ['--api'] }, true],
    ['a command', { command: ['traefik', '--api'] }, true],
    ['neither', {}, false],
    ['a named file', { args: ['--configFile=/x.yaml'] }, false],
    ['a mounted folder', { args: ['--api'], volumeMounts: [{ mountPath: '/etc/traefik' }] }, false],
    [
      'the folder with a slash',
      { args: ['--api'], volumeMounts: [{ mountPath: '/etc/traefik/' }] },
      false,
    ],
    [
      'a mounted file',
      { args: ['--api'], volumeMounts: [{ mountPath: '/etc/traefik/traefik.yml' }] },
      false,
    ],
    [
      'a file of toml',
      { args: ['--api'], volumeMounts: [{ mountPath: '/etc/traefik/traefik.toml' }] },
      false,
    ],
    [
      'a folder below',
      { args: ['--api'], volumeMounts: [{ mountPath: '/etc/traefik/dynamic' }] },
      true,
    ],
    [
      'another folder',
      { args: ['--api'], volumeMounts: [{ mountPath: '/data/etc/traefik' }] },
      true,
    ],
    ['no path', { args: ['--api'], volumeMounts: [{}] }, true],
  ])('are all there is where Traefik is given %s', (_, container, complete) => {
    expect(ofContainer(container)!.complete).toBe(complete);
  });

  test('are found behind other containers', () => {
    const traefik = ofContainer({ args: ['--api'] }, { image: 'busybox', args: ['--x'] }, {})!;
    expect(traefik.at.path).toBe('spec.containers[2]');
  });
});

describe('a static file in a ConfigMap', () => {
  test('is read by its own words; an empty map switches on', () => {
    const traefik = ofFile(`
entryPoints:
  webSecure:
    address: ":8443"
    http: { tls: {}, middlewares: [a, b] }
    forwardedHeaders: { trustedIPs: [] }
providers:
  kubernetesCRD: {}
  kubernetesIngress: { ingressClass: edge }
certificatesResolvers: { le: { acme: { email: ops@example.org } } }
log: { level: INFO }
`)!;
    expect(traefik.complete).toBe(true);
    expect(traefik.version).toBeUndefined();
    expect(inShort(traefik)).toEqual([
      'entrypoints.websecure.address=:8443 at data["traefik.yaml"] > entryPoints.webSecure.address',
      'entrypoints.websecure.http.tls=true at data["traefik.yaml"] > entryPoints.webSecure.http.tls',
      'entrypoints.websecure.http.middlewares=a,b at data["traefik.yaml"] > entryPoints.webSecure.http.middlewares',
      'providers.kubernetescrd=true at data["traefik.yaml"] > providers.kubernetesCRD',
      'providers.kubernetesingress.ingressclass=edge at data["traefik.yaml"] > providers.kubernetesIngress.ingressClass',
      'certificatesresolvers.le.acme.email=ops@example.org at data["traefik.yaml"] > certificatesResolvers.le.acme.email',
    ]);
    expect(traefik.entryPoints).toEqual([{ name: 'websecure', port: 8443, tls: true }]);
    expect(traefik.providers).toEqual(['kubernetescrd', 'kubernetesingress']);
  });

  test.each(['traefik.yaml', 'traefik.yml', 'static.yaml', 'static.yml'])(
    'is found in %s',
    (name) => {
      expect(ofFile('entryPoints: {}', name)).toBeDefined();
    },
  );

  test.each(['my-traefik.yaml', 'traefik.yaml.bak', 'traefik.toml', 'values.yaml'])(
    'is not looked for in %s',
    (name) => {
      expect(ofFile('entryPoints: {}', name)).toBeUndefined();
    },
  );

  test.each([
    ['values of the chart', 'ports: { web: {} }'],
    ['no map', 'entryPoints'],
    ['entry points that are none', 'entryPoints: []'],
    ['no YAML', 'entryPoints: ['],
  ])('is not what holds %s', (_, text) => {
    expect(ofFile(text)).toBeUndefined();
  });

  test('is not parsed where nothing speaks of entry points', () => {
    const manifest = asManifest({ kind: 'ConfigMap', data: { 'static.yaml': 'a: [' } }, {});
    const estate = new Estate([manifest], { readYaml: (text) => parse(text) });
    expect(estate.traefiks).toEqual([]);
    expect(estate.unreadable).toEqual([]);
  });
});

describe('a list in an option', () => {
  test.each([
    ['a,b', ['a', 'b']],
    [' a , ,b ', ['a', 'b']],
    ['', []],
  ])('is cut at its commas: %j', (text, words) => {
    expect(listOf({ name: 'x', text, at: ofValues({ ports: { web: {} } }).at })).toEqual(words);
  });

  test('that is not written has no words', () => {
    expect(listOf(undefined)).toEqual([]);
  });
});

describe('whatever stands in a foreign document', () => {
  const anything = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<object>;
  const key = fc.constantFrom('ports', 'providers', 'image', 'entryPoints', 'additionalArguments');

  test('values are read without an error, and names are lower-case', () => {
    fc.assert(
      fc.property(fc.dictionary(key, anything), (values) => {
        for (const { name, text } of release(values).options) {
          expect(name).toBe(name.toLowerCase());
          expect(text).not.toBe('');
        }
      }),
    );
  });

  test('arguments are read without an error', () => {
    const item = fc.oneof(fc.string(), fc.constantFrom('--a', '--a=b', '-a', '--', 'a'), anything);
    fc.assert(
      fc.property(fc.array(item), (args) => {
        const traefik = ofContainer({ args })!;
        expect(traefik.options.length).toBeLessThanOrEqual(args.length);
      }),
    );
  });

  test('an argument and the value of the chart for it mean the same', () => {
    const leaf = fc.oneof(
      fc.boolean(),
      fc.integer({ min: 0 }),
      fc.stringMatching(/^[a-z0-9]{1,9}$/),
    );
    const path = fc.constantFrom(
      ['forwardedHeaders', 'insecure'],
      ['transport', 'respondingTimeouts', 'readTimeout'],
      ['http', 'encodedCharacters', 'allowEncodedSlash'],
      ['asDefault'],
    );
    fc.assert(
      fc.property(path, leaf, (keys, value) => {
        const port = keys.reduceRight<unknown>((below, step) => ({ [step]: below }), value);
        const name = `entryPoints.web.${keys.join('.')}`;
        const written = ofValues({ ports: { web: port } });
        const argued = ofContainer({ args: [`--${name}=${value}`] })!;
        expect(textOf(written, name)).toBe(textOf(argued, name));
      }),
    );
  });
});
