import { Transport } from '../../src/client/http/transport';
import { OciClient } from '../../src/client/oci/oci-client';
import { imageContract } from './contract/images';
import { interopContract } from './contract/interop';
import type { DockerRegistry } from './servers/docker-registry';
import { startDockerRegistry } from './servers/docker-registry';
import { found } from './servers/program';
import { skipLoudly } from './servers/skip';

const binary = found('docker-registry');

if (binary === undefined) {
  skipLoudly(
    "plain OCI: put the program 'docker-registry' (Debian package docker-registry) on PATH",
  );
} else {
  describe('docker-registry', () => {
    let registry: DockerRegistry;
    let transport: Transport;
    let names = 0;
    beforeAll(async () => {
      registry = await startDockerRegistry(binary);
      transport = new Transport({ proxyFor: () => '' });
    }, 180_000);
    afterAll(async () => {
      transport.close();
      await registry.close();
    });
    const place = () => ({
      host: new URL(registry.origin).host,
      client: new OciClient({ origin: new URL(registry.origin), transport }, { naming: 'oci' }),
      fresh: (prefix = 'app') => `owner/${prefix}-${++names}`,
    });

    describe('images', () => imageContract(place));
    describe('beside', () => interopContract(place));
  });
}
