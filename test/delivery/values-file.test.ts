import fc from 'fast-check';
import { GiteaRegistry } from 'cdk8s-gitea-registry';
import type { GiteaRegistryProps } from 'cdk8s-gitea-registry';
import { ForgeRelease } from 'cdk8s-gitea-registry';
import { parse, parseDocument } from 'yaml';
import { valuesFile } from '../../src/delivery/values-file';
import { expectGoldenText } from '../support/golden-text';
import {
  emptyChart,
  fullProps,
  minimalProps,
  REGISTRIES,
  registryCase,
  RELEASE,
} from '../support/registries';
import { settings } from '../support/settings';

type Config = { readonly [section: string]: { readonly [key: string]: unknown } };

const VERSIONS = ['1.1', '1.2'] as const;

const read = (values: string, version: '1.1' | '1.2'): Config =>
  parse(values, { version }).gitea.config;

function registry(props: Partial<GiteaRegistryProps> = {}): GiteaRegistry {
  return new GiteaRegistry(emptyChart(), 'Registry', { ...minimalProps(), ...props });
}

const header = (values: string): string[] =>
  values.split('\n').filter((line) => line.startsWith('#'));

it.each([
  'minimal',
  'full',
  'forgejo',
  'port-in-host',
  'object-storage',
  'object-storage-azure',
  'replicas',
])('is what people reviewed, header included: %s', (name) => {
  expectGoldenText(registryCase(name).registry.values, `${name}-registry-values.yaml`);
});

/** Renderings that were asked for more than settings. */
const MORE = ['object-storage', 'object-storage-azure', 'replicas'];

it('holds nothing but gitea.config where nothing else is asked for, one document, one line end at its end', () => {
  for (const { build } of REGISTRIES.filter(({ name }) => !MORE.includes(name))) {
    const { values } = build(emptyChart(), (id) => id);
    const document = parseDocument(values, { strict: true });
    expect(document.errors).toEqual([]);
    expect(document.warnings).toEqual([]);
    expect(Object.keys(document.toJS())).toEqual(['gitea']);
    expect(Object.keys(document.toJS().gitea)).toEqual(['config']);
    expect(values).toMatch(/[^\n]\n$/);
  }
});

it.each(VERSIONS)('has a string in every scalar, read as YAML %s', (version) => {
  for (const { build } of REGISTRIES) {
    for (const keys of Object.values(read(build(emptyChart(), (id) => id).values, version))) {
      for (const value of Object.values(keys)) {
        expect(typeof value).toBe('string');
      }
    }
  }
});

it('gives every setting back as it was added, read as YAML 1.1 and 1.2', () => {
  fc.assert(
    fc.property(settings, (added) => {
      const one = registry();
      const before = read(one.values, '1.2');
      const expected: { [section: string]: { [key: string]: unknown } } = { ...before };
      for (const { section, key, value } of added) {
        one.addConfig(section, key, value);
        expected[section] = { ...expected[section], [key]: value };
      }
      for (const version of VERSIONS) {
        expect(read(one.values, version)).toEqual(expected);
      }
    }),
    { numRuns: 60 },
  );
});

it('can be made from the declaration alone, without the settings only the app knows', () => {
  const one = registry();
  const { values } = one;
  one.addConfig('ui', 'THEMES', 'auto');
  expect(valuesFile(one._toDeclaration())).toBe(values);
});

it('quotes names that YAML 1.1 reads as booleans or null, and no others', () => {
  const words = ['y', 'n', 'yes', 'no', 'on', 'off', 'true', 'false', 'null'];
  const one = registry();
  for (const word of [...words, 'nope']) {
    one.addConfig(word, 'A', 'x');
    one.addConfig('ui', word.toUpperCase(), 'x');
  }
  for (const word of words) {
    expect(one.values).toContain(`\n    "${word}":\n`);
    expect(one.values).toContain(`\n      "${word.toUpperCase()}": "x"\n`);
  }
  expect(one.values).toContain('\n    nope:\n');
  expect(one.values).toContain('\n      NOPE: "x"\n');
});

it('is the same for the same props in another order', () => {
  fc.assert(
    fc.property(
      fc.shuffledSubarray(Object.keys(fullProps()), { minLength: Object.keys(fullProps()).length }),
      (names) => {
        const props = fullProps();
        const shuffled = Object.fromEntries(
          names.map((name) => [name, props[name as keyof typeof props]]),
        );
        const others = Object.fromEntries(Object.entries(props.limits.others!).reverse());
        const reversed = { ...shuffled, limits: { ...props.limits, others } };
        const [a, b] = [props, reversed as unknown as GiteaRegistryProps].map(
          (given) => new GiteaRegistry(emptyChart(), 'Registry', given),
        );
        expect(b.values).toBe(a.values);
        expect(b.declaration).toBe(a.declaration);
        expect(b.handoff).toBe(a.handoff);
      },
    ),
    { numRuns: 10 },
  );
});

describe('the header', () => {
  it('names release, chart, base files and the line to upgrade with', () => {
    const release = ForgeRelease.gitea({ ...RELEASE, valuesFiles: ['a.yaml', 'b.sops.yaml'] });
    const lines = header(registry({ release }).values);
    expect(lines[0]).toBe(
      '# Package registry of git.example.org: Helm values overlay, generated by cdk8s-gitea-registry. Do not edit.',
    );
    expect(lines).toContain('# Layered after a.yaml, b.sops.yaml of release git/gitea');
    expect(lines).toContain('# (chart oci://docker.gitea.com/charts/gitea 12.5.0, app 1.25.4):');
    expect(lines).toContain(
      "#   sops exec-file b.sops.yaml 'helm upgrade gitea oci://docker.gitea.com/charts/gitea --version 12.5.0 --namespace git -f a.yaml -f {} -f helm/gitea-registry-values.yaml'",
    );
    expect(lines.join('\n')).toContain('never forgets');
  });

  it('leaves a gap for the base files where none is named', () => {
    const lines = header(registry().values);
    expect(lines).toContain('# Layered after the values of release git/gitea');
    expect(lines.join('\n')).toContain(' -f VALUES -f helm/gitea-registry-values.yaml');
  });

  it('lists every owned key as one that may change where the release is unknown', () => {
    const text = header(registry().values).join('\n');
    expect(text).not.toContain('These keys change a live value:\n');
    expect(text).toContain(
      'These keys may change a live value; what the release says today is not declared:',
    );
    for (const key of ['packages.ENABLED', 'server.ROOT_URL', 'repository.DISABLED_REPO_UNITS']) {
      expect(text).toMatch(new RegExp(`^#   ${key}: \\S`, 'm'));
    }
  });

  it('shows old and new value of what changes, and leaves out what stays', () => {
    const liveConfig = {
      'server.ROOT_URL': 'http://git.example.org',
      'server.DOMAIN': 'git.example.org',
      'ui.THEMES': 'old',
      'ui.REACTIONS': 'same',
      'other.KEY': 'not in the overlay',
    };
    const one = registry({ release: ForgeRelease.gitea({ ...RELEASE, liveConfig }) });
    one.addConfig('ui', 'THEMES', 'new');
    one.addConfig('ui', 'REACTIONS', 'same');
    const lines = header(one.values);
    const start = lines.indexOf('# These keys change a live value:');
    expect(lines.slice(start + 1, start + 4)).toEqual([
      expect.stringMatching(
        /^# {3}server\.ROOT_URL: 'http:\/\/git\.example\.org' → 'https:\/\/git\.example\.org\/' \(.*\)$/,
      ),
      "#   ui.THEMES: 'old' → 'new'",
      '#',
    ]);
    const text = lines.join('\n');
    expect(text).not.toContain('server.DOMAIN');
    expect(text).not.toContain('ui.REACTIONS');
    expect(text).not.toContain('other.KEY');
  });

  it('has no list where everything is live already', () => {
    const one = registry();
    const liveConfig = Object.fromEntries(
      Object.entries(read(one.values, '1.2')).flatMap(([section, keys]) =>
        Object.entries(keys).map(([key, value]) => [`${section}.${key}`, value as string]),
      ),
    );
    const live = registry({ release: ForgeRelease.gitea({ ...RELEASE, liveConfig }) });
    expect(header(live.values).join('\n')).not.toContain('These keys');
    expect(read(live.values, '1.2')).toEqual(read(one.values, '1.2'));
  });

  it('has no blank at the end of a line', () => {
    for (const { build } of REGISTRIES) {
      expect(build(emptyChart(), (id) => id).values).not.toMatch(/[ \t]$/m);
    }
  });
});
