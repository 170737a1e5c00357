import { handoffPage } from '../../src/delivery/handoff/page';
import { RULES } from '../../src/rules/catalogue';
import { Estate } from '../../src/rules/estate';
import { judge } from '../../src/rules/judge';
import { asManifest } from '../../src/rules/manifest';
import { parse } from 'yaml';
import { DELIVERIES } from '../support/deliveries';
import { expectGoldenText } from '../support/golden-text';
import { emptyChart, manifests } from '../support/registries';

const ALL = DELIVERIES.map((one) => [one.name, one] as const);
const OF_GITEA = ALL.filter(([name]) => name.endsWith('-gitea'));

/** The header of the values file and the rollback section: what a delivery says to people. */
function told(name: string): string {
  const registry = DELIVERIES.find((one) => one.name === name)!.build(emptyChart(), (id) => id);
  const header = registry.values.split('\n').filter((line) => line.startsWith('#'));
  const page = handoffPage(registry._toDeclaration());
  return `${header.join('\n')}\n\n## Rollback${page.split('## Rollback')[1]}`;
}

it.each(OF_GITEA)('tells people how the overlay gets to the release, and back: %s', (name) => {
  expectGoldenText(told(name), `${name}.md`);
});

it.each(ALL.filter(([name]) => /-(helmfile|kustomize)-/.test(name)))(
  'writes what people reviewed beside the overlay: %s',
  (name, { build }) => {
    const files = build(emptyChart(), (id) => id)
      ._sideFiles()
      .filter(({ path }) => !/\.(md|json)$|-registry-values\.yaml$/.test(path))
      .map(({ path, text }) => `--- ${path}\n${text}`);
    expect(files.length).toBeGreaterThan(0);
    expectGoldenText(files.join(''), `${name}.txt`);
  },
);

it.each(ALL)(
  'breaks no rule, warnings included, that the values file does not break: %s',
  (_, { build }) => {
    const chart = emptyChart();
    const registry = build(chart, (id) => id);
    const declaration = registry._toDeclaration();
    const declared = [{ declaration, at: asManifest(declaration, {}).root }];
    const found = (objects: readonly object[]): string[] => {
      const rendered = objects.map((object) => asManifest(object, {}));
      const estate = new Estate([...rendered, registry._overlay()], {
        declared,
        readYaml: (text) => parse(text),
      });
      return judge(estate, RULES).findings.map(
        ({ code, object, observed }) => `${code} ${object} ${observed}`,
      );
    };
    expect(found(manifests(chart))).toEqual(found([]));
  },
);
