import type { FakeGitea } from '../../../src/testing';
import { TRAEFIK } from '../../../src/testing';
import { addOwner, CURIOUS, OWNER, push, withToken } from './site';
import type { Scenario } from './scenario';
import type { Arrangement } from './world';
import { startWorld } from './world';

/** Images of the second reference case. */
export const MOSAIC_IMAGES = [
  'stack-api',
  'stack-web',
  'stack-postgres',
  'stack-openbao',
  'stack-orchestrator',
] as const;

/** The second reference case: 1.24.3, a private organization, five images, none of them linked yet. */
export const MOSAIC: Arrangement = {
  forge: { release: '1.24.3' },
  login: withToken('ci', CURIOUS),
  content: async (gitea) => {
    addOwner(gitea, 'mosaic', 'private');
    gitea.addRepository('mosaic', 'stack', { private: true });
    for (const name of MOSAIC_IMAGES) {
      await push(gitea, `mosaic/${name}`, 'v1');
    }
  },
};

/** A link that is asked for: `owner/name=repository`. */
export function linking(
  asked: string,
  arrangement: Arrangement = {},
): ReturnType<typeof startWorld> {
  const [, owner, name, repository] = /^([^/]+)\/(.+)=(.+)$/.exec(asked)!;
  return startWorld({
    login: withToken('ci', CURIOUS),
    ...arrangement,
    content: async (gitea) => {
      await push(gitea, `${OWNER}/tool`, '1.0');
      await arrangement.content?.(gitea);
    },
    request: {
      link: {
        reference: { owner: owner!, type: 'container', name: name! },
        repository: repository!,
      },
    },
  });
}

/** Steps P10 and P11: a link somebody fails to make. */
export const LINKS: readonly Scenario[] = [
  {
    name: 'a proxy has no route for the link API',
    code: 'REG911',
    start: () =>
      linking(`${OWNER}/tool=hub`, {
        direct: 'none',
        switches: {
          answer: { ...TRAEFIK.notFound, match: ({ path }) => /\/-\/(un)?link/.test(path) },
        },
      }),
  },
  {
    name: 'the name has a slash and the server is a Forgejo',
    code: 'REG912',
    start: () =>
      linking(`${OWNER}/team/tool=hub`, {
        forge: { release: 'forgejo-11.0.2' },
        content: (gitea) => push(gitea, `${OWNER}/team/tool`, '1.0'),
      }),
  },
  {
    name: 'the package to link does not exist',
    code: 'REG913',
    start: () => linking(`${OWNER}/toll=hub`),
  },
  {
    name: 'the package to link is of another type',
    code: 'REG913',
    start: () =>
      startWorld({
        login: withToken('ci', CURIOUS),
        request: {
          link: {
            reference: { owner: OWNER, type: 'generic', name: 'state-hub' },
            repository: 'hub',
          },
        },
      }),
  },
  {
    name: 'the mosaic case: the image is named without the prefix it was pushed with',
    code: 'REG913',
    start: () => linking('mosaic/api=stack', MOSAIC),
  },
  {
    name: 'the repository to link to does not exist',
    code: 'REG914',
    start: () => linking(`${OWNER}/tool=hubb`),
  },
  {
    name: 'the mosaic case: the repository is of another owner',
    code: 'REG914',
    start: () => linking('mosaic/stack-api=hub', MOSAIC),
  },
  {
    name: 'the repository has no packages unit',
    code: 'REG915',
    start: () =>
      linking(`${OWNER}/tool=plain`, {
        content: (gitea) => void gitea.addRepository(OWNER, 'plain', { hasPackages: false }),
      }),
  },
  {
    name: 'the repository is a fork, which has no packages unit',
    code: 'REG915',
    start: () =>
      linking(`${OWNER}/tool=fork`, {
        content: (gitea) => void gitea.addRepository(OWNER, 'fork', { forkOf: `${OWNER}/hub` }),
      }),
  },
  {
    name: 'the packages unit is off for all repositories',
    code: 'REG915',
    start: () => linking(`${OWNER}/tool=hub`, { forge: { packagesUnitDisabled: true } }),
  },
  {
    name: 'the one who links may not write packages of the owner',
    code: 'REG916',
    start: () => linking(`${OWNER}/tool=hub`, { login: withToken('puller', CURIOUS) }),
  },
  {
    name: 'the one who links is in no team of the repository',
    code: 'REG916',
    start: () =>
      linking('closed/tool=hub', {
        content: async (gitea) => {
          closedOwner(gitea);
          await push(gitea, 'closed/tool', '1.0');
        },
      }),
  },
];

/** An organization whose team may write packages, and has no repository. */
function closedOwner(gitea: FakeGitea): void {
  gitea.addOrganization('closed', { owners: ['root'] });
  gitea.addTeam('closed', 'packagers', { packages: 'write', members: ['ci'], repositories: [] });
  gitea.addRepository('closed', 'hub');
}
