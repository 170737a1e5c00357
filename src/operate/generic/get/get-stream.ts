import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import { ClientError } from '../../../client/error';
import type { GenericContext } from '../context';
import { fetchAll } from './fetch-all';
import { checkWhole } from '../stored/find-version';
import { localError } from '../local-error';
import type { GenericVersion } from '../place';
import { formatPlace } from '../place';
import { RangeSet } from './range-set';
import { piecesOf } from './segments';
import { ServerChanged } from './server-changed';
import { Slots } from './slots';
import type { StoredFile } from '../stored/stored-version';

/**
 * Sends a file to a stream, in order and without keeping it. Whether the bytes are right is known at the end only.
 *
 * @throws ClientError REG735 when they were not: they are out already; as fetchAll
 */
export async function getStream(
  context: GenericContext,
  version: GenericVersion,
  stored: StoredFile,
  out: Writable,
): Promise<void> {
  checkWhole(version, stored);
  const { name, size, sha256, pieces } = stored;
  const place = formatPlace(version, name);
  const hash = createHash('sha256');
  const done = new RangeSet();
  const watched = context.watch.begin(name, 'downloading', { total: size });
  const write = async (bytes: Buffer, at: number): Promise<void> => {
    hash.update(bytes);
    await written(out, bytes);
    done.add(at, at + bytes.length);
    watched.at(done.total);
  };
  let isRight = false;
  try {
    await fetchAll({
      context,
      version,
      pieces: piecesOf(pieces),
      done,
      write,
      parallel: 1,
      segmentSize: Math.max(1, size),
      slots: new Slots(1),
    });
    isRight = hash.digest('hex') === sha256;
  } catch (error) {
    if (!(error instanceof ServerChanged)) {
      throw error;
    }
  } finally {
    watched.end(isRight ? 'downloaded' : 'failed');
  }
  if (!isRight) {
    throw new ClientError(
      `the bytes of '${place}' that went out are NOT the ones the API lists (sha256 ${sha256}): do not use them`,
      'REG735',
    );
  }
}

async function written(out: Writable, chunk: Buffer): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    out.write(chunk, (cause) =>
      cause ? reject(localError('standard output', 'written', cause)) : resolve(),
    );
  });
}
