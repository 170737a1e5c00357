import { App, Chart, Yaml } from 'cdk8s';
import {
  ArgoCdOverlay,
  FluxOverlay,
  ForgeRelease,
  GiteaRegistry,
  PackageSize,
  RegistryDelivery,
} from 'cdk8s-gitea-registry';
import fc from 'fast-check';
import { parse } from 'yaml';
import { arbitraryHost } from '../support/arbitraries';
import { settings } from '../support/settings';
import type { Values, World } from '../support/tool-precedence';
import {
  argoCd,
  coalesced,
  flux,
  helm,
  helmfile,
  k3s,
  kustomize,
  laidOver,
} from '../support/tool-precedence';

/** What there is before the registry: the chart's own values, and those of the release. */
interface Ground {
  readonly flavor: 'gitea' | 'forgejo';
  readonly host: string;
  readonly limit: number;
  readonly added: readonly { section: string; key: string; value: string }[];
  readonly defaults: Values;
  readonly base: readonly Values[];
}

const leaf = fc.oneof(
  fc.constantFrom(null, true, '', 'x', 0, 1_000_000),
  fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 }),
);

/** Values that meet the overlay: the same maps, keys of it among them, and maps where it has none. */
const values: fc.Arbitrary<Values> = fc.record(
  {
    replicaCount: leaf,
    gitea: fc.record(
      {
        admin: fc.oneof(leaf, fc.record({ username: leaf, existingSecret: leaf })),
        config: fc.dictionary(
          fc.constantFrom('server', 'packages', 'repository', 'ui', 'service'),
          fc.dictionary(fc.constantFrom('ROOT_URL', 'ENABLED', 'DOMAIN', 'THEMES'), leaf, {
            noNullPrototype: true,
          }),
          { noNullPrototype: true },
        ),
      },
      { requiredKeys: [], noNullPrototype: true },
    ),
  },
  { requiredKeys: [], noNullPrototype: true },
);

const ground: fc.Arbitrary<Ground> = fc.record({
  flavor: fc.constantFrom('gitea' as const, 'forgejo' as const),
  host: arbitraryHost,
  limit: fc.nat(9_999_999),
  added: settings,
  defaults: values,
  base: fc.array(values, { minLength: 1, maxLength: 3 }),
});

/** Where each layer of the base lies as a file, one of them encrypted. */
const FILES = ['helm/base.yaml', 'helm/site.sops.yaml', 'helm/more/last.yaml'];
const PLAIN = ['helm/base.yaml', 'helm/site.yaml', 'helm/more/last.yaml'];

interface Rendered {
  readonly objects: readonly Manifest[];
  /** What the tool finds: the base as files and as objects, the side files, the rendered ConfigMaps. */
  readonly world: World;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- manifests of any kind
type Manifest = any;

function render(given: Ground, delivery: RegistryDelivery, files: readonly string[]): Rendered {
  const chart = new Chart(new App(), 'chart');
  const make = given.flavor === 'gitea' ? ForgeRelease.gitea : ForgeRelease.forgejo;
  const registry = new GiteaRegistry(chart, 'Registry', {
    host: given.host,
    release: make({
      name: 'forge',
      namespace: 'git',
      chartVersion: given.flavor === 'gitea' ? '12.5.0' : '12.0.1',
      appVersion: given.flavor === 'gitea' ? '1.25.4' : '11.0.1+gitea-1.22.0',
      httpService: { name: 'forge-http', port: 3000 },
      valuesFiles: files.slice(0, given.base.length),
    }),
    limits: { generic: PackageSize.bytes(given.limit + 1) },
    delivery,
    publishDeclaration: false,
  });
  for (const { section, key, value } of given.added) {
    registry.addConfig(section, key, value);
  }
  // What the API server gets: printed, then read as YAML 1.1.
  const objects = chart.toJson().map((one) => parse(Yaml.stringify(one), { version: '1.1' }));
  return { objects, world: worldOf(given, files, registry, objects) };
}

function worldOf(
  { base }: Ground,
  files: readonly string[],
  registry: GiteaRegistry,
  rendered: readonly Manifest[],
): World {
  const layers = base.map((layer, index) => [files[index], JSON.stringify(layer)]);
  const texts = Object.fromEntries(base.map((layer, index) => [`${index}`, JSON.stringify(layer)]));
  const maps = rendered.filter(({ kind }) => kind === 'ConfigMap');
  return {
    files: Object.fromEntries([
      ...layers,
      ...registry._sideFiles().map(({ path, text }) => [path, text]),
    ]),
    objects: {
      'Secret git/base': texts,
      'Secret kube-system/base': texts,
      ...Object.fromEntries(
        maps.map(({ metadata, data }) => [
          `ConfigMap ${metadata.namespace}/${metadata.name}`,
          data,
        ]),
      ),
    },
  };
}

const baseValues = ({ base }: Ground): { secret: string; key: string }[] =>
  base.map((_, index) => ({ secret: 'base', key: `${index}` }));

const kind = ({ objects }: Rendered, name: string): Manifest =>
  objects.find((object) => object.kind === name);

const GIT = { valuesRepository: 'https://git.example.org/ops/cluster.git' };

/** What the chart is given in each mode, before its own values. */
const MODES: { readonly [mode: string]: (given: Ground) => Values } = {
  flux: (given) => {
    const made = render(given, RegistryDelivery.flux({ baseValues: baseValues(given) }), FILES);
    return flux(kind(made, 'HelmRelease'), made.world);
  },
  'flux with a ConfigMap': (given) => {
    const delivery = RegistryDelivery.flux({
      baseValues: baseValues(given),
      overlay: FluxOverlay.CONFIG_MAP,
    });
    const made = render(given, delivery, FILES);
    return flux(kind(made, 'HelmRelease'), made.world);
  },
  'a HelmRelease of others': (given) => {
    const made = render(given, RegistryDelivery.fluxValues(), FILES);
    const theirs = baseValues(given).map(({ secret, key }) => ({
      kind: 'Secret',
      name: secret,
      valuesKey: key,
    }));
    const { metadata } = kind(made, 'ConfigMap');
    const ours = { kind: 'ConfigMap', name: metadata.name };
    return flux({ metadata, spec: { valuesFrom: [...theirs, ours] } }, made.world);
  },
  'argo cd': (given) => {
    const made = render(given, RegistryDelivery.argoCd(GIT), PLAIN);
    return argoCd(kind(made, 'Application'), made.world);
  },
  'argo cd inline, decrypting': (given) => {
    const delivery = RegistryDelivery.argoCd({
      ...GIT,
      overlay: ArgoCdOverlay.INLINE,
      decrypts: true,
    });
    const made = render(given, delivery, FILES);
    return argoCd(kind(made, 'Application'), made.world);
  },
  'k3s HelmChart': (given) => {
    const delivery = RegistryDelivery.k3sHelmChart({ baseValues: baseValues(given) });
    const made = render(given, delivery, FILES);
    return k3s(kind(made, 'HelmChart'), kind(made, 'HelmChartConfig'), made.world);
  },
  'k3s HelmChart of others': (given) => {
    const made = render(given, RegistryDelivery.k3sHelmChartConfig(), FILES);
    const config = kind(made, 'HelmChartConfig');
    const valuesSecrets = baseValues(given).map(({ secret, key }) => ({
      name: secret,
      keys: [key],
    }));
    return k3s({ metadata: config.metadata, spec: { valuesSecrets } }, config, made.world);
  },
  helmfile: (given) => {
    const made = render(given, RegistryDelivery.helmfile(), FILES);
    return helmfile('helm/forge-registry.helmfile.yaml', made.world);
  },
  kustomize: (given) => {
    const made = render(given, RegistryDelivery.kustomize(), PLAIN);
    return kustomize('helm/kustomization.yaml', made.world);
  },
  'kustomize at the root': (given) => {
    const made = render(given, RegistryDelivery.kustomize({ atRoot: true }), PLAIN);
    return kustomize('kustomization.yaml', made.world);
  },
};

/** `helm upgrade` with the files in the order of the header. */
function withHelm(given: Ground): Values {
  const { world } = render(given, RegistryDelivery.helmValues(), FILES);
  const files = [...FILES.slice(0, given.base.length), 'helm/forge-registry-values.yaml'];
  return helm(files, world);
}

it.each(Object.keys(MODES))('gives the chart the same values as helm does: %s', (mode) => {
  fc.assert(
    fc.property(ground, (given) => {
      const expected = coalesced(given.defaults, withHelm(given));
      expect(coalesced(given.defaults, MODES[mode](given))).toEqual(expected);
    }),
    { numRuns: 12 },
  );
});

it('lets the overlay win over every layer below, whatever that sets', () => {
  fc.assert(
    fc.property(ground, (given) => {
      const effective = coalesced(given.defaults, withHelm(given));
      const { world } = render({ ...given, base: [{}] }, RegistryDelivery.helmValues(), FILES);
      const overlay = helm(['helm/forge-registry-values.yaml'], world);
      expect(laidOver(effective, overlay)).toEqual(effective);
    }),
    { numRuns: 12 },
  );
});
