import type { GiteaRegistry } from 'cdk8s-gitea-registry';
import { parseDeclaration } from 'cdk8s-gitea-registry/declaration';
import { parse } from 'yaml';
import { RULES } from '../../src/rules/catalogue';
import { Estate } from '../../src/rules/estate';
import { describeFinding } from '../../src/rules/finding';
import { judge } from '../../src/rules/judge';
import { asManifest, asValues } from '../../src/rules/manifest';
import { overlayValues } from '../../src/delivery/overlay-values';
import { manifestsOf } from '../rules/fixture';
import { FLAVORS } from '../support/deliveries';
import { expectGoldenText } from '../support/golden-text';
import type { Manifest } from '../support/registries';
import { MISSING_SCHEMAS, SCHEMA_FOLDER, StrictSchemas } from '../support/strict-schema';
import type { BuiltCell } from './cells';
import { built, CELLS, reviewed } from './cells';

const matrix = CELLS.map((cell) => ({ ...cell, result: built(cell) }));

const named = ({ kind, metadata }: Manifest): string =>
  `${kind} ${metadata.namespace}/${metadata.name}`;

it('has every product, delivery and kind of route', () => {
  expect(matrix.length).toBeGreaterThanOrEqual(60);
  const declared = matrix.map(({ result }) => result.registry._toDeclaration());
  const sorted = (values: readonly (string | undefined)[]): unknown[] =>
    [...new Set(values)].sort();
  expect(sorted(declared.map(({ release }) => release.flavor))).toEqual(['forgejo', 'gitea']);
  expect(sorted(declared.map(({ route }) => route?.kind))).toEqual([
    'gateway-http-route',
    'nginx-ingress',
    'none',
    'traefik-ingress',
    'traefik-ingress-route',
  ]);
  // A values file is no mode: it is what a declaration without delivery means.
  expect(sorted(declared.map(({ delivery }) => delivery?.mode))).toEqual([
    'argo-cd',
    'flux',
    'flux-values',
    'helmfile',
    'k3s-helm-chart',
    'k3s-helm-chart-config',
    'kustomize',
    undefined,
  ]);
});

const overlayOf = (registry: GiteaRegistry): unknown =>
  overlayValues(registry._toDeclaration(), []);

/** What `gitea-registry check` reads after synth: objects, the overlay, the YAML beside it, and the declaration. */
function estateOf({ registry, objects, files }: BuiltCell): Estate {
  const origin = (file: string): { readonly file: string } => ({ file });
  const beside = files.filter(({ path }) => path.endsWith('.yaml'));
  return new Estate(
    [
      ...objects.map((object) => asManifest(object, origin('dist'))),
      ...beside.flatMap(({ path, text }) => manifestsOf(text, path)),
      asValues(overlayOf(registry), origin('overlay')),
      asManifest(JSON.parse(registry.declaration), origin('registry.json')),
    ],
    { readYaml: (text) => parse(text) },
  );
}

describe.each(matrix)('$name', (cell) => {
  const { name, delivery, route, result } = cell;
  const { registry, objects } = result;

  it('renders what people reviewed', () => {
    // Files of other tools are no manifests, and need not even be YAML.
    const extension = result.files.length > 0 ? 'txt' : 'yaml';
    expectGoldenText(reviewed(result), `matrix/${name}.${extension}`);
  });

  it('renders the objects of its delivery and of its route, and no others', () => {
    expect(objects.map(({ kind }) => kind).sort()).toEqual(
      [...delivery.kinds, ...route.kinds].sort(),
    );
  });

  it('breaks no rule, warnings included', () => {
    const estate = estateOf(result);
    const { registries, findings } = judge(estate, RULES);
    expect(estate.unreadable).toEqual([]);
    expect(registries).toHaveLength(1);
    expect(registries[0].declaration).toEqual(registry._toDeclaration());
    expect(findings.map(describeFinding)).toEqual([]);
  });

  it('reads back from registry.json', () => {
    expect(parseDeclaration(registry.declaration)).toEqual(registry._toDeclaration());
  });

  it('keeps its names when chart and construct are renamed', () => {
    expect(built(cell, 'renamed', 'Other').objects.map(named)).toEqual(objects.map(named));
  });
});

it.each(Object.keys(FLAVORS))(
  'gives %s the same values whatever the delivery and the route',
  (product) => {
    const overlays = matrix
      .filter(({ flavor }) => flavor === product)
      .map(({ result }) => JSON.stringify(overlayOf(result.registry)));
    expect(new Set(overlays).size).toBe(1);
  },
);

/** Codes found in a cell after `from` became `to` in its objects; the overlay beside them stays right. */
function codesAfter(from: string, to: string, { result }: (typeof matrix)[number]): string[] {
  const text = JSON.stringify(result.objects);
  expect(text).toContain(from);
  const objects = JSON.parse(text.replaceAll(from, to));
  return judge(estateOf({ ...result, objects }), RULES).findings.map(({ code }) => code);
}

/** Values in a ConfigMap are read from the values file, which holds the same. */
const HOLDS_VALUES = matrix.filter(
  ({ result, route }) =>
    route.name === 'none' &&
    result.objects.some(
      (object) => object.kind !== 'ConfigMap' && JSON.stringify(object).includes('ROOT_URL'),
    ),
);
const RENDERS_ROUTE = matrix.filter(
  ({ delivery, route }) => delivery.name === 'helm-values' && route.kinds.length > 0,
);

it.each(HOLDS_VALUES)('has values the rules read: $name', (cell) => {
  const url = `https://${FLAVORS[cell.flavor].host}/`;
  expect(codesAfter(url, url.replace('https', 'http'), cell)).toContain('REG611');
});

it.each(RENDERS_ROUTE)('has a route the rules read: $name', (cell) => {
  expect(codesAfter('-http"', '-ssh"', cell)).toContain('REG220');
});

it('holds the values in the objects of four deliveries of each product, and renders four routes', () => {
  expect([HOLDS_VALUES.length, RENDERS_ROUTE.length]).toEqual([8, 8]);
});

const strictly = MISSING_SCHEMAS.length === 0 ? it : it.skip;
const absent =
  MISSING_SCHEMAS.length === 0
    ? ''
    : ` (SKIPPED: ${MISSING_SCHEMAS.join(', ')} not found in ${SCHEMA_FOLDER})`;

strictly(`is accepted by the closed schemas of the API server${absent}`, () => {
  const schemas = new StrictSchemas();
  const problems = matrix.flatMap(({ name, result }) =>
    result.objects.flatMap((object) =>
      schemas.problems(object).map((problem) => `${name}: ${named(object)}: ${problem}`),
    ),
  );
  expect(problems).toEqual([]);
});
