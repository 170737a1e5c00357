import { ClientError } from '../../src/client/error';
import { testCertificate } from '../../src/testing';
import type { Operation } from './faults/bench';
import { FaultBench, FaultSite, OPERATIONS, WrongBytes } from './faults/bench';
import type { Fault } from './faults/table';
import { FAULTS } from './faults/table';

/** An operation with one fault makes no more requests than these, whatever happens. */
const MOST_REQUESTS = 20;

let site: FaultSite;
beforeAll(async () => {
  site = await FaultSite.start();
});
afterAll(() => site.close());

let bench: FaultBench;
afterEach(() => bench.close());

interface End {
  /** `ok`, a code, or `wrong`. */
  readonly name: string;
  readonly isUncertain: boolean;
}

async function endOf(operation: Operation): Promise<End> {
  try {
    await bench.run(operation);
    return { name: 'ok', isUncertain: false };
  } catch (error) {
    if (error instanceof WrongBytes) {
      return { name: 'wrong', isUncertain: false };
    }
    if (!(error instanceof ClientError)) {
      throw error;
    }
    expect(error.message).toMatch(/ \(REG\d{3}\)$/);
    return { name: error.code, isUncertain: error.facts.isUncertain === true };
  }
}

const cells = Object.entries(FAULTS).flatMap(([name, fault]) =>
  OPERATIONS.map((operation, index) => ({
    name,
    operation,
    fault,
    outcome: fault.outcomes.split(' ')[index]!,
  })),
);

test.each(cells)('$operation with $name: $outcome', async ({ name, operation, fault, outcome }) => {
  bench = await FaultBench.start(site, { isSilent: /silence/.test(name) });
  const before = bench.stored();
  const whole = [...before, ...bench.added(operation)];
  bench.set(fault.switches);
  const end = await endOf(operation);
  bench.proxy.reset();

  expect(outcome.replace('+', '').split('|')).toContain(end.name);
  const isDone = end.name === 'ok' || outcome.endsWith('+');
  expect(bench.stored().sort()).toEqual((isDone ? whole : before).sort());
  if (isDone && end.name !== 'ok' && outcome !== 'REG475+') {
    expect(end.isUncertain).toBe(true);
  }
  expect(bench.openSessions).toBeLessThanOrEqual(sessionsOf(fault, operation));
  expect(bench.doneTwice()).toEqual([]);
  expect(bench.proxy.requests.length).toBeLessThanOrEqual(MOST_REQUESTS);
});

function sessionsOf({ sessions = 0 }: Fault, operation: Operation): number {
  return operation === 'push' ? sessions : 0;
}

describe.each(['push', 'put'] as const)('%s of a large body', (operation) => {
  const size = 3 * 1024 * 1024;
  beforeEach(async () => {
    bench = await FaultBench.start(site);
  });

  test.each([undefined, { by: 'proxy' } as const])(
    'is sent whole and once, whoever says continue: %j',
    async (expectContinue) => {
      bench.set({ expectContinue });
      await bench.send(operation, size);
      const sent = bench.proxy.requests.filter(({ bodyBytes }) => bodyBytes > 0);
      expect(sent.map(({ bodyBytes }) => bodyBytes)).toEqual([size]);
    },
  );

  test('is not sent at all where it is refused', async () => {
    bench.set({ bodyLimit: { bytes: size - 1, style: 'nginx' } });
    await expect(bench.send(operation, size)).rejects.toMatchObject({ code: 'REG450' });
    expect(bench.proxy.requests.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0)).toBe(0);
    expect(bench.openSessions).toBe(0);
  });
});

describe('a certificate', () => {
  const day = 24 * 60 * 60 * 1000;
  const trusted = testCertificate({ names: ['127.0.0.1'] });
  const certificates = {
    'of an unknown authority': [testCertificate({ names: ['127.0.0.1'] }), 'REG123'],
    'for another host': [testCertificate({ names: ['a.example'], issuer: trusted }), 'REG122'],
    'that has expired': [
      testCertificate({
        names: ['127.0.0.1'],
        issuer: trusted,
        notAfter: new Date(Date.now() - day),
      }),
      'REG124',
    ],
    'that is trusted': [trusted, 'ok'],
  } as const;

  describe.each(Object.entries(certificates))('%s', (_name, [tls, outcome]) => {
    test.each(OPERATIONS)(`%s: ${outcome}`, async (operation) => {
      bench = await FaultBench.start(site, { tls, ca: trusted.ca });
      const end = await endOf(operation);
      expect(end).toEqual({ name: outcome, isUncertain: false });
      if (outcome !== 'ok') {
        expect(bench.gitea.requests).toEqual([]);
      }
    });
  });
});
