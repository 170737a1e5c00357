import { OWNER, withToken } from './site';
import type { Scenario } from './scenario';
import { HOST, startWorld } from './world';
import { startNginx } from './nginx';

/** The header a proxy sends on. */
const forwardedAs = (value: string) => () =>
  startWorld({ switches: { forwardedProto: { value } } });

/** Step P5 and the encoded slash of P10: what a proxy makes of host, scheme and path. */
export const REALM: readonly Scenario[] = [
  {
    name: 'the proxy says http although the client came by https',
    code: 'REG240',
    start: forwardedAs('http'),
  },
  {
    name: 'two proxies append to X-Forwarded-Proto',
    code: 'REG240',
    start: forwardedAs('https, http'),
  },
  {
    name: 'X-Forwarded-Proto holds a quote',
    code: 'REG240',
    start: forwardedAs('https"'),
  },
  {
    name: 'no proxy sets X-Forwarded-Proto, and ROOT_URL is http',
    code: 'REG240',
    start: () =>
      startWorld({
        forge: { rootUrl: `http://${HOST}/` },
        switches: { forwardedProto: undefined },
      }),
  },
  {
    name: 'ROOT_URL of a Forgejo is http',
    code: 'REG240',
    start: () => startWorld({ forge: { release: 'forgejo-11.0.2', rootUrl: `http://${HOST}/` } }),
  },
  {
    name: 'the proxy passes its own name for the host on',
    code: 'REG241',
    start: () => startWorld({ switches: { host: { value: 'gitea.default.svc:3000' } } }),
  },
  {
    name: 'the proxy adds a port to the host',
    code: 'REG241',
    start: () => startWorld({ switches: { host: { value: `${HOST}:8443` } } }),
  },
  {
    name: 'ROOT_URL of a Forgejo is another name',
    code: 'REG241',
    start: () =>
      startWorld({
        forge: { release: 'forgejo-11.0.2', rootUrl: 'https://forge.internal.test/' },
      }),
  },
  {
    name: 'nginx passes the name of its upstream on',
    code: 'REG241',
    needs: 'nginx',
    start: () =>
      startWorld({
        entry: (_proxy, gitea) =>
          startNginx(
            `location / { proxy_pass ${gitea.url}; proxy_set_header X-Forwarded-Proto https; }`,
          ),
      }),
  },
  {
    name: 'the realm of a Forgejo below a path leads past /v2',
    code: 'REG212',
    start: () =>
      startWorld({ forge: { release: 'forgejo-11.0.2', rootUrl: `https://${HOST}/git/` } }),
  },
  {
    name: 'Traefik refuses an encoded slash',
    code: 'REG250',
    start: () =>
      startWorld({
        switches: { encodedSlash: { treatment: 'refuse' } },
        request: { owners: [OWNER] },
      }),
  },
  {
    name: 'a proxy decodes an encoded slash',
    code: 'REG250',
    start: () =>
      startWorld({
        switches: { encodedSlash: { treatment: 'decode' } },
        login: withToken('ci'),
        request: { owners: [OWNER] },
      }),
  },
  {
    name: 'nginx decodes an encoded slash, its proxy_pass having a path',
    code: 'REG250',
    needs: 'nginx',
    start: () =>
      startWorld({
        login: withToken('ci'),
        request: { owners: [OWNER] },
        entry: (_proxy, gitea) =>
          startNginx(
            `location / { proxy_pass ${gitea.url}/; proxy_set_header Host $host; proxy_set_header X-Forwarded-Proto https; }`,
          ),
      }),
  },
];
