import { addOwner, OWNER, withToken } from './site';
import type { Scenario } from './scenario';
import { startWorld } from './world';

/** A publisher of `owner/image`. */
const publishing =
  (repository: string, user = 'ci') =>
  () =>
    startWorld({ login: withToken(user), request: { publish: { repository } } });

/** Step P9: an image somebody fails to publish. */
export const PUBLISH: readonly Scenario[] = [
  {
    name: 'the owner of the image does not exist',
    code: 'REG320',
    start: publishing('coulomp/state-hub'),
  },
  {
    name: 'the image begins with the name of a repository',
    code: 'REG320',
    start: publishing('hub/state-hub'),
  },
  {
    name: 'the owner has another name now',
    code: 'REG320',
    start: () =>
      startWorld({
        login: withToken('ci'),
        request: { publish: { repository: 'coulomb-old/state-hub' } },
        switches: {
          redirect: {
            status: 307,
            location: `/v2/${OWNER}/state-hub/blobs/uploads/`,
            match: ({ path }) => path.startsWith('/v2/coulomb-old/'),
          },
        },
      }),
  },
  {
    name: 'the publisher may only read packages of the owner',
    code: 'REG321',
    start: publishing(`${OWNER}/state-hub`, 'puller'),
  },
  {
    name: 'the publisher is in no team of the private owner',
    code: 'REG321',
    start: () =>
      startWorld({
        content: (gitea) => addOwner(gitea, 'vault', 'private'),
        login: withToken('puller'),
        request: { publish: { repository: 'vault/app' } },
      }),
  },
  {
    name: 'the publisher pushes to the name of another user',
    code: 'REG321',
    start: publishing('puller/tool'),
  },
  {
    name: 'the name of the image has two underscores',
    code: 'REG470',
    start: publishing(`${OWNER}/state__hub`),
  },
];
