import type { ProxyAnswer } from '../../../src/testing';
import { CLOUDFLARE, FORWARD_AUTH, NGINX, TRAEFIK } from '../../../src/testing';

const ANSWERS = Object.entries({ CLOUDFLARE, FORWARD_AUTH, NGINX, TRAEFIK }).flatMap(
  ([style, answers]) =>
    Object.entries<ProxyAnswer | ((...args: never[]) => ProxyAnswer)>(answers).flatMap(
      ([name, answer]) =>
        typeof answer === 'function' ? [] : [[`${style}.${name}`, answer] as const],
    ),
);

it.each(ANSWERS)('%s measures its body right, where it does itself', (_name, answer) => {
  const length = answer.headers?.find(([name]) => name === 'Content-Length')?.[1];
  expect([undefined, String(Buffer.byteLength(answer.body ?? ''))]).toContain(length);
});

it('signs pages as the programs do', () => {
  const footer = ({ body }: ProxyAnswer): string | undefined =>
    /<hr><center>(.*)<\/center>/.exec(String(body))?.[1];
  expect(footer(NGINX.tooLarge)).toBe('nginx/1.22.1');
  expect(footer(CLOUDFLARE.tooLarge)).toBe('cloudflare');
  expect(CLOUDFLARE.tooLarge.headers).toContainEqual(['Server', 'cloudflare']);
  expect(TRAEFIK.tooLarge.body).not.toContain('<');
});

it('gives whole seconds in Retry-After, never too few', () => {
  const { headers } = TRAEFIK.tooManyRequests(1.2);
  expect(headers).toEqual([
    ['Retry-After', '2'],
    ['X-Retry-In', '1.2s'],
  ]);
});
