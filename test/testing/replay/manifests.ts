import { IMAGE_TYPE, INDEX_TYPE, digestOf } from '../images';
import type { Contents } from './contents';
import type { RecordedLine } from './recorded-line';

const MISSING = `sha256:${'0'.repeat(64)}`;
const TOO_LARGE = 10 * 1024 * 1024 + 1;

interface PushedImage {
  /** The last two, config first. */
  readonly blobs: Buffer[];
  /** By digest, the last two. */
  readonly children: Buffer[];
  /** The last index. */
  index: Buffer;
}

/** Builds the manifests a recording pushes: from the blobs, or the children, pushed right before them. */
export class Manifests {
  readonly #images = new Map<string, PushedImage>();
  readonly #contents: Contents;

  public constructor(contents: Contents) {
    this.#contents = contents;
  }

  /** Takes note of a blob pushed to an image. */
  public blobPushed(image: string, bytes: Buffer): void {
    this.#of(image).blobs.push(bytes);
  }

  /** The manifest of a `PUT …/manifests/<reference>`. */
  public bodyFor(line: RecordedLine, image: string, reference: string): Buffer {
    const digest = line.response.headers['Docker-Content-Digest'];
    const known = digest === undefined ? undefined : this.#contents.known(digest);
    const body = known ?? this.#build(line, image, reference);
    if (digest !== undefined) this.#contents.set(digest, body);
    const pushed = this.#of(image);
    if (reference.startsWith('sha256:')) pushed.children.push(body);
    return body;
  }

  #build(line: RecordedLine, image: string, reference: string): Buffer {
    const pushed = this.#of(image);
    const [config, layer] = pushed.blobs.slice(-2);
    const faulty = this.#faulty(reference, pushed);
    if (faulty !== undefined) return faulty;
    if (line.request.headers['Content-Type'] === INDEX_TYPE) {
      pushed.index = indexOf(pushed.children.slice(-2));
      return pushed.index;
    }
    if (reference === 'a1') {
      return manifest('application/vnd.example.config.v1+json', config!, config!);
    }
    return manifest('application/vnd.oci.image.config.v1+json', config!, layer!);
  }

  /** Bodies the recording names by their tags. */
  #faulty(reference: string, { blobs, index }: PushedImage): Buffer | undefined {
    const [config, layer] = blobs.slice(-2);
    const type = 'application/vnd.oci.image.config.v1+json';
    const missing = { digest: MISSING, length: 5 };
    switch (reference) {
      case 'nested':
        return indexOf([index], INDEX_TYPE);
      case 's1':
        return Buffer.from('{"schemaVersion":1}');
      case 'nj':
        return Buffer.from('not json');
      case 'mb':
        return manifest(type, missing, layer!);
      case 'ml':
        return manifest(type, config!, missing);
      case 'mc':
        return indexOf([missing]);
      case 'sz':
        return manifest(type, config!, { digest: digestOf(layer!), length: layer!.length + 1 });
      case 'x': {
        const other = this.#of('coulomb/other').blobs;
        return manifest(type, other[0]!, other[1]!);
      }
      case 'big':
        return Buffer.alloc(TOO_LARGE, ' ');
      default:
        return undefined;
    }
  }

  #of(image: string): PushedImage {
    const key = image.toLowerCase();
    const known = this.#images.get(key);
    if (known !== undefined) return known;
    const created = { blobs: [], children: [], index: Buffer.alloc(0) };
    this.#images.set(key, created);
    return created;
  }
}

/** Bytes, or what is said of bytes nobody has. */
type Referred = Buffer | { readonly digest: string; readonly length: number };

function referredDigest(referred: Referred): string {
  return Buffer.isBuffer(referred) ? digestOf(referred) : referred.digest;
}

function manifest(configType: string, config: Referred, layer: Referred): Buffer {
  const describe = (mediaType: string, referred: Referred): object => ({
    mediaType,
    size: referred.length,
    digest: referredDigest(referred),
  });
  return Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: IMAGE_TYPE,
      config: describe(configType, config),
      layers: [describe('application/vnd.oci.image.layer.v1.tar+gzip', layer)],
    }),
  );
}

function indexOf(children: readonly Referred[], mediaType: string = IMAGE_TYPE): Buffer {
  return Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: INDEX_TYPE,
      manifests: children.map((child, at) => ({
        mediaType,
        digest: referredDigest(child),
        size: child.length,
        platform: { os: 'linux', architecture: at === 0 ? 'amd64' : 'arm64' },
      })),
    }),
  );
}
