import { partsHeld } from '../../client/oci/manifest';
import type { Observation } from '../sight';
import { auditedTags } from './audited-tags';
import type { Fetched } from './stored-parts';
import { MANIFEST_BYTES, manifestIn, storedParts } from './stored-parts';

/**
 * One small part of the first audited tag as it is given out: its manifest, and where that comes from Gitea itself, its
 * config. Undefined without a tag or a token.
 */
export const blobRedirect: Observation<Fetched | undefined> = async (sight) => {
  const [parts, { tags }] = await Promise.all([sight.see(storedParts), sight.see(auditedTags)]);
  const [first] = tags;
  if (parts === undefined || first === undefined) {
    return undefined;
  }
  const { repository, tag } = first;
  const fetched = await parts.get(
    repository,
    { kind: 'manifests', reference: tag },
    MANIFEST_BYTES,
  );
  const manifest = fetched.store ? undefined : manifestIn(fetched);
  const [part] = manifest ? partsHeld(manifest) : [];
  return part === undefined || manifest?.kind !== 'image'
    ? fetched
    : parts.get(repository, { kind: 'blobs', reference: part.digest });
};
