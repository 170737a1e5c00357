import type * as Semver from 'semver';
import type { PackageVersion } from './package-version';

/** Loaded on use: most commands name their version. */
const semver = (): typeof Semver => require('semver');

/** A version with what decides. */
interface Candidate {
  readonly version: PackageVersion;
  /** 2: a release of SemVer, 1: a pre-release, 0: anything else. */
  readonly rank: number;
  readonly semver?: Semver.SemVer;
  /** Milliseconds since 1970. */
  readonly created: number;
}

/**
 * The latest of some versions of one package: the highest release of SemVer 2.0.0 (a `v` before it is allowed); where
 * there is none, the highest pre-release; where there is none either, the newest. Images are compared by age alone, and
 * manifests without a tag (`sha256:…`) are left out. Gitea's own `-/latest` is the row inserted last, whatever it is.
 */
export async function latestOf(
  versions: AsyncIterable<PackageVersion>,
): Promise<PackageVersion | undefined> {
  let best: Candidate | undefined;
  for await (const version of versions) {
    if (version.type === 'container' && version.version.startsWith('sha256:')) {
      continue;
    }
    const candidate = candidateOf(version);
    best = best === undefined || isLater(candidate, best) ? candidate : best;
  }
  return best?.version;
}

function candidateOf(version: PackageVersion): Candidate {
  const parsed = version.type === 'container' ? null : semver().parse(version.version);
  return {
    version,
    rank: parsed === null ? 0 : parsed.prerelease.length === 0 ? 2 : 1,
    created: Date.parse(version.createdAt),
    ...(parsed && { semver: parsed }),
  };
}

function isLater(one: Candidate, other: Candidate): boolean {
  const order =
    one.rank - other.rank ||
    (one.semver && other.semver ? semver().compare(one.semver, other.semver) : 0) ||
    one.created - other.created ||
    one.version.id - other.version.id;
  return order > 0;
}
