// Pulls an image into a folder, every byte verified: node pull.mjs OWNER/IMAGE:TAG FOLDER
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { OciClient } from '../../lib/src/client/index.js';
import { target } from './target.mjs';

async function main([reference, folder]) {
  const [repository, tag] = reference.split(':');
  const oci = new OciClient(target());
  mkdirSync(folder, { recursive: true });
  const manifest = await oci.getManifest(repository, tag);
  writeFileSync(join(folder, 'manifest.json'), manifest.bytes);
  const { config, layers } = JSON.parse(manifest.bytes.toString('utf8'));
  for (const { digest, size } of [config, ...layers]) {
    const { stream } = await oci.getBlob(repository, digest, size);
    const file = join(folder, digest.replace('sha256:', ''));
    await pipeline(stream, createWriteStream(file, { highWaterMark: 1024 * 1024 }));
  }
}

main(process.argv.slice(2)).then(() => process.exit(0));
