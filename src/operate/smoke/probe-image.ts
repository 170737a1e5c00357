import { randomBytes } from 'node:crypto';
import type { Descriptor } from '../../client/oci/descriptor';
import type { ManifestBytes } from '../../client/oci/manifest';

/** Media types of the OCI image specification 1.1. */
export const CONFIG_TYPE = 'application/vnd.oci.image.config.v1+json';
export const LAYER_TYPE = 'application/vnd.oci.image.layer.v1.tar';
const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';

/**
 * The config of an image that runs nowhere. Random, too: every image shares an empty config, and a limit that refuses
 * one would take it from all.
 *
 * @param layerDigest digest of the one layer
 */
export function probeConfig(layerDigest: string): Buffer {
  const config = {
    architecture: 'amd64',
    os: 'linux',
    config: { Labels: { 'gitea-registry.probe': randomBytes(16).toString('hex') } },
    rootfs: { type: 'layers', diff_ids: [layerDigest] },
  };
  return Buffer.from(JSON.stringify(config));
}

/** The manifest of an image with one layer. */
export function probeManifest(config: Descriptor, layer: Descriptor): ManifestBytes {
  const part = ({ mediaType, digest, size }: Descriptor): object => ({ mediaType, digest, size });
  const document = {
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    config: part(config),
    layers: [part(layer)],
  };
  return { mediaType: MANIFEST_TYPE, bytes: Buffer.from(JSON.stringify(document)) };
}
