import { constants, createDeflate, createInflate } from 'node:zlib';
import { HEADER_DICTIONARY } from './dictionary';

/** Names (lower case) and values of a SYN_STREAM or SYN_REPLY. */
export type SpdyHeaders = Readonly<Record<string, string>>;

/**
 * Reads and writes the header blocks of one session (SPDY draft 3, 2.6.10). All blocks of a direction are one zlib stream,
 * so blocks must be given in the order of the wire, each after the one before is done.
 */
export class HeaderBlocks {
  private readonly inflate = createInflate({ dictionary: HEADER_DICTIONARY });
  private readonly deflate = createDeflate({
    dictionary: HEADER_DICTIONARY,
    flush: constants.Z_SYNC_FLUSH,
  });

  /** Throws when the block is no zlib data or breaks off. */
  async read(block: Buffer): Promise<SpdyHeaders> {
    return decode(await through(this.inflate, block));
  }

  /** The compressed block. */
  async write(headers: SpdyHeaders): Promise<Buffer> {
    return through(this.deflate, encode(headers));
  }
}

/** What a zlib stream makes of a chunk, up to the flush after it. */
function through(
  stream: ReturnType<typeof createInflate> | ReturnType<typeof createDeflate>,
  chunk: Buffer,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const made: Buffer[] = [];
    const collect = (part: Buffer): void => void made.push(part);
    const done = (error?: Error | null): void => {
      stream.off('data', collect).off('error', done);
      if (error) reject(error);
      else resolve(Buffer.concat(made));
    };
    stream.on('data', collect).on('error', done);
    stream.write(chunk, done);
  });
}

function decode(block: Buffer): SpdyHeaders {
  let at = 4;
  const text = (): string => {
    const start = at + 4;
    at = start + block.readUInt32BE(at);
    return block.toString('utf8', start, at);
  };
  const headers: Record<string, string> = {};
  for (let left = block.readUInt32BE(0); left > 0; left -= 1) {
    const name = text();
    headers[name] = text();
  }
  return headers;
}

function encode(headers: SpdyHeaders): Buffer {
  const pairs = Object.entries(headers);
  const parts = pairs.flat().flatMap((each) => {
    const bytes = Buffer.from(each);
    return [uint32(bytes.length), bytes];
  });
  return Buffer.concat([uint32(pairs.length), ...parts]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
