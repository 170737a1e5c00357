import * as https from 'node:https';
import type { FakeGitea } from '../../../src/testing';
import { TRAEFIK } from '../../../src/testing';
import { trusted, withIntermediate } from './certificates';
import { skippedTime } from './clock';
import { organization, V2_ROUTE } from './declared';
import { linking, MOSAIC } from './links';
import type { Listener } from './listener';
import { listenOn } from './listener';
import { startNginx } from './nginx';
import { addOwner, CURIOUS, IMAGE, link, OWNER, push, pushIndex, TAG, withToken } from './site';
import type { HealthyScenario, SetUp } from './scenario';
import type { Arrangement } from './world';
import { HOST, startWorld } from './world';

/** Everything that can be asked of a public registry with a publisher, a pull secret and a declared link. */
const FULL: Arrangement = {
  login: withToken('ci', ['write:package', 'read:repository']),
  pullLogin: withToken('puller', ['read:package']),
  declared: {
    owners: [organization(OWNER)],
    links: [{ owner: OWNER, type: 'container', name: IMAGE, repository: 'hub' }],
  },
  request: { publish: { repository: `${OWNER}/${IMAGE}`, reference: TAG }, blobs: true },
};

const RELEASES = [
  '1.22.6',
  '1.23.8',
  '1.24.7',
  '1.25.4',
  '1.26.0-dev',
  '1.26.1',
  'forgejo-7.0.16',
  'forgejo-10.0.3',
  'forgejo-11.0.2',
  'forgejo-12.0.1',
] as const;

/** A proxy that leads `/v2` to Gitea and nothing else. */
const ONLY_V2 = {
  answer: {
    ...TRAEFIK.notFound,
    match: ({ path }: { readonly path: string }) => !/^\/v2(\/|$)/.test(path),
  },
};

/** A private organization that `ci` may write to and `puller` may read. */
async function vault(gitea: FakeGitea): Promise<void> {
  addOwner(gitea, 'vault', 'private');
  gitea.addTeam('vault', 'readers', { packages: 'read', members: ['puller'] });
  await push(gitea, 'vault/app', '1.0');
}

/** Set-ups in which nothing may be called broken. */
export const HEALTHY: readonly HealthyScenario[] = [
  ...RELEASES.map((release) => ({
    name: `${release.replace('forgejo-', 'Forgejo ')}, everything asked`,
    start: () =>
      startWorld({
        ...FULL,
        forge: { release },
        declared: {
          ...FULL.declared!,
          flavor: release.startsWith('forgejo') ? 'forgejo' : 'gitea',
        },
      }),
  })),
  { name: 'nobody logs in and nothing is declared', start: () => startWorld() },
  { name: 'the public path is the only one', start: () => startWorld({ ...FULL, direct: 'none' }) },
  {
    name: 'an authority of the company signed the certificate by an intermediate',
    start: () => startWorld({ tls: withIntermediate(HOST) }),
  },
  {
    name: 'the reference case after: /v2 routed, ROOT_URL https, NodePort beside it',
    start: () =>
      startWorld({
        ...FULL,
        direct: 'nodePort',
        declared: { ...FULL.declared!, route: V2_ROUTE },
      }),
  },
  {
    name: 'the host routes /v2 alone',
    start: () =>
      startWorld({
        switches: ONLY_V2,
        declared: { owners: [organization(OWNER)], route: V2_ROUTE },
      }),
  },
  {
    name: 'ROOT_URL has a path, /v2 is served at the root',
    start: () =>
      startWorld({
        forge: { rootUrl: `https://${HOST}/git/` },
        switches: ONLY_V2,
        login: withToken('ci'),
        declared: { owners: [organization(OWNER)], route: V2_ROUTE },
      }),
  },
  {
    name: 'everybody must sign in',
    start: () =>
      startWorld({
        forge: { requireSignIn: true },
        content: vault,
        login: withToken('ci', CURIOUS),
        pullLogin: withToken('puller', ['read:package']),
        declared: { owners: [organization('vault', 'private')] },
        request: { publish: { repository: 'vault/app', reference: '1.0' }, blobs: true },
      }),
  },
  {
    name: 'everybody must sign in to Gitea 1.26, which offers Basic too',
    start: () =>
      startWorld({
        forge: { requireSignIn: true, release: '1.26.1' },
        content: vault,
        login: withToken('ci', CURIOUS),
        pullLogin: withToken('puller', ['read:package']),
        declared: { owners: [organization('vault', 'private')] },
      }),
  },
  {
    name: 'a private owner beside a public one',
    start: () =>
      startWorld({
        content: vault,
        login: withToken('ci', CURIOUS),
        pullLogin: withToken('puller', ['read:package']),
        declared: { owners: [organization(OWNER), organization('vault', 'private')] },
        request: { blobs: true },
      }),
  },
  {
    name: 'nobody logs in to a private owner',
    start: () =>
      startWorld({
        content: vault,
        declared: { owners: [organization('vault', 'private')] },
      }),
  },
  {
    name: 'a limited owner, read by whoever signed in',
    start: () =>
      startWorld({
        content: async (gitea) => {
          addOwner(gitea, 'team', 'limited');
          await push(gitea, 'team/app', '1.0');
        },
        login: withToken('ci', CURIOUS),
        pullLogin: withToken('puller', ['read:package']),
        declared: { owners: [organization('team', 'limited')] },
      }),
  },
  { name: 'blobs are served by an object store', start: withObjectStore },
  {
    name: 'images of two architectures',
    start: () =>
      startWorld({
        ...FULL,
        content: async (gitea) => void (await pushIndex(gitea, `${OWNER}/multi`, '1.0')),
      }),
  },
  {
    name: 'the realm is ROOT_URL, whatever the proxy says',
    start: () =>
      startWorld({
        ...FULL,
        forge: { release: '1.26.1', publicUrlDetection: 'never' },
        switches: { forwardedProto: undefined },
      }),
  },
  {
    name: 'an image is to be published for the first time',
    start: () =>
      startWorld({
        login: withToken('ci'),
        request: { publish: { repository: `${OWNER}/new` } },
      }),
  },
  {
    name: 'a way without limits',
    start: () =>
      startWorld({
        ...FULL,
        request: { publish: { repository: `${OWNER}/${IMAGE}` }, limits: true },
        options: skippedTime(),
      }),
  },
  {
    name: 'a real nginx that is set up for a registry',
    needs: 'nginx',
    start: () =>
      startWorld({
        ...FULL,
        request: { publish: { repository: `${OWNER}/${IMAGE}` }, limits: true },
        options: skippedTime(),
        entry: (_proxy, gitea) =>
          startNginx(
            [
              'client_max_body_size 0;',
              'location / {',
              `proxy_pass ${gitea.url};`,
              'proxy_request_buffering off;',
              'proxy_read_timeout 3600;',
              'proxy_set_header Host $host;',
              'proxy_set_header X-Forwarded-Proto $scheme;',
              '}',
            ].join(' '),
          ),
      }),
  },
  {
    name: 'the mosaic case: a link that can be made',
    start: () => linking('mosaic/stack-api=stack', MOSAIC),
  },
  {
    name: 'a link that is made already',
    start: () => linking(`${OWNER}/tool=hub`, { content: (gitea) => link(gitea, 'tool', 'hub') }),
  },
];

/** SERVE_DIRECT to a store with a certificate of the same authority. */
async function withObjectStore(): Promise<SetUp> {
  const blobs = new Map<string, Buffer>();
  const store = await startStore(blobs);
  const world = await startWorld({
    ...FULL,
    content: (gitea) => {
      gitea.state.blobs.forEach((bytes, hex) => blobs.set(hex, bytes));
      gitea.configure({ serveDirect: `https://127.0.0.1:${store.port}/packages` });
    },
  });
  return {
    ...world,
    close: async () => {
      await world.close();
      await store.close();
    },
  };
}

/** Gives the bytes whose digest ends the path. */
function startStore(blobs: ReadonlyMap<string, Buffer>): Promise<Listener> {
  const { key, cert } = trusted({ names: ['127.0.0.1'] });
  return listenOn(
    https.createServer({ key, cert }, ({ url = '', method }, response) => {
      const hex = /([0-9a-f]{64})(\?.*)?$/.exec(url)?.[1] ?? '';
      const bytes = blobs.get(hex);
      response.writeHead(bytes ? 200 : 404, { 'Content-Length': bytes?.length ?? 0 });
      response.end(method === 'HEAD' ? undefined : bytes);
    }),
  );
}
