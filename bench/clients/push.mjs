// Pushes a layer as an image of one layer: node push.mjs FILE OWNER/IMAGE:TAG
import { createReadStream, statSync } from 'node:fs';
import { bodyOf, OciClient } from '../../lib/src/client/index.js';
import { target } from './target.mjs';

async function main([file, reference]) {
  const [repository, tag] = reference.split(':');
  const oci = new OciClient(target());
  const layer = await oci.pushBlob(repository, {
    length: statSync(file).size,
    open: () => createReadStream(file, { highWaterMark: 1024 * 1024 }),
    isReplayable: true,
  });
  const configuration = JSON.stringify({ architecture: 'amd64', os: 'linux', rootfs: {} });
  const config = await oci.pushBlob(repository, bodyOf(configuration));
  const manifest = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: {
      mediaType: 'application/vnd.oci.image.config.v1+json',
      digest: config.digest,
      size: config.size,
    },
    layers: [
      {
        mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
        digest: layer.digest,
        size: layer.size,
      },
    ],
  };
  await oci.putManifest(repository, tag, {
    mediaType: manifest.mediaType,
    bytes: Buffer.from(JSON.stringify(manifest)),
  });
}

main(process.argv.slice(2)).then(() => process.exit(0));
