import { Readable } from 'node:stream';
import type { HttpBody } from '../../../src/client/http/message';
import type { TransportOptions } from '../../../src/client/http/transport';
import { OciClient } from '../../../src/client/oci/oci-client';
import type { RegistryTarget } from '../../../src/client/target';
import type { FakeGiteaOptions } from '../../../src/testing';
import { SeededForge } from '../packages/seeded-forge';

/** A forge whose realm is where it was asked: at the proxy. */
export async function proxiedForge(options: FakeGiteaOptions = {}): Promise<SeededForge> {
  const forge = await SeededForge.start({ publicUrlDetection: 'auto', ...options });
  forge.gitea.configure({ rootUrl: `${forge.proxy.url}/` });
  return forge;
}

/** A client of the proxy in front of a forge, as an account that may push to `coulomb`; its pauses take no time. */
export function publisher(
  forge: SeededForge,
  more: Partial<RegistryTarget> = {},
  options?: TransportOptions,
): OciClient {
  return new OciClient({ ...forge.target('publisher', 'write', forge.proxy, options), ...more });
}

/** `METHOD path` of what arrived at the proxy, with session ids and queries taken off. */
export function arrived({ proxy }: SeededForge): string[] {
  return proxy.requests
    .map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`)
    .filter((line) => !line.endsWith('/v2/token'))
    .map((line) =>
      line.replace(/uploads\/.+/, 'uploads/ID').replace(/(sha256:.{6})[0-9a-f]+/, '$1'),
    );
}

/** Bytes that can be read once, in pieces, their number unknown. */
export function once(...pieces: readonly Buffer[]): HttpBody {
  return { open: () => Readable.from(pieces, { objectMode: false }) };
}

/** Sessions the forge still waits for. */
export function openSessions({ gitea }: SeededForge): number {
  return gitea.state.uploads.size;
}

/** What the store holds of a digest. */
export function stored({ gitea }: SeededForge, digest: string): Buffer | undefined {
  return gitea.state.blobs.get(digest.slice('sha256:'.length));
}
