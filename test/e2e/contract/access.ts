import { bodyOf } from '../../../src/client/http/message';
import { OciClient } from '../../../src/client/oci/oci-client';
import { newImage, pushImage } from '../image';
import type { Role, Site } from '../site';
import { codeOf } from './failure';

const WRITE = ['write:package'];
const READ = ['read:package'];
const PUBLIC_ONLY = ['public-only', ...WRITE];

/** What may be done: `yes`, or the code of the refusal. */
async function may(action: Promise<unknown>): Promise<string> {
  return action.then(
    () => 'yes',
    () => codeOf(action),
  );
}

/** Who may read and write what, by account and by token. */
export function accessContract(site: () => Site): void {
  interface Row {
    readonly role: Role;
    readonly scopes: readonly string[];
    /** Pull, push, put a generic file, delete it, list: of the public owner, then of the private one. */
    readonly open: readonly [pull: string, push: string, put: string, list: string];
    readonly closed: readonly [pull: string, push: string, put: string, list: string];
  }

  const everything = ['yes', 'yes', 'yes', 'yes'] as const;
  const rows: readonly Row[] = [
    { role: 'admin', scopes: ['all'], open: everything, closed: everything },
    { role: 'keeper', scopes: WRITE, open: everything, closed: everything },
    { role: 'publisher', scopes: WRITE, open: everything, closed: everything },
    {
      role: 'publisher',
      scopes: READ,
      open: ['yes', 'REG321', 'REG321', 'yes'],
      closed: ['yes', 'REG321', 'REG321', 'yes'],
    },
    {
      role: 'publisher',
      scopes: PUBLIC_ONLY,
      open: everything,
      closed: ['REG314', 'REG314', 'REG314', 'REG314'],
    },
    {
      role: 'reader',
      scopes: WRITE,
      open: ['yes', 'REG321', 'REG321', 'yes'],
      closed: ['yes', 'REG321', 'REG321', 'yes'],
    },
    {
      role: 'stranger',
      scopes: WRITE,
      open: ['yes', 'REG321', 'REG321', 'yes'],
      closed: ['REG323', 'REG321', 'REG321', 'REG323'],
    },
  ];

  test.each(rows)('$role with $scopes', async ({ role, scopes, open, closed }) => {
    for (const [owner, expected] of [
      [site().open, open],
      [site().closed, closed],
    ] as const) {
      const image = `${owner}/${site().fresh()}`;
      await pushImage(site().oci(), image, newImage(), 'v1');
      const file = { owner, name: site().fresh(), version: '1' };
      const list = site().packages(role, scopes).list(owner);
      expect([
        await may(site().oci(role, scopes).getManifest(image, 'v1')),
        await may(
          site()
            .oci(role, scopes)
            .pushBlob(image, bodyOf(`${Math.random()}`)),
        ),
        await may(site().generic(role, scopes).put(file, 'file', bodyOf('bytes'))),
        await may(list.next()),
      ]).toEqual(expected);
      await list.return();
    }
  });

  test('a token without a package scope gets no registry token, or one that opens nothing', async () => {
    const image = `${site().closed}/${site().fresh()}`;
    await pushImage(site().oci(), image, newImage(), 'v1');
    const scopes = ['read:user'];
    const client = site().oci('publisher', scopes);
    expect(await may(client.getManifest(image, 'v1'))).toBe(
      site().forge.product === 'gitea' ? 'REG314' : 'REG323',
    );
    expect(await may(site().packages('publisher', scopes).list(site().open).next())).toBe('REG314');
  });

  test('a wrong secret is named as such, everywhere', async () => {
    const target = () => site().targetAs(site().user('keeper'), 'wrong');
    const image = `${site().open}/${site().fresh()}`;
    expect(await codeOf(new OciClient(target()).ping())).toBe('REG312');
    expect(await codeOf(new OciClient(target()).getManifest(image, 'v1'))).toBe('REG312');
  });

  test('a right one is not', async () => {
    await site().oci().ping();
    await new OciClient(site().anonymous()).ping();
  });
}
