import { skippedTime } from './clock';
import { startNginx } from './nginx';
import { OWNER, withToken } from './site';
import type { Scenario, SetUp } from './scenario';
import type { Arrangement } from './world';
import { HOST, startWorld } from './world';

const MEBIBYTE = 1024 * 1024;

/** Seconds between two bytes of the trickled body (step P9b). */
const BYTE_SECONDS = 5;

/** A publisher who asks for the limits of the way, in no time. */
function limited(arrangement: Arrangement): Promise<SetUp> {
  return startWorld({
    login: withToken('ci'),
    ...arrangement,
    request: { publish: { repository: `${OWNER}/state-hub` }, limits: true },
    options: skippedTime(),
  });
}

/** A proxy that ends a body after so many seconds of the trickle. */
const cutAfter = (seconds: number, how: 'traefik' | 'reset') => () =>
  limited({ switches: { requestCut: { afterBytes: seconds / BYTE_SECONDS, how } } });

/** Step P9: the size and the time a layer may take. */
export const UPLOAD: readonly Scenario[] = [
  {
    name: 'nginx takes bodies of 1 MiB',
    code: 'REG450',
    start: () => limited({ switches: { bodyLimit: { bytes: MEBIBYTE, style: 'nginx' } } }),
  },
  {
    name: 'nginx takes bodies of 1 GiB',
    code: 'REG450',
    start: () => limited({ switches: { bodyLimit: { bytes: 1024 * MEBIBYTE, style: 'nginx' } } }),
  },
  {
    name: 'a real nginx as it comes',
    code: 'REG450',
    needs: 'nginx',
    start: () =>
      limited({
        entry: (_proxy, gitea) =>
          startNginx(
            `location / { proxy_pass ${gitea.url}; proxy_set_header Host $host; proxy_set_header X-Forwarded-Proto https; }`,
          ),
      }),
  },
  {
    name: 'a name behind Cloudflare is used for pushes',
    code: 'REG452',
    start: () =>
      limited({
        switches: {
          bodyLimit: { bytes: 100 * MEBIBYTE, style: 'cloudflare' },
          responseHeaders: {
            strip: ['Server', 'CF-RAY'],
            add: [
              ['Server', 'cloudflare'],
              ['CF-RAY', '8c0ffee00c0ffee0-FRA'],
            ],
          },
        },
      }),
  },
  {
    name: 'Traefik buffers bodies up to 64 MiB',
    code: 'REG218',
    start: () => limited({ switches: { bodyLimit: { bytes: 64 * MEBIBYTE, style: 'traefik' } } }),
  },
  {
    name: 'Traefik ends a body after 60 seconds',
    code: 'REG440',
    start: cutAfter(60, 'traefik'),
  },
  {
    name: 'a proxy resets a body after 15 seconds',
    code: 'REG442',
    start: cutAfter(15, 'reset'),
  },
  {
    name: 'upload sessions are led below another path',
    code: 'REG212',
    start: () =>
      startWorld({
        login: withToken('ci'),
        request: { publish: { repository: `${OWNER}/state-hub` } },
        switches: {
          responseHeaders: {
            strip: ['Location'],
            add: [
              ['Location', `/git/v2/${OWNER}/state-hub/blobs/uploads/0123456789abcdefghijklmno`],
            ],
            match: ({ method, path }) => method === 'POST' && path.includes('/blobs/uploads/'),
          },
        },
      }),
  },
  {
    name: 'uploads are redirected although reads are not',
    code: 'REG219',
    start: () =>
      startWorld({
        login: withToken('ci'),
        request: { publish: { repository: `${OWNER}/state-hub` } },
        switches: {
          redirect: {
            status: 301,
            location: `https://www.${HOST}{path}`,
            match: ({ method, path }) => method === 'POST' && path.startsWith('/v2/'),
          },
        },
      }),
  },
  {
    name: 'blobs are served by an object store nobody reaches',
    code: 'REG712',
    start: () =>
      startWorld({
        content: (gitea) =>
          gitea.configure({ serveDirect: 'https://store.internal.test/packages' }),
        login: withToken('ci', ['write:package', 'read:repository']),
        request: { publish: { repository: `${OWNER}/state-hub` }, limits: true, blobs: true },
        options: skippedTime(),
      }),
  },
];
