import type { Descriptor } from '../../client/oci/descriptor';
import { OciClient } from '../../client/oci/oci-client';
import { PackagesClient } from '../../client/packages/packages-client';
import type { PackageVersion } from '../../client/packages/package-version';
import type { Credential } from '../../client/http/credential';
import type { RegistryTarget } from '../../client/target';
import type { Observation, Sight } from '../sight';
import { publishRegistry } from './publish-registry';
import type { Told } from './publish-told';
import { told } from './publish-told';

/** Tags of an image, as far as they were counted. */
export interface TagCount {
  readonly count: number;
  /** Whether there are more. */
  readonly hasMore: boolean;
}

/** Tags that are counted: one page. */
const MOST_TAGS = 1000;

/** The tags of the image, with the credential of the path. */
export const publishedTags: Observation<Told<TagCount>> = (sight) =>
  told(sight, sight.path.credential, async (target) =>
    countTags(await imagesOf(sight, target), sight),
  );

/** The manifest the reference names, with the credential of the path; undefined when there is none. */
export const publishedManifest: Observation<Told<Descriptor | undefined>> = (sight) =>
  told(sight, sight.path.credential, async (target) => {
    const { repository, reference } = sight.request.publish!;
    return (await imagesOf(sight, target)).headManifest(repository, reference!);
  });

/** The newest version of the package as Gitea's API lists it; undefined when there is none. */
export const publishedVersion: Observation<Told<PackageVersion | undefined>> = (sight) =>
  told(sight, sight.path.credential, async (target) => {
    const { repository, reference } = sight.request.publish!;
    const [owner, ...image] = repository.split('/');
    const name = { owner, type: 'container', name: image.join('/') };
    const client = new PackagesClient(target);
    const version =
      reference === undefined ? undefined : await client.get({ ...name, version: reference });
    if (version) {
      return version;
    }
    for await (const any of client.versions(name)) {
      return any;
    }
    return undefined;
  });

/** What a reader is told of the image. */
export type ReadImage = 'there' | 'not-there';

/** Whether the image can be read: the manifest of the reference, else its tags. */
export async function readImage(
  sight: Sight,
  credential: Credential | undefined,
): Promise<Told<ReadImage>> {
  return told(sight, credential, async (target) => {
    const { repository, reference } = sight.request.publish!;
    const images = await imagesOf(sight, target);
    if (reference === undefined) {
      await countTags(images, sight, 1);
      return 'there';
    }
    return (await images.headManifest(repository, reference)) ? 'there' : 'not-there';
  });
}

async function imagesOf(sight: Sight, target: RegistryTarget): Promise<OciClient> {
  const kind = await sight.see(publishRegistry);
  return new OciClient(target, { naming: kind === 'gitea' ? 'gitea' : 'oci' });
}

async function countTags(
  images: OciClient,
  { request }: Sight,
  most = MOST_TAGS,
): Promise<TagCount> {
  const tags: string[] = [];
  for await (const tag of images.tags(request.publish!.repository)) {
    if (tags.length === most) {
      return { count: most, hasMore: true };
    }
    tags.push(tag);
  }
  return { count: tags.length, hasMore: false };
}
