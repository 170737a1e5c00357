import { Worker } from 'node:worker_threads';

/**
 * Reads a file behind whoever writes it, and digests it. As text, because a worker needs a file of its own otherwise:
 * this one is the same whether the package is compiled, bundled or run from its sources.
 *
 * The buffer begins in the middle of a page. Memory of that size begins 16 bytes after the start of one, and AMD's Zen 3 and
 * 4 copy there from the start of another page, as each read of a file does, at a fifth of their speed.
 */
const FOLLOW = `
const { readSync, openSync, closeSync } = require('node:fs');
const { createHash } = require('node:crypto');
const { parentPort, workerData: { path, size, shared } } = require('node:worker_threads');
const frontier = new BigInt64Array(shared);
const hash = createHash('sha256');
const buffer = Buffer.allocUnsafeSlow(128 * 1024 + 2048).subarray(2048);
const file = openSync(path, 'r');
for (let at = 0; at < size; ) {
  const limit = Number(Atomics.load(frontier, 0));
  if (limit <= at) {
    Atomics.wait(frontier, 0, BigInt(limit));
    continue;
  }
  const count = readSync(file, buffer, 0, Math.min(buffer.length, limit - at), at);
  if (count === 0) {
    throw new Error('the file became shorter');
  }
  hash.update(buffer.subarray(0, count));
  at += count;
}
closeSync(file);
parentPort.postMessage(hash.digest('hex'));
`;

/** Bytes for which it is worth to wake the thread. */
const STEP = 4 * 1024 * 1024;

/** SHA-256 of a large file while it is written, in a thread of its own: it costs as much time as the download itself. */
export class HashThread {
  private readonly shared = new SharedArrayBuffer(8);
  private readonly frontier = new BigInt64Array(this.shared);
  private readonly worker: Worker;
  private told = 0;
  private readonly result: Promise<string>;

  /** @param size bytes of the whole file */
  public constructor(
    path: string,
    private readonly size: number,
  ) {
    this.worker = new Worker(FOLLOW, {
      eval: true,
      workerData: { path, size, shared: this.shared },
    });
    this.result = new Promise((resolve, reject) => {
      this.worker.once('message', resolve).once('error', reject);
    });
    // Who fails otherwise never asks.
    this.result.catch(() => undefined);
  }

  /** The file is written without a gap up to there. */
  public advance(to: number): void {
    if (to - this.told >= STEP || to === this.size) {
      this.told = to;
      Atomics.store(this.frontier, 0, BigInt(to));
      Atomics.notify(this.frontier, 0);
    }
  }

  /** The digest, hex, once the whole file was read. */
  public async digest(): Promise<string> {
    return this.result;
  }

  /** Ends the thread. */
  public async stop(): Promise<void> {
    await this.worker.terminate();
  }
}
