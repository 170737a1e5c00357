import { digestOf } from '../images';
import type { RecordedLine } from './recorded-line';

/** Bytes known by their digest. */
const KNOWN: Readonly<Record<string, string>> = {
  'sha256:b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9': 'hello world',
  'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a': '{}',
};

type Sized = readonly [digest: string, size: number];

const USUAL_CONFIG_SIZE = 101;
const USUAL_LAYER_SIZE = 10;

/** Size of what the tests of limits push; the recordings do not tell it. */
const LARGE_SIZE = 5000;

/**
 * Our bytes for the digests of a recording, whose own bytes were not kept. They have the recorded sizes, as far as an
 * answer shows one, and are JSON, so that they may stand for a config.
 */
export class Contents {
  readonly #sizes: ReadonlyMap<string, number>;
  readonly #bytes = new Map<string, Buffer>();
  /** Recorded digest by ours. */
  readonly #recorded = new Map<string, string>();

  public constructor(lines: readonly RecordedLine[]) {
    this.#sizes = recordedSizes(lines);
  }

  /** Bytes that stand for a recorded digest. */
  public of(recorded: string): Buffer {
    const known = this.#bytes.get(recorded);
    if (known !== undefined) return known;
    const bytes = Buffer.from(
      KNOWN[recorded] ?? uniqueText(this.#bytes.size, this.#sizeOf(recorded)),
    );
    this.set(recorded, bytes);
    return bytes;
  }

  /** Bytes that already stand for a recorded digest. */
  public known(recorded: string): Buffer | undefined {
    return this.#bytes.get(recorded);
  }

  /** Says which bytes stand for a recorded digest. */
  public set(recorded: string, bytes: Buffer): void {
    this.#bytes.set(recorded, bytes);
    this.#recorded.set(digestOf(bytes).slice('sha256:'.length), recorded.slice('sha256:'.length));
  }

  /** Our digests for the recorded ones in a path. */
  public toOurs(text: string): string {
    return text.replace(/sha256:[0-9a-f]{64}/g, (recorded) => digestOf(this.of(recorded)));
  }

  /** The recorded digests for ours in an answer. */
  public toRecorded(text: string): string {
    return text.replace(/[0-9a-f]{64}/g, (ours) => this.#recorded.get(ours) ?? ours);
  }

  #sizeOf(recorded: string): number {
    const shown = [...this.#sizes.keys()].findLast((digest) => recorded.startsWith(digest));
    return shown === undefined ? USUAL_CONFIG_SIZE : this.#sizes.get(shown)!;
  }
}

function uniqueText(number: number, size: number): string {
  return `"${String(number).padEnd(size - 2, '.')}"`;
}

/** Sizes by digest; a digest may be cut with the body that shows it. */
function recordedSizes(lines: readonly RecordedLine[]): ReadonlyMap<string, number> {
  return new Map([
    ...lines.flatMap((_, index) => usualSizes(lines, index)),
    ...lines.flatMap(sizesInBody),
    ...lines.flatMap(sizeInHeaders),
    ...sessionSizes(lines),
  ]);
}

/** A manifest is pushed right after its config and its layer. */
function usualSizes(lines: readonly RecordedLine[], index: number): readonly Sized[] {
  const [config, layer] = [lines[index - 2], lines[index - 1]].map((line) =>
    line === undefined ? undefined : pushedDigest(line),
  );
  const isManifest = lines[index]!.request.path.includes('/manifests/');
  if (!isManifest || config === undefined || layer === undefined) return [];
  return [
    [config, USUAL_CONFIG_SIZE],
    [layer, USUAL_LAYER_SIZE],
  ];
}

function sizesInBody({ response: { body } }: RecordedLine): readonly Sized[] {
  const inManifests = body.matchAll(/"size":([0-9]+),"digest":"(sha256:[0-9a-f]+)"/g);
  const inFiles = body.matchAll(/"[Ss]ize":([0-9]+),"name":"sha256_([0-9a-f]+)/g);
  return [
    ...[...inManifests].map(([, size, digest]): Sized => [digest!, Number(size)]),
    ...[...inFiles].map(([, size, hex]): Sized => [`sha256:${hex!}`, Number(size)]),
  ];
}

function sizeInHeaders(line: RecordedLine): readonly Sized[] {
  const { headers, status } = line.response;
  const digest = headers['Docker-Content-Digest'];
  if (digest !== undefined && line.request.path.includes('/blobs/') && status === 200) {
    return [[digest, Number(headers['Content-Length'])]];
  }
  const pushed = pushedDigest(line);
  return pushed !== undefined && status === 403 ? [[pushed, LARGE_SIZE]] : [];
}

/** Sizes of what was uploaded in chunks and then finished without a further one. */
function sessionSizes(lines: readonly RecordedLine[]): ReadonlyMap<string, number> {
  const received = new Map<string, number>();
  const sizes = new Map<string, number>();
  for (const { request, response } of lines) {
    const [, id, digest] = /\/uploads\/([a-z0-9]+)(?:\?digest=(.+))?$/.exec(request.path) ?? [];
    const [, last] = /^0-([0-9]+)$/.exec(response.headers.Range ?? '') ?? [];
    if (id === undefined) continue;
    if (last !== undefined) received.set(id, Number(last) + 1);
    const size = received.get(id);
    if (digest !== undefined && size !== undefined) sizes.set(digest, size);
  }
  return sizes;
}

function pushedDigest({ request }: RecordedLine): string | undefined {
  return /\/blobs\/uploads\/\?digest=(sha256:[0-9a-f]+)/.exec(request.path)?.[1];
}
