import { FakeGitea } from '../../../src/testing';
import type { FakeGiteaOptions } from '../../../src/testing';
import type { Limits, Server } from './server';

const ADMIN = { user: 'root1', secret: 'Contract-Pass-1' };

/** Starts a fake. */
export async function startFake(options: FakeGiteaOptions): Promise<Server> {
  const gitea = await FakeGitea.start(options);
  gitea.addUser(ADMIN.user, { password: ADMIN.secret, admin: true });
  return {
    origin: gitea.url,
    admin: ADMIN,
    limit: async ({ genericSize, ownerCount = -1 }: Limits) =>
      gitea.configure({
        sizeLimits: genericSize === undefined ? {} : { generic: genericSize },
        totalOwnerCount: ownerCount,
      }),
    close: () => gitea.close(),
  };
}
