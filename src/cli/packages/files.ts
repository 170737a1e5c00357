import { PackagesClient } from '../../client/packages/packages-client';
import type { Io } from '../io';
import { jsonText } from '../json';
import type { ServerOptions } from '../options/server';
import { giveResult } from '../result';
import { withConnection } from '../server/connect';
import { table } from '../table';
import { oneVersion } from './reference';

/** Options of `files`. */
export interface FilesOptions extends ServerOptions {
  readonly output: 'text' | 'json';
  readonly outputFile?: string;
}

/** `gitea-registry files`: what one version holds, with sizes and checksums. */
export async function files(reference: string, options: FilesOptions, io: Io): Promise<void> {
  const version = oneVersion(reference, 'files');
  await withConnection(options, io, async ({ target }) => {
    const found = await new PackagesClient(target).files(version);
    const result =
      options.output === 'json'
        ? jsonText(found.map(({ id: _, ...file }) => file))
        : table(
            ['SIZE', 'SHA256', 'NAME'],
            found.map(({ name, size, sha256 }) => [`${size}`, sha256, name]),
          );
    await giveResult(result, options.outputFile, io);
  });
}
