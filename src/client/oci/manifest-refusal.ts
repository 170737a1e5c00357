import { ClientError } from '../error';
import type { HttpResponse } from '../http/message';
import { shownUrl } from '../http/recording';
import { refusal } from '../refusal';
import { headBlob } from './blobs';
import type { RegistryConnection } from './connection';
import type { Descriptor } from './descriptor';
import type { Manifest, ManifestBytes } from './manifest';
import { parseManifest, partsHeld } from './manifest';
import { headManifest } from './manifests';
import { kindOf } from './media-type';

/** What a registry may mean by these that the parts of the manifest tell: a part is missing or of another size. */
const ABOUT_PARTS = new Set([400, 404, 500]);

/** So many faults are looked for; there may be thousands. */
const MOST_FAULTS = 3;

/**
 * Why a registry does not take a manifest. It names no part (OCI error codes come without one), and Gitea 1.25.0 to
 * 1.25.2 answers a page; so the parts are looked for.
 */
export async function explainedRefusal(
  connection: RegistryConnection,
  repository: string,
  sent: ManifestBytes,
  answer: HttpResponse,
  purpose: string,
): Promise<ClientError> {
  const refused = await refusal(answer, { method: 'PUT', purpose, surface: 'v2' });
  if (!ABOUT_PARTS.has(answer.status)) {
    return refused;
  }
  let faults: readonly Fault[];
  try {
    faults = await findFaults(connection, repository, parseManifest(sent));
  } catch {
    // The look was only to help.
    return refused;
  }
  if (faults.length === 0) {
    return refused;
  }
  const hidden =
    refused.code === 'REG643'
      ? '; Gitea 1.25.0 to 1.25.2 hide that behind an error page: move to 1.25.3 or later'
      : '';
  return new ClientError(
    `cannot ${purpose}: ${faults.map(({ text }) => text).join('; ')}${hidden}`,
    faults[0].code,
    { method: 'PUT', url: shownUrl(answer.url), status: answer.status },
    { cause: refused },
  );
}

/** What is wrong with a part. */
interface Fault {
  readonly text: string;
  readonly code: string;
}

async function findFaults(
  connection: RegistryConnection,
  repository: string,
  manifest: Manifest,
): Promise<readonly Fault[]> {
  const faults: Fault[] = [];
  for (const part of partsHeld(manifest)) {
    const fault =
      manifest.kind === 'index'
        ? await faultOfChild(connection, repository, part)
        : await faultOfBlob(connection, repository, part, part === manifest.config);
    if (fault && faults.push(fault) === MOST_FAULTS) {
      break;
    }
  }
  return faults;
}

async function faultOfChild(
  connection: RegistryConnection,
  repository: string,
  { digest, mediaType, size }: Descriptor,
): Promise<Fault | undefined> {
  if (kindOf(mediaType) === 'index') {
    return {
      text: `the index holds another index, ${digest}: put its manifests into this one`,
      code: 'REG471',
    };
  }
  const found = await headManifest(connection, repository, digest);
  return faultOf(found, size, `manifest ${digest} of the index`, 'REG471');
}

async function faultOfBlob(
  connection: RegistryConnection,
  repository: string,
  { digest, size }: Descriptor,
  isConfig: boolean,
): Promise<Fault | undefined> {
  const found = await headBlob(connection, repository, digest);
  return faultOf(found, size, `${isConfig ? 'config' : 'layer'} ${digest}`, 'REG475');
}

function faultOf(
  found: Descriptor | undefined,
  size: number,
  what: string,
  code: string,
): Fault | undefined {
  if (found === undefined) {
    return { text: `${what} is missing under this image name: push it there first`, code };
  }
  return found.size === size
    ? undefined
    : { text: `${what} has ${found.size} bytes, not ${size}: build the manifest anew`, code };
}
