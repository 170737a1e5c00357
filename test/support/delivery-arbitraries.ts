import fc from 'fast-check';
import type {
  DeliveryDeclaration,
  RegistryDeclaration,
  ReleaseDeclaration,
} from 'cdk8s-gitea-registry/declaration';

/** Grammars of the parts. */
interface Grammars {
  readonly name: fc.Arbitrary<string>;
  readonly namespace: fc.Arbitrary<string>;
}

type Of<M extends DeliveryDeclaration['mode']> = Extract<DeliveryDeclaration, { mode: M }>;

/** One delivery of each mode; optional parts by `undefined`, which {@link dense} drops. */
function deliveriesOf(
  { name, namespace }: Grammars,
  { flavor }: ReleaseDeclaration,
): fc.Arbitrary<DeliveryDeclaration> {
  const chartRepository = fc.constantFrom(
    undefined,
    'oci://registry.example.org:5000/charts',
    ...(flavor === 'gitea' ? ['https://dl.gitea.com/charts/'] : []),
  );
  const named = { name, namespace };
  const base = (kinds: readonly ('Secret' | 'ConfigMap')[], optional: fc.Arbitrary<boolean>) =>
    fc.array(
      fc.record(
        {
          kind: fc.constantFrom(...kinds),
          name,
          key: fc.constantFrom('values.yaml', 'a'),
          optional,
        },
        { noNullPrototype: true },
      ),
      { minLength: 1, maxLength: 3 },
    );
  const mode = <M extends DeliveryDeclaration['mode']>(word: M): fc.Arbitrary<M> =>
    fc.constant(word);
  return fc.oneof<fc.Arbitrary<DeliveryDeclaration>[]>(
    fc.record<Of<'flux'>>({
      mode: mode('flux'),
      ...named,
      overlay: fc.constantFrom('inline', 'config-map'),
      configMap: name,
      baseValues: base(['Secret', 'ConfigMap'], fc.boolean()),
      chartRepository,
    } as never),
    fc.record<Of<'flux-values'>>({ mode: mode('flux-values'), ...named, configMap: name }),
    fc.record<Of<'argo-cd'>>({
      mode: mode('argo-cd'),
      ...named,
      overlay: fc.constantFrom('file', 'inline'),
      valuesRepository: fc.constantFrom(
        'https://git.example.org/ops/cluster.git',
        'git@git.example.org:ops/cluster.git',
        'http://git.git.svc:3000/ops/cluster',
      ),
      valuesRevision: fc.constantFrom('HEAD', 'main', 'release/1.x', 'a'.repeat(40)),
      valuesPath: fc.constantFrom(undefined, 'clusters/prod'),
      decrypts: fc.constant(true),
      repoUrl: fc.constantFrom(
        undefined,
        'docker.gitea.com/charts',
        ...(flavor === 'gitea' ? ['https://dl.gitea.com/charts'] : []),
      ),
    } as never),
    fc.record<Of<'k3s-helm-chart'>>({
      mode: mode('k3s-helm-chart'),
      namespace,
      baseValues: base(['Secret'], fc.constant(false)),
      chartRepository,
    } as never),
    fc.record<Of<'k3s-helm-chart-config'>>({ mode: mode('k3s-helm-chart-config'), namespace }),
    fc.record<Of<'helmfile'>>({ mode: mode('helmfile'), chartRepository } as never),
    fc.record<Of<'kustomize'>>({
      mode: mode('kustomize'),
      folder: fc.constantFrom('.', 'helm'),
      chartRepository,
    } as never),
  );
}

function dense(delivery: DeliveryDeclaration): DeliveryDeclaration {
  return Object.fromEntries(
    Object.entries(delivery).filter(([, value]) => value !== undefined),
  ) as unknown as DeliveryDeclaration;
}

const CHARTS = {
  gitea: ['9.6.0', '10.3.0', '11.0.1', '12.0.0', '12.5.0', '12.6.0+b7'],
  forgejo: ['11.0.5', '12.0.1', '13.4.0', '14.0.0-rc1', '15.2.1'],
} as const;

/** The declaration, now and then with a delivery and with what a release needs for it. */
export function withDelivery(
  grammars: Grammars,
  declaration: RegistryDeclaration,
): fc.Arbitrary<RegistryDeclaration> {
  const { release } = declaration;
  const delivered = fc
    .tuple(deliveriesOf(grammars, release), fc.constantFrom(...CHARTS[release.flavor]))
    .map(([delivery, chartVersion]) => ({
      ...declaration,
      release: {
        ...release,
        chart: 'oci://docker.gitea.com/charts/gitea',
        chartVersion,
        valuesFiles:
          delivery.mode === 'kustomize'
            ? ['helm/base.yaml', './helm/a/../b.yaml']
            : ['helm/base.yaml', 'secrets/site.sops.yaml'],
      },
      delivery: dense(delivery),
    }));
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant(declaration) },
    { weight: 1, arbitrary: delivered },
  );
}
