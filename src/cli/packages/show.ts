import { ClientError } from '../../client/error';
import type { Manifest } from '../../client/oci/manifest';
import { OciClient } from '../../client/oci/oci-client';
import type { PackageVersion } from '../../client/packages/package-version';
import { PackagesClient } from '../../client/packages/packages-client';
import type { RegistryTarget } from '../../client/target';
import type { PackageReference } from '../../declaration/package-reference';
import { formatPackageReference, parsePackageReference } from '../../declaration/package-reference';
import type { Io } from '../io';
import { jsonText } from '../json';
import type { ServerOptions } from '../options/server';
import { giveResult } from '../result';
import { withConnection } from '../server/connect';
import { table } from '../table';
import { none } from '../terminal';
import { missingPackage } from './missing-package';
import { packageRecord, shownDate } from './package-record';
import { fields, linkedText, versionDocument, versionText } from './version-view';

/** Options of `show`. */
export interface ShowOptions extends ServerOptions {
  readonly output: 'text' | 'json';
  readonly outputFile?: string;
}

/** `gitea-registry show`: one version of a package, or the package with its versions. */
export async function show(name: string, options: ShowOptions, io: Io): Promise<void> {
  const reference = parsePackageReference(name);
  await withConnection(options, io, async ({ target }) => {
    const result =
      reference.version === undefined
        ? await packageResult(target, reference, options, io)
        : await versionResult(target, reference, options, io);
    await giveResult(result, options.outputFile, io);
  });
}

async function packageResult(
  target: RegistryTarget,
  reference: PackageReference,
  { output }: ShowOptions,
  io: Io,
): Promise<string> {
  const versions: PackageVersion[] = [];
  for await (const version of new PackagesClient(target).versions(reference)) {
    versions.push(version);
  }
  if (versions.length === 0) {
    throw missingPackage(reference);
  }
  if (output === 'json') {
    return jsonText(versions.map(packageRecord));
  }
  return [
    fields(formatPackageReference(reference), [
      ['repository', linkedText(versions[0], io)],
      ['versions', `${versions.length}`],
    ]),
    table(
      ['VERSION', 'CREATED', 'BY'],
      versions.map(({ version, createdAt, creator }) => [
        version,
        shownDate(createdAt),
        creator ?? none(io),
      ]),
    ),
  ].join('\n');
}

async function versionResult(
  target: RegistryTarget,
  reference: PackageReference,
  { output }: ShowOptions,
  io: Io,
): Promise<string> {
  const client = new PackagesClient(target);
  const version = await client.get(reference);
  if (version === undefined) {
    throw missingPackage(reference);
  }
  const files = await client.files(reference);
  const view = { version, files, manifest: await manifestOf(target, reference, io) };
  return output === 'json'
    ? jsonText(versionDocument(view))
    : versionText(formatPackageReference(reference), view, io);
}

/** The manifest of an image; what else there is to show does not need it. */
async function manifestOf(
  target: RegistryTarget,
  { owner, type, name, version }: PackageReference,
  io: Io,
): Promise<Manifest | undefined> {
  if (type !== 'container') {
    return undefined;
  }
  try {
    return await new OciClient(target).getManifest(`${owner}/${name}`, version!);
  } catch (error) {
    if (!(error instanceof ClientError)) {
      throw error;
    }
    io.err(`warning: the digest is not known: ${error.message}\n`);
    return undefined;
  }
}
