import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import { indexed } from '../estate-index';
import type { Workload } from '../read/workload';
import { imageHost } from '../read/workload';

/** An image whose reference names a host, taken apart as loosely as people write it. */
export interface HostedImage {
  /** What stands before the first slash of the path, a scheme included: `https://Git.example.org:443`. */
  readonly written: string;
  /** `host[:port]` as written, without a scheme. */
  readonly host: string;
  /** Name of the host in lower case, without port. */
  readonly name: string;
  readonly port?: string;
  /** Path below the host, with tag and digest. */
  readonly path: string;
  /** The `image` field. */
  readonly at: Cursor;
  readonly workload: Workload;
}

/** Images of all workloads by the name of their host. */
export function hostedImages(estate: Estate): ReadonlyMap<string, readonly HostedImage[]> {
  return estate.remember('images by name of the host', () =>
    indexed(estate.workloads.flatMap(imagesOf), ({ name }) => name),
  );
}

function imagesOf(workload: Workload): HostedImage[] {
  return workload.images.flatMap(({ text, at }) => {
    const parts = partsOfImage(text);
    return parts ? [{ ...parts, at, workload }] : [];
  });
}

/** The parts of an image reference with a host; undefined for short names of Docker Hub. */
export function partsOfImage(
  text: string,
): Pick<HostedImage, 'written' | 'host' | 'name' | 'port' | 'path'> | undefined {
  const [scheme] = /^(?:https?:\/\/)?/i.exec(text)!;
  const reference = text.slice(scheme.length);
  const host = imageHost(reference);
  if (host === undefined) {
    return undefined;
  }
  const [, name, port] = /^(.*?)(?::(\d+))?$/s.exec(host)!;
  return {
    written: `${scheme}${host}`,
    host,
    name: name.toLowerCase(),
    path: reference.slice(host.length + 1),
    ...(port !== undefined && { port }),
  };
}
