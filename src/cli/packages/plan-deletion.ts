import { ClientError } from '../../client/error';
import { OciClient } from '../../client/oci/oci-client';
import { PackagesClient } from '../../client/packages/packages-client';
import type { RegistryTarget } from '../../client/target';
import type { PackageReference } from '../../declaration/package-reference';
import { formatPackageReference } from '../../declaration/package-reference';
import { deletionOrder } from '../../operate/packages/delete-versions';
import type { ImageNeeds } from '../../operate/packages/image-needs';
import { imageNeeds } from '../../operate/packages/image-needs';
import { CommandError, EXIT } from '../exit';
import type { Io } from '../io';
import { missingPackage } from './missing-package';

/** What may be deleted. */
export interface DeletionOptions {
  /** Whether a reference without a version means all of them. @default false */
  readonly allVersions?: boolean;
  /** Whether what a tagged index still needs may go. @default false */
  readonly force?: boolean;
}

/** What `rm` is about to delete. */
export interface Deletion {
  /** The package, without a version. */
  readonly reference: PackageReference;
  /** In the order in which they go. */
  readonly versions: readonly string[];
  /** Whether nothing of the package stays. */
  readonly isWhole: boolean;
  /** For one version of an image. */
  readonly needs?: ImageNeeds;
}

/**
 * Looks what a reference names, and what needs it.
 *
 * @throws CommandError exit 1 when it names nothing, or a tagged index needs it; exit 2 without `--all-versions`
 */
export async function planDeletion(
  target: RegistryTarget,
  reference: PackageReference,
  options: DeletionOptions,
  io: Io,
): Promise<Deletion> {
  const { version, ...whole } = reference;
  const all = await versionsOf(target, whole);
  if (version === undefined) {
    refuseWithoutAllVersions(whole, all, options);
    return { reference: whole, versions: deletionOrder(all), isWhole: true };
  }
  const wanted = all.find((each) => each.toLowerCase() === version.toLowerCase());
  if (wanted === undefined) {
    throw new CommandError(
      `there is no version '${formatPackageReference(reference)}'; 'gitea-registry show ${formatPackageReference(whole)}' lists what there is (REG913)`,
      EXIT.FAILED,
    );
  }
  const needs = await needsOf(target, { ...whole, version: wanted }, all, options, io);
  return {
    reference: whole,
    versions: [wanted],
    isWhole: all.length === 1,
    ...(needs && { needs }),
  };
}

async function versionsOf(target: RegistryTarget, reference: PackageReference): Promise<string[]> {
  const versions: string[] = [];
  for await (const { version } of new PackagesClient(target).versions(reference)) {
    versions.push(version);
  }
  if (versions.length === 0) {
    throw missingPackage(reference);
  }
  return versions;
}

function refuseWithoutAllVersions(
  reference: PackageReference,
  all: readonly string[],
  { allVersions }: DeletionOptions,
): void {
  if (!allVersions) {
    const name = formatPackageReference(reference);
    throw new CommandError(
      `'${name}' has ${counted(all.length)}: name one as '${name}@VERSION', or delete them all with --all-versions`,
    );
  }
}

async function needsOf(
  target: RegistryTarget,
  reference: PackageReference & { readonly version: string },
  all: readonly string[],
  { force }: DeletionOptions,
  io: Io,
): Promise<ImageNeeds | undefined> {
  const { owner, type, name, version } = reference;
  if (type !== 'container') {
    return undefined;
  }
  const needs = await readNeeds(target, `${owner}/${name}`, version, all).catch((error) => {
    if (!(error instanceof ClientError)) {
      throw error;
    }
    if (!force) {
      throw new CommandError(
        `nothing was written: what needs '${version}' cannot be read; --force deletes it all the same: ${error.message}`,
        EXIT.FAILED,
        { cause: error },
      );
    }
    io.err(`warning: what needs '${version}' cannot be read: ${error.message}\n`);
    return undefined;
  });
  if (needs && needs.neededBy.length > 0 && !force) {
    throw new CommandError(
      `nothing was written: '${version}' is part of ${needs.neededBy.map((tag) => `'${tag}'`).join(', ')}, which could no longer be pulled; delete that first, or use --force (REG727)`,
      EXIT.FAILED,
    );
  }
  return needs;
}

function readNeeds(
  target: RegistryTarget,
  repository: string,
  version: string,
  all: readonly string[],
): Promise<ImageNeeds> {
  return imageNeeds(new OciClient(target), repository, version, all);
}

/** `1 version`, `3 versions`. */
export function counted(count: number): string {
  return `${count} version${count === 1 ? '' : 's'}`;
}
