import { setImmediate } from 'node:timers/promises';
import { arrived, openSessions, proxiedForge } from '../../../client/oci/forge-clients';
import { TRAEFIK } from '../../../../src/testing';
import type { SeededForge } from '../../../client/packages/seeded-forge';
import { resultOf, runProbes, skippedTime, verdicts } from './run';

const LIMITS = { limits: true, owners: ['coulomb'] };

const MIB = 1024 * 1024;

/** Milliseconds between two bytes; other waits are for something else. */
const PACE_MS = 5000;

const isPatch = ({ method }: { readonly method: string }): boolean => method === 'PATCH';

/** Bodies of uploads as they arrived at the proxy: bytes announced, and bytes that came. */
function patches({ proxy }: SeededForge): { readonly announced: number; readonly came: number }[] {
  return proxy.requests.filter(isPatch).map(({ headers, bodyBytes: came }) => ({
    announced: Number(headers.find(([name]) => name.toLowerCase() === 'content-length')![1]),
    came,
  }));
}

test('without a limit 101 MiB and 5 GiB are let in, and not a byte of them is sent', async () => {
  const forge = await proxiedForge();
  const lines: string[] = [];
  const found = await runProbes(forge, LIMITS, {
    options: { progress: (line) => lines.push(line) },
  });
  expect(verdicts(found)).toEqual([
    'REG320 pass',
    'REG321 pass',
    'REG450 pass',
    'REG440 pass',
    'REG460 skip',
    'REG461 skip',
  ]);
  expect(patches(forge).filter(({ announced }) => announced > MIB)).toEqual([
    { announced: 101 * MIB, came: 0 },
    { announced: 5 * 1024 * MIB, came: 0 },
  ]);
  expect(lines).toHaveLength(5);
  expect(lines[0]).toContain('15 s passed');
});

test('trickles in one request, below the fixed name, and leaves no session', async () => {
  const forge = await proxiedForge();
  await runProbes(forge, LIMITS);
  expect(patches(forge)).toContainEqual({ announced: 16, came: 16 });
  const sessions = arrived(forge).filter((line) => line.includes('/blobs/uploads/'));
  expect(new Set(sessions)).toEqual(
    new Set([
      'POST /v2/coulomb/doctor-probe/blobs/uploads/',
      'PATCH /v2/coulomb/doctor-probe/blobs/uploads/ID',
      'DELETE /v2/coulomb/doctor-probe/blobs/uploads/ID',
    ]),
  );
  expect(openSessions(forge)).toBe(0);
});

test.each([
  ['nginx', 1 * MIB, 'REG450', '101 MiB'],
  ['nginx', 1024 * MIB, 'REG450', '5 GiB'],
  ['cloudflare', 100 * MIB, 'REG452', '101 MiB'],
  ['traefik', 64 * MIB, 'REG218', '101 MiB'],
] as const)('%s with a limit of %d bytes is %s at %s', async (style, bytes, code, size) => {
  const forge = await proxiedForge();
  forge.proxy.set({ bodyLimit: { bytes, style } });
  const found = await runProbes(forge, LIMITS);
  expect(found.cause).toEqual({ code, path: 'ingress' });
  expect(resultOf(found, code).observed).toContain(`an upload of ${size} is refused`);
  expect(openSessions(forge)).toBe(0);
});

/** Cuts the trickled body when it has gone on for so many seconds. */
function cut(forge: SeededForge, seconds: number, how: 'traefik' | 'reset') {
  forge.proxy.set({ requestCut: { afterBytes: seconds / 5, how } });
  const time = skippedTime();
  return {
    now: time.now,
    // The byte that is one too many is out: nothing but the cut happens now.
    wait: async (ms: number, signal: AbortSignal | undefined) =>
      ms < PACE_MS || time.now() < seconds * 1000
        ? time.wait(ms < PACE_MS ? 0 : ms, signal)
        : ended(signal),
  };
}

async function ended(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => signal?.addEventListener('abort', resolve));
}

test.each([
  [60, 'traefik', 'REG440', /ended after 60 s: HTTP 504 'Gateway Timeout' by Traefik$/],
  [60, 'reset', 'REG440', /ended after 60 s: /],
  [15, 'reset', 'REG442', /ended after 15 s: /],
] as const)('a cut after %d s by a %s is %s', async (seconds, how, code, observed) => {
  const forge = await proxiedForge();
  const options = cut(forge, seconds, how);
  const found = await runProbes(forge, LIMITS, { options });
  expect(found.cause).toEqual({ code, path: 'ingress' });
  expect(resultOf(found, code).observed).toMatch(observed);
  // A session that was cut is dead.
  expect(patches(forge).filter(({ announced }) => announced === 16)).toHaveLength(1);
  expect(openSessions(forge)).toBe(0);
});

test.each([
  [TRAEFIK.gatewayTimeout, 'REG440'],
  [TRAEFIK.clientClosedRequest, 'REG440'],
  [TRAEFIK.badGateway, 'REG440'],
  [{ status: 524 }, 'REG452'],
  [{ status: 408 }, 'REG442'],
])('%j to an upload that goes on is a cut: %s', async (answer, code) => {
  const forge = await proxiedForge();
  forge.proxy.set({ answer: { ...answer, match: isPatch } });
  const found = await runProbes(forge, LIMITS);
  expect(verdicts(found)).toContain(`${code} fail`);
});

test('a page of nginx that gave up is that of a proxy, whenever it comes', async () => {
  const forge = await proxiedForge();
  forge.proxy.set({
    answer: {
      status: 504,
      body: '<hr><center>nginx</center>',
      match: isPatch,
    },
  });
  const found = await runProbes(forge, LIMITS);
  expect(verdicts(found)).toContain('REG442 fail');
});

test('an account that may not push anywhere is no fault of limits', async () => {
  const forge = await proxiedForge();
  const found = await runProbes(forge, LIMITS, { user: 'reader' });
  expect(verdicts(found)).toEqual(['REG320 pass', 'REG321 skip']);
  expect(resultOf(found, 'REG450').note).toBe('waits for REG321');
});

test('limits are probed below the name of the account where no owner is named', async () => {
  const forge = await proxiedForge();
  await runProbes(forge, { limits: true }, { user: 'tegwick' });
  expect(arrived(forge)).toContain('POST /v2/tegwick/doctor-probe/blobs/uploads/');
});

test('a site administrator learns nothing of the limits of packages', async () => {
  const forge = await proxiedForge();
  const found = await runProbes(forge, LIMITS, { user: 'root', scopes: 'all' });
  expect(resultOf(found, 'REG460').note).toContain('site administrator');
});

test('a run that ends in the middle of an upload leaves no session', async () => {
  const forge = await proxiedForge();
  const abort = new AbortController();
  const options = { signal: abort.signal, progress: () => abort.abort() };
  const found = await runProbes(forge, LIMITS, { options });
  expect(found.isPartial).toBe(true);
  const isCancelled = () => arrived(forge).some((line) => line.startsWith('DELETE'));
  while (!isCancelled() || openSessions(forge) > 0) {
    await setImmediate();
  }
});
