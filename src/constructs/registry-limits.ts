import type { Duration, Size } from 'cdk8s';
import { formatDuration } from '../declaration/go-duration';
import type { LimitsDeclaration } from '../declaration/model';
import { checked } from '../declaration/checked';
import { refuse } from '../declaration/problem';
import { limitsSchema } from '../declaration/registry-schema';
import { formatSize } from '../declaration/size';
import type { PackageSize } from './package-size';

/** Limits of uploads and owners (`[packages] LIMIT_*`) and what the path to Gitea must let through. */
export interface RegistryLimits {
  /**
   * Largest blob of an image. Leave it unlimited: a refused container upload deletes the stored blob of that
   * digest for every owner.
   * @default PackageSize.unlimited()
   */
  readonly container?: PackageSize;

  /**
   * Largest file of a generic package.
   * @default - not written
   */
  readonly generic?: PackageSize;

  /**
   * Largest Helm chart uploaded to the Helm registry (charts pushed over OCI are containers).
   * @default - not written
   */
  readonly helm?: PackageSize;

  /**
   * Limits of further package types by type in lower case, such as `npm` or `maven`.
   * @default - none is written
   */
  readonly others?: { [packageType: string]: PackageSize };

  /**
   * Bytes one owner may hold over all files; a layer shared by ten tags counts ten times. Leave it unlimited
   * where images are pushed: see `container`.
   * @default - not written
   */
  readonly totalOwnerSize?: PackageSize;

  /**
   * Package versions one owner may hold, untagged manifests included; -1 is unlimited.
   * @default - not written
   */
  readonly totalOwnerCount?: number;

  /**
   * Largest layer or file anyone pushes; volume and proxies are judged by it.
   * @default - unknown
   */
  readonly largestLayer?: Size;

  /**
   * How long the slowest push of one layer may take; proxies on the path must allow it.
   * @default Duration.hours(1)
   */
  readonly pushBudget?: Duration;
}

const DEFAULT_PUSH_BUDGET = '1h';

/** The part of the declaration that `limits` stands for. */
export function limitsDeclaration(limits: RegistryLimits = {}): LimitsDeclaration {
  const {
    container,
    generic,
    helm,
    others,
    totalOwnerSize,
    totalOwnerCount,
    largestLayer,
    pushBudget,
  } = limits;
  const own = ['container', 'generic', 'helm'].find((type) => others?.[type]);
  if (own) {
    refuse('limits.others', own, `has a prop of its own: write limits.${own}`, 'REG660');
  }
  const perType = Object.entries({ ...others, generic, helm })
    .filter((entry): entry is [string, PackageSize] => entry[1] !== undefined)
    .map(([type, size]) => [type, size.toIni()]);
  const declaration = {
    perType: { container: container?.toIni() ?? '-1', ...Object.fromEntries(perType) },
    ...(totalOwnerSize && { totalOwnerSize: totalOwnerSize.toIni() }),
    ...(totalOwnerCount !== undefined && { totalOwnerCount }),
    ...(largestLayer && { largestLayer: formatSize(largestLayer.toKibibytes() * 1024) }),
    pushBudget: pushBudget ? formatDuration(pushBudget.toSeconds()) : DEFAULT_PUSH_BUDGET,
  };
  return checked(limitsSchema, declaration, 'limits');
}
