import type { FakeGitea } from '../../../src/testing';
import { NGINX, TRAEFIK } from '../../../src/testing';
import { digestOf, imageOf } from '../../testing/images';
import { organization } from './declared';
import { CURIOUS, link, OWNER, packageNamed, push, pushIndex, STATE_HUB, withToken } from './site';
import type { Scenario } from './scenario';
import type { Arrangement } from './world';
import { startWorld } from './world';

const API = { match: ({ path }: { readonly path: string }) => path.startsWith('/api/v1') };

/** A release, and nothing else that is worth a word. */
const release = (number: string) => () => startWorld({ forge: { release: number } });

/** Everything is looked at. */
const audited = (arrangement: Arrangement) => () =>
  startWorld({
    login: withToken('ci', CURIOUS),
    declared: { owners: [organization(OWNER)] },
    request: { blobs: true },
    ...arrangement,
  });

/** Steps P10 and P11: the API, the release, and what is stored. */
export const PACKAGES: readonly Scenario[] = [
  {
    name: 'nginx refuses the API',
    code: 'REG910',
    start: () =>
      startWorld({ direct: 'none', switches: { answer: { ...NGINX.forbidden, ...API } } }),
  },
  {
    name: 'Traefik has no route for the API',
    code: 'REG910',
    start: () =>
      startWorld({
        direct: 'none',
        switches: { answer: { ...TRAEFIK.notFound, ...API } },
        request: { owners: [OWNER] },
      }),
  },
  { name: 'a Gitea too old for the link API', code: 'REG642', start: release('1.23.8') },
  { name: 'a Forgejo too old for the link API', code: 'REG642', start: release('forgejo-10.0.3') },
  { name: 'Gitea 1.26.0', code: 'REG643', start: release('1.26.0') },
  { name: 'Gitea 1.25.1', code: 'REG643', start: release('1.25.1') },
  { name: 'Gitea 1.25.2', code: 'REG643', start: release('1.25.2') },
  {
    name: 'a layer is gone from the store',
    code: 'REG735',
    start: audited({ content: (gitea) => gitea.loseBlob(digestOf(STATE_HUB.layer)) }),
  },
  {
    name: 'a config is gone from the store',
    code: 'REG735',
    start: audited({ content: (gitea) => gitea.loseBlob(digestOf(STATE_HUB.config)) }),
  },
  {
    name: 'an old layer of one image among many is gone from the store',
    code: 'REG735',
    start: audited({
      content: async (gitea) => {
        const old = imageOf('an old one');
        await push(gitea, `${OWNER}/archive`, '0.1', old);
        await push(gitea, `${OWNER}/archive`, '0.2');
        gitea.loseBlob(digestOf(old.layer));
      },
    }),
  },
  {
    name: 'an image of an index was deleted',
    code: 'REG727',
    start: audited({
      content: async (gitea) => {
        const [, arm] = await pushIndex(gitea, `${OWNER}/multi`, '1.0');
        deleteVersion(gitea, 'multi', digestOf(arm!.manifest));
      },
    }),
  },
  {
    name: 'a package is declared linked and is not',
    code: 'REG917',
    start: () =>
      startWorld({
        content: (gitea) => push(gitea, `${OWNER}/tool`, '1.0'),
        login: withToken('ci', CURIOUS),
        declared: {
          owners: [organization(OWNER)],
          links: [{ owner: OWNER, type: 'container', name: 'tool', repository: 'hub' }],
        },
      }),
  },
  {
    name: 'a package is linked to another repository than declared',
    code: 'REG917',
    start: () =>
      startWorld({
        content: (gitea) => {
          gitea.addRepository(OWNER, 'other');
          link(gitea, 'state-hub', 'other');
        },
        login: withToken('ci', CURIOUS),
        declared: {
          owners: [organization(OWNER)],
          links: [{ owner: OWNER, type: 'container', name: 'state-hub', repository: 'hub' }],
        },
      }),
  },
];

/** What REST and DELETE by digest do: no reference is checked. */
function deleteVersion(gitea: FakeGitea, name: string, version: string): void {
  const { versions } = packageNamed(gitea, name);
  versions.splice(
    versions.findIndex((each) => each.version === version),
    1,
  );
}
