import type { ImageManifest } from '../../client/oci/manifest';
import { OciClient } from '../../client/oci/oci-client';
import type { Observation } from '../sight';
import { publishedVersion } from './publish-package';
import { publishRegistry } from './publish-registry';
import { told } from './publish-told';

/** Configurations are small; what is larger is none. */
const MOST_CONFIG_BYTES = 1024 * 1024;

const CREATED = 'org.opencontainers.image.created';

/**
 * When the manifest of the reference came to be, RFC 3339: pushed, as Gitea says, or built, as the image itself says.
 * Undefined when nobody tells.
 */
export const publishedAt: Observation<string | undefined> = async (sight) => {
  if ((await sight.see(publishRegistry)) === 'gitea') {
    const { value } = await sight.see(publishedVersion);
    const { reference } = sight.request.publish!;
    return value?.version.toLowerCase() === reference!.toLowerCase() ? value.createdAt : undefined;
  }
  const found = await told(sight, sight.path.credential, async (target) => {
    const { repository, reference } = sight.request.publish!;
    const images = new OciClient(target, { naming: 'oci' });
    const manifest = await images.getManifest(repository, reference!);
    return (
      manifest.annotations?.[CREATED] ??
      (manifest.kind === 'image' ? createdIn(images, repository, manifest) : undefined)
    );
  });
  return found.value;
};

async function createdIn(
  images: OciClient,
  repository: string,
  { config }: ImageManifest,
): Promise<string | undefined> {
  if (config.size > MOST_CONFIG_BYTES) {
    return undefined;
  }
  const { stream } = await images.getBlob(repository, config.digest, config.size);
  const pieces: Buffer[] = [];
  for await (const piece of stream as AsyncIterable<Buffer>) {
    pieces.push(piece);
  }
  return createdOf(Buffer.concat(pieces).toString('utf8'));
}

/** Builds that repeat give the first moment of Unix, or the zero of Go: that is no time. */
function createdOf(text: string): string | undefined {
  try {
    const { created } = JSON.parse(text) as { created?: unknown };
    return typeof created === 'string' && Date.parse(created) > 0 ? created : undefined;
  } catch {
    return undefined;
  }
}
