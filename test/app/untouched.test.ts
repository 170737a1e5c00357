import { ApiObject, Testing } from 'cdk8s';
import { GiteaRegistry } from 'cdk8s-gitea-registry';
import fc from 'fast-check';
import { overlayManifest } from '../../src/constructs/registry-rules';
import { RULES } from '../../src/rules/catalogue';
import { DECLARED_RULES } from '../../src/rules/declared';
import { Estate } from '../../src/rules/estate';
import { judge } from '../../src/rules/judge';
import { asManifest } from '../../src/rules/manifest';
import type { Manifest } from '../../src/rules/manifest';
import type { Rule } from '../../src/rules/rule';
import type { RegistryDeclaration } from '../../src/declaration/model';
import { arbitraryDeclaration } from '../support/arbitraries';
import { emptyChart, REGISTRIES } from '../support/registries';

/** Codes that fail and what was seen, whatever object stands for the declaration. */
function errors(
  declaration: RegistryDeclaration,
  manifests: readonly Manifest[],
  rules: readonly Rule[],
): string[] {
  const at = asManifest(declaration, {}).root;
  return judge(new Estate(manifests, { declared: [{ declaration, at }] }), rules)
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ code, observed }) => `${code} ${observed}`);
}

const withoutSettings = (declaration: RegistryDeclaration): RegistryDeclaration => ({
  ...declaration,
  config: { added: [], reset: [] },
});

it('lists declared rules by code', () => {
  const codes = DECLARED_RULES.map(({ code }) => code);
  expect(codes).toEqual([...codes].sort());
});

it('needs the declared rules alone for a registry that renders nothing of the user', () => {
  fc.assert(
    fc.property(arbitraryDeclaration.map(withoutSettings), (declaration) => {
      const overlay = overlayManifest(declaration, [], 'x');
      const declared = errors(declaration, [], DECLARED_RULES);
      expect(errors(declaration, [], RULES)).toEqual(declared);
      expect(errors(declaration, [overlay], RULES)).toEqual(declared);
    }),
    { numRuns: 50 },
  );
});

it.each(REGISTRIES.map((one) => [one.name, one] as const))(
  'finds nothing in %s beyond its declaration',
  (_, { build }) => {
    const chart = emptyChart();
    const registry = build(chart, (id) => id);
    Testing.synth(chart);
    const rendered = registry.node
      .findAll()
      .filter(ApiObject.isApiObject)
      .map((object) => asManifest(object.toJson(), {}));
    const declaration = registry._toDeclaration();
    expect(registry).toBeInstanceOf(GiteaRegistry);
    expect(errors(declaration, [...rendered, registry._overlay()], RULES)).toEqual(
      errors(declaration, [], DECLARED_RULES),
    );
  },
);
