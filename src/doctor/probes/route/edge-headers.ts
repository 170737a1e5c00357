import { serverText } from '../../../client/server-text';
import { isAnswered } from '../../ask';
import { v2 } from '../../observe/v2';
import type { Outcome } from '../../outcome';
import { broken } from '../../outcome';
import type { Probe } from '../../probe';
import type { Sight } from '../../sight';
import { registryKind } from './registry-kind';

/** P4: whether a CDN passes the answers on. Whether it takes a large layer is seen on upload. */
export const cdnInFront: Probe = {
  code: 'REG452',
  step: 'P4',
  scope: 'path',
  needs: [],
  sends: 'nothing more: headers of GET /v2/ are looked at',
  decide: async (sight) => {
    const headers = await headersOf(sight);
    const ray = headers?.['cf-ray'];
    return ray !== undefined || /^cloudflare$/i.test(String(headers?.server ?? ''))
      ? [
          broken('REG452', {
            severity: 'warning',
            observed: `Cloudflare passes the answers on${ray === undefined ? '' : ` (CF-Ray ${serverText(String(ray), 40)})`}: it takes bodies up to 100 MB on common plans`,
            expected: 'a name for pushes that DNS leads past the CDN',
          }),
        ]
      : [];
  },
};

/** P4: whether a cache answers in place of the registry. */
export const cacheInFront: Probe = {
  code: 'REG218',
  step: 'P4',
  scope: 'path',
  needs: [],
  sends: 'nothing more: headers of GET /v2/ are looked at',
  decide: async (sight) => cached(await headersOf(sight)),
};

function cached(headers: Headers | undefined): readonly Outcome[] {
  const age = headers?.age;
  const hit = [
    headers?.['x-cache'],
    headers?.['cf-cache-status'],
    headers?.['x-cache-status'],
  ].find((value) => /\bhit\b/i.test(String(value ?? '')));
  const isOld = Number(age) > 0;
  return isOld || hit !== undefined
    ? [
        broken('REG218', {
          observed: `a cache answers for the registry (${isOld ? `Age: ${serverText(String(age), 20)}` : serverText(String(hit), 40)})`,
          expected: 'answers of the registry itself',
          fix: { kind: 'text', text: 'exempt /v2 and /api from the cache' },
        }),
      ]
    : [];
}

type Headers = Readonly<Record<string, unknown>>;

/** Headers of a registry's answer; what others answer is judged elsewhere. */
async function headersOf(sight: Sight): Promise<Headers | undefined> {
  const seen = await sight.see(v2);
  return isAnswered(seen) && registryKind(seen) !== undefined ? seen.headers : undefined;
}
