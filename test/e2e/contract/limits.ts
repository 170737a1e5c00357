import { bodyOf } from '../../../src/client/http/message';
import { newImage, pushImage } from '../image';
import type { Limits } from '../servers/server';
import type { Site } from '../site';
import { codeOf } from './failure';

/** Limits of the server; runs last, because it changes app.ini. Never limits of containers: those destroy layers. */
export function limitsContract(site: () => Site): void {
  const inOpen = () => ({ owner: site().open, name: site().fresh(), version: '1' });

  async function limited(limits: Limits, run: () => Promise<void>): Promise<void> {
    const { limit } = site().server;
    if (!limit) {
      throw new Error('this server cannot be given limits');
    }
    await limit(limits);
    await run().finally(() => limit({}));
  }

  test('a file above LIMIT_SIZE_GENERIC is refused, unless a site admin puts it', async () => {
    await limited({ genericSize: 10 }, async () => {
      const file = inOpen();
      expect(await site().generic().put(file, 'small', bodyOf('0123456789'))).toBe('created');
      expect(await codeOf(site().generic().put(file, 'large', bodyOf('01234567890')))).toBe(
        'REG460',
      );
      expect(await site().generic().head(file, 'large')).toBeUndefined();
      expect(await site().generic('admin').put(file, 'large', bodyOf('01234567890'))).toBe(
        'created',
      );
    });
  });

  test('a version above LIMIT_TOTAL_OWNER_COUNT is refused, of files and of images', async () => {
    await limited({ ownerCount: 0 }, async () => {
      expect(await codeOf(site().generic().put(inOpen(), 'file', bodyOf('bytes')))).toBe('REG461');
      const image = newImage();
      const repository = `${site().open}/${site().fresh()}`;
      const code = await codeOf(pushImage(site().oci(), repository, image, 'v1'));
      // Of an image the answer does not tell which limit; Gitea 1.25.0 to 1.25.2 answer with a page.
      expect(['REG460', 'REG643']).toContain(code);
    });
  });
}
