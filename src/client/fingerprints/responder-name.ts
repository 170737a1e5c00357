import type { Responder } from './pattern';

/** Who answered, as messages name it. */
export const RESPONDER_NAMES: { readonly [responder in Responder]: string } = {
  gitea: 'the registry',
  forgejo: 'the registry',
  traefik: 'Traefik',
  nginx: 'nginx',
  cloudflare: 'Cloudflare',
  'forward-auth': 'something in front of the registry',
  unknown: 'an unknown server or proxy',
};
