import { quote } from '../../declaration/problem';
import type { Estate } from '../estate';
import { declaredIn, nodesCanPull, pullReferences } from '../objects/pull-references';
import { isPullSecret, sourcesIn } from '../objects/pull-secrets';
import { distinctVersions } from '../read/forge-version';
import type { UsedImage, Workload } from '../read/workload';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { provisionedAs } from './provisioned-owner';
import { strictSignIn } from './sign-in';

/** REG310: what is declared public must be pulled without a login, and without a pull secret. */
export const anonymousPull: Rule = {
  code: 'REG310',
  slug: 'anonymous-pull',
  title: 'anonymous pull works exactly for the owners declared public',
  severity: 'warning',
  gate: 'strict sign-in is enforced since Gitea 1.21.5; `expensive` (1.23.7) closes no packages; Gitea 1.26.0 refuses anonymous pulls',
  why: 'REQUIRE_SIGNIN_VIEW overrides the visibility of every owner: consumers of a public image then need a pull secret, and those without one fail as soon as an image is no longer cached',
  shows: [
    'pod events: `failed to fetch anonymous token: unexpected status … 401 Unauthorized`',
    'docker pull without login: `unauthorized` although the organization is public',
    '`curl https://HOST/v2/token`: 401 instead of a token',
  ],
  fix: 'leave REQUIRE_SIGNIN_VIEW false (or `expensive`), or declare the owners private and give each consumer a pull secret',
  links: [
    'https://github.com/go-gitea/gitea/pull/28877',
    'https://github.com/go-gitea/gitea/issues/37289',
    'https://docs.gitea.com/usage/packages/overview',
  ],
  judgeRegistry: (registry) => {
    const owners = publicOwners(registry);
    return owners.length === 0
      ? []
      : [
          ...contradictions(registry, owners),
          ...regression(registry, owners),
          ...withoutSecret(registry, owners),
          ...provisionedOtherwise(registry, owners),
        ];
  },
};

function publicOwners({ declaration }: RegistryView): readonly string[] {
  const owners = declaration?.owners.filter(({ visibility }) => visibility === 'public') ?? [];
  return owners.map(({ name }) => name);
}

function contradictions(registry: RegistryView, owners: readonly string[]): Violation[] {
  return strictSignIn(registry).map(({ at, shown }) => ({
    at,
    observed: `${shown}, while ${declared(owners)}`,
    expected: 'no sign-in to view, or no owner declared public',
  }));
}

function declared(owners: readonly string[]): string {
  return owners.length === 1
    ? `owner ${quote(owners[0])} is declared public`
    : `owners ${owners.map(quote).join(', ')} are declared public`;
}

/** Gitea 1.26.0 sends a Basic challenge that makes clients ask for a login (go-gitea/gitea#37289). */
function regression(registry: RegistryView, owners: readonly string[]): Violation[] {
  return distinctVersions(registry)
    .filter(
      ({ version, moving }) =>
        version.flavor === 'gitea' && version.number === '1.26.0' && !version.preRelease && !moving,
    )
    .map(({ at, text }) => ({
      at,
      observed: `version ${quote(text)}, while ${declared(owners)}`,
      expected: 'Gitea 1.26.1 or newer',
      why: 'Gitea 1.26.0 sends a Basic challenge to everybody, and clients then ask for a login even for public images',
      fix: 'upgrade to Gitea 1.26.1 or newer',
    }));
}

/** Under strict sign-in a public image needs a pull secret too; REG540 leaves images of public owners alone. */
function withoutSecret(registry: RegistryView, owners: readonly string[]): Violation[] {
  if (strictSignIn(registry).length === 0) {
    return [];
  }
  const names = new Set(owners.map((name) => name.toLowerCase()));
  const first = new Map<string, UsedImage>();
  for (const workload of registry.workloads) {
    const image = workload.images.find((one) => isOf(one, registry, names));
    if (image && !first.has(workload.namespace) && !hasPullSecret(registry, workload)) {
      first.set(workload.namespace, image);
    }
  }
  return [...first].map(([namespace, { at }]) => ({
    at,
    severity: 'error',
    observed: `namespace ${quote(namespace)} pulls from the registry and has no pull secret`,
    expected: 'a pull secret, because REQUIRE_SIGNIN_VIEW demands a login',
    fix: `make a pull secret in namespace ${quote(namespace)} and reference it in the pod or its ServiceAccount`,
  }));
}

function isOf(
  { text, host }: UsedImage,
  registry: RegistryView,
  owners: ReadonlySet<string>,
): boolean {
  const owner = host === registry.host ? text.split('/')[1] : undefined;
  return owner !== undefined && owners.has(owner);
}

/** Whether the pods of a workload have a pull secret, or may have one that nobody rendered. */
function hasPullSecret(registry: RegistryView, workload: Workload): boolean {
  const { estate } = registry;
  const { references, complete } = pullReferences(registry, workload);
  return (
    !complete ||
    references.length > 0 ||
    nodesCanPull(registry) ||
    declaredIn(registry, workload.namespace).length > 0 ||
    sourcesIn(estate, workload.namespace).some(isPullSecret) ||
    mayGenerateSecrets(estate)
  );
}

/** Kyverno can put a Secret into any namespace; where it has policies, absence proves nothing. */
function mayGenerateSecrets(estate: Estate): boolean {
  return estate.ofKind('ClusterPolicy', 'GeneratingPolicy').length > 0;
}

/** Something rendered here makes the owner limited or private. */
function provisionedOtherwise(registry: RegistryView, owners: readonly string[]): Violation[] {
  return owners.flatMap((owner) =>
    provisionedAs(registry, owner)
      .filter(({ visibility }) => visibility !== 'public')
      .map(({ at, visibility }) => ({
        at,
        observed: `owner ${quote(owner)} is made ${visibility} and declared public`,
        expected: 'one visibility',
        why: 'packages are as visible as their owner: nobody pulls from a limited or private owner without a login',
        fix: `make ${quote(owner)} public, or declare it ${visibility} and give each consumer a pull secret`,
      })),
  );
}
