import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import { indexed } from '../estate-index';
import type { Manifest } from '../manifest';
import { objectName } from '../manifest';
import type { ChartValues } from '../read/chart-values';
import { forgeOfImage } from '../read/forge-image';
import { hasUnseenLayers } from '../read/hidden-values';
import type { RegistryView } from '../registry-view';
import { hostOf, hostsOfValues } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { strayObjects } from './stray-objects';

/** REG630: the chart gives its claim a fixed name, and anybody can install it twice. */
export const releaseUnique: Rule = {
  code: 'REG630',
  slug: 'release-unique',
  title: 'one release serves the host, in its own release namespace, with its own claim',
  severity: 'error',
  why: 'a second install takes over routes and starts with an empty database; `gitea-shared-storage` is a fixed name, so two releases of one namespace write into one volume',
  shows: [
    '`helm list -A` names two releases of the chart',
    '`kubectl get ingress -A` names the host twice; `/api/v1/version` flips between calls',
    'users and packages are gone after an install, and come back with the next restart',
  ],
  fix: 'uninstall the stray release; give each release of a namespace its own `persistence.claimName`',
  links: [
    'https://gitea.com/gitea/helm-gitea#persistence',
    'https://helm.sh/docs/intro/using_helm/#helm-install-installing-a-package',
  ],
  judgeRegistry: (registry) => [
    ...movedNamespace(registry),
    ...strayObjects(registry),
    ...sharedHosts(registry),
    ...sharedDeclaredHost(registry),
  ],
  judgeEstate: (estate) => [...sharedClaims(estate), ...sharedVolumes(estate)],
};

/** The value of the charts that moves Gitea's objects out of the namespace of the release. */
function movedNamespace(registry: RegistryView): Violation[] {
  return registry.values.flatMap(({ chart, root, namespace = registry.facts.namespace }) => {
    const at = root.get(chart === 'forgejo' ? 'namespaceOverride' : 'namespace');
    return !at.text || namespace === undefined || at.text === namespace
      ? []
      : [
          {
            at,
            observed: `the chart's objects go to namespace '${at.text}'`,
            expected: `'${namespace}', the namespace of the release, or nothing`,
            why: 'sub-charts, Secrets and the names of Services stay in the namespace of the release: routes, claims and helm itself then look in different places',
            fix: `delete \`${at.step}\`, and install the release into the namespace it shall run in`,
          },
        ];
  });
}

/** A release of the charts that an object around its values names. */
interface Release {
  readonly name: string;
  readonly namespace: string;
  readonly values: ChartValues;
}

function releasesOf(estate: Estate): Release[] {
  return estate.remember('forge releases', () =>
    estate.values.flatMap((values) => {
      const { chart, releaseName: name, namespace } = values;
      return chart === 'traefik' || name === undefined || namespace === undefined
        ? []
        : [{ name, namespace, values }];
    }),
  );
}

function isSame(a: Release, b: Release): boolean {
  return a.name === b.name && a.namespace === b.namespace;
}

/** Releases that write into one volume; the first is taken for the right one. */
function sharedClaims(estate: Estate): Violation[] {
  const byClaim = indexed(releasesOf(estate), (release) => claimKey(release) ?? []);
  return [...byClaim.values()].flatMap(([first, ...others]) =>
    others
      .filter((release) => !isSame(first, release))
      .map((release) => ({
        at: claimPlace(release.values),
        observed: `release '${release.name}' uses the claim of release '${first.name}', '${claimOf(release)}'`,
        expected: 'a claim of its own',
        fix: `\`persistence.claimName: ${release.name}-data\``,
      })),
  );
}

/** Rendered servers that mount the claim of another. */
function sharedVolumes(estate: Estate): Violation[] {
  const volumes = estate.workloads
    .filter(
      ({ manifest, images }) => isServer(manifest) && images.some(({ text }) => forgeOfImage(text)),
    )
    .flatMap((workload) =>
      workload.pod
        .get('volumes')
        .items()
        .map((volume) => ({ workload, at: volume.get('persistentVolumeClaim', 'claimName') })),
    )
    .filter(({ at }) => at.text !== undefined);
  const byClaim = indexed(volumes, ({ workload, at }) => `${workload.namespace}/${at.text}`);
  return [...byClaim.values()].flatMap(([first, ...others]) =>
    others
      .filter(({ workload }) => workload.manifest.name !== first.workload.manifest.name)
      .map(({ at }) => ({
        at,
        observed: `claim '${at.text}', which ${objectName(first.workload.manifest)} mounts, too`,
        expected: 'a claim of its own',
      })),
  );
}

function isServer({ kind }: Manifest): boolean {
  return kind === 'Deployment' || kind === 'StatefulSet';
}

/** Claim of a release with its namespace; undefined where it has none, or unseen values may name it. */
function claimKey(release: Release): string | undefined {
  const claim = claimOf(release);
  return claim === undefined ? undefined : `${release.namespace}/${claim}`;
}

const DEFAULT_CLAIM = 'gitea-shared-storage';

function claimOf({ values }: Release): string | undefined {
  const persistence = values.root.get('persistence');
  const named = persistence.get('claimName').text;
  if (persistence.get('enabled').value === false) {
    return undefined;
  }
  return named ?? (hasUnseenLayers(values) ? undefined : DEFAULT_CLAIM);
}

function claimPlace({ root, manifest }: ChartValues): Cursor {
  const places = [root.get('persistence', 'claimName'), root.get('persistence'), root];
  return places.find(({ exists }) => exists) ?? manifest.root.get('spec');
}

/** Values of several releases that name the host; the first is taken for the right one. */
function sharedHosts(registry: RegistryView): Violation[] {
  const { host = '', estate } = registry;
  const byHost = estate.remember('releases by host', () =>
    indexed(releasesOf(estate), ({ values }) => hostNames(values)),
  );
  const [first, ...others] = byHost.get(host) ?? [];
  return others
    .filter((release) => !isSame(first, release))
    .map((release) => ({
      at: hostsOfValues(release.values.root).find(({ text }) => hostOf(text) === host)!,
      observed: `release '${release.namespace}/${release.name}' serves '${host}', as release '${first.namespace}/${first.name}' does`,
      expected: 'one release for each host',
    }));
}

/** Declarations of several releases for the host; the first is taken for the right one. */
function sharedDeclaredHost({ estate, host = '', facts, declaration }: RegistryView): Violation[] {
  const byHost = estate.remember('declarations by host', () =>
    indexed(estate.declarations, (one) => one.declaration.host),
  );
  const first = byHost.get(host)?.[0].declaration.release;
  const own = declaration?.release;
  const isFirst = first?.name === own?.name && first?.namespace === own?.namespace;
  return first === undefined || own === undefined || isFirst
    ? []
    : [
        {
          at: facts.at.get('host'),
          observed: `'${host}' is declared for release '${own.namespace}/${own.name}', and for '${first.namespace}/${first.name}'`,
          expected: 'one release for each host',
        },
      ];
}

function hostNames({ root }: ChartValues): string[] {
  return hostsOfValues(root).flatMap(({ text }) => hostOf(text) ?? []);
}
