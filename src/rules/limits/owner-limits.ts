import { supports } from '../../declaration/gates';
import { quote } from '../../declaration/problem';
import { giteaSize } from '../../declaration/size';
import { runningVersion } from '../read/forge-version';
import { iniBoolean } from '../read/ini';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { hostedReferences } from './hosted-reference';
import type { PackageLimit } from './package-limits';
import { OWNER_COUNT, OWNER_SIZE, packageLimits } from './package-limits';

/** REG461: what Gitea counts for an owner is more than the disk and the list of packages show. */
export const ownerLimits: Rule = {
  code: 'REG461',
  slug: 'owner-limits',
  title:
    'owner size and count limits leave room, and are understood as sums of references and versions',
  severity: 'warning',
  gate: '`[quota]`: Forgejo 9.0 and later',
  why: 'a layer counts once for each tag that refers to it, although it is stored once, and each tag, platform and attestation of an image is a version of its own: an owner is full long before the disk is',
  shows: [
    'docker push: 403 with an empty body on the last PUT of a layer, or on the manifest',
    'generic packages: 403 `maximum allowed package storage quota exceeded`, `maximum allowed package count exceeded`',
    'Forgejo with `[quota]`: 413 on every type but containers',
  ],
  fix: 'size: `packages.LIMIT_TOTAL_OWNER_SIZE: "-1"` (REG462), then see whether the store lost layers (REG735); count: raise it or prune versions; Forgejo: a quota group of its own for the owner',
  links: [
    'https://github.com/go-gitea/gitea/pull/21584',
    'https://forgejo.org/docs/v9.0/admin/quota',
  ],
  judgeRegistry: (registry) => [
    ...packageLimits(registry).flatMap((limit) => [
      ...smallSize(limit, registry),
      ...smallCount(limit, registry),
    ]),
    ...smallQuota(registry),
  ],
};

function smallSize(limit: PackageLimit, registry: RegistryView): Violation[] {
  const { key, amount, text, at } = limit;
  return key === OWNER_SIZE && isTooSmall(amount, registry)
    ? [
        {
          at,
          observed: `${key} is ${quote(text)}`,
          expected: `-1 (unlimited), or several times ${needed(registry)}`,
          fix: `\`packages.${key}: "-1"\` (REG462); what was refused until now may have cost stored layers (REG735)`,
        },
      ]
    : [];
}

/** Nothing fits, or not even the largest layer once. */
function isTooSmall(bytes: number, { declaration }: RegistryView): boolean {
  const largest = giteaSize(declaration?.limits.largestLayer ?? '0');
  return bytes === 0 || (bytes > 0 && bytes < largest);
}

function needed({ declaration }: RegistryView): string {
  const largest = declaration?.limits.largestLayer;
  return largest === undefined ? 'what the owner holds' : `${largest}, the largest declared layer`;
}

/** Every tag in use is a version at least; with none left over, no further one can be pushed. */
function smallCount({ key, amount, text, at }: PackageLimit, registry: RegistryView): Violation[] {
  if (key !== OWNER_COUNT || amount < 0) {
    return [];
  }
  const [owner, versions] = fullestOwner(registry);
  const known =
    versions === 0 ? '' : `; of ${quote(owner)} alone ${versions} tags or digests are in use`;
  return versions >= amount
    ? [
        {
          at,
          observed: `${key} is ${quote(text)}${known}`,
          expected:
            '-1 (unlimited), or several times the tags in use: each platform and attestation counts too',
          fix: `raise \`packages.${key}\`, or prune versions`,
        },
      ]
    : [];
}

/** The owner with most images known here, and how many: each tag or digest once. */
function fullestOwner(registry: RegistryView): [owner: string, versions: number] {
  const versions = new Map<string, Set<string>>();
  for (const { repository, tag, digest } of hostedReferences(registry)) {
    const owner = repository.slice(0, repository.indexOf('/'));
    const known = versions.get(owner) ?? new Set<string>();
    versions.set(owner, known.add(`${repository}:${(tag ?? digest ?? 'latest').toLowerCase()}`));
  }
  return [...versions].reduce<[string, number]>(
    (most, [owner, { size }]) => (size > most[1] ? [owner, size] : most),
    ['', 0],
  );
}

/** Forgejo's `[quota]` covers every type but containers, and repositories too. */
function smallQuota(registry: RegistryView): Violation[] {
  const version = runningVersion(registry);
  const hasQuota =
    registry.facts.flavor === 'forgejo' &&
    (version === undefined || supports(version, 'softQuota'));
  const enabled = registry.settingsOf('quota', 'ENABLED').at(-1)?.text;
  if (!hasQuota || iniBoolean(enabled) !== true) {
    return [];
  }
  return registry
    .settingsOf('quota.default', 'TOTAL')
    .filter(({ text }) => text !== undefined && isTooSmall(giteaSize(text), registry))
    .map(({ at, text }) => ({
      at,
      observed: `[quota.default] TOTAL is ${quote(text)}`,
      expected: `-1 (unlimited), or several times ${needed(registry)}`,
      fix: 'raise `quota.default.TOTAL`, or give the owner a quota group of its own',
    }));
}
