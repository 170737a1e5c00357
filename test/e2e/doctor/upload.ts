import type { Asked, BehindNginx } from './front';
import { behindNginx, behindTraefik, proxied } from './front';
import { fastTime } from './pace';
import type { RealScenario } from './scenario';
import { onV2Through } from './traefik-routes';

const MEBIBYTE = 1024 * 1024;

/** A second of the doctor's takes a tenth of one. */
const PACE = 10;

/** A publisher asks what the way lets through. */
export const limits: Asked = {
  login: (lab) => lab.login('publisher'),
  request: (lab) => ({ publish: { repository: `${lab.open}/state-hub` }, limits: true }),
  direct: 'none',
  options: () => fastTime(PACE),
};

/** Traefik's `readTimeout` of so many of the doctor's seconds. */
export const readTimeout = (seconds: number): readonly string[] => [
  `--entryPoints.websecure.transport.respondingTimeouts.readTimeout=${(seconds * 1000) / PACE}ms`,
];

const nginxWith = (lines: string): BehindNginx => ({
  ...limits,
  server: (gitea) => `location / { ${proxied(gitea, lines)} }`,
});

/** Step P9: the size and the time a layer may take. */
export const UPLOAD: readonly RealScenario[] = [
  behindTraefik('Traefik buffers bodies up to 64 MiB', 'REG218', {
    ...limits,
    routes: onV2Through({ buffer: { buffering: { maxRequestBodyBytes: 64 * MEBIBYTE } } }),
    args: readTimeout(0),
  }),
  behindTraefik('Traefik ends a body after 60 seconds, as it does unless told', 'REG440', {
    ...limits,
    args: readTimeout(60),
  }),
  behindTraefik('Traefik ends a body after 20 seconds', 'REG440', {
    ...limits,
    args: readTimeout(20),
  }),
  behindNginx('nginx as it comes takes bodies of 1 MiB', 'REG450', nginxWith('')),
  behindNginx('nginx takes bodies of 1 GiB', 'REG450', nginxWith('client_max_body_size 1g;')),
  behindNginx(
    'nginx does not wait for the next byte',
    'REG442',
    nginxWith('client_max_body_size 0; client_body_timeout 200ms;'),
  ),
];
