import type { KubeObject } from '../../../src/cluster';
import { ClusterError } from '../../../src/cluster';
import type { ClusterReason } from '../../../src/cluster';
import { pullPod } from '../../../src/operate/pull-test/pull-pod';
import type { PullTest, PullTestAccess } from '../../../src/operate/pull-test/pull-test';
import { pullTest } from '../../../src/operate/pull-test/pull-test';
import { containerIn, event } from './kubelet';

const POD = pullPod({ namespace: 'n', image: 'h.org/o/i:1', pullSecrets: [], timeoutMs: 1 });

/** What one look sees; an error is what both lists answer, `events` what that one answers alone. */
interface Look {
  readonly pod?: KubeObject;
  readonly events?: readonly KubeObject[] | Error;
  readonly error?: Error;
}

interface Setting {
  /** The last one stays. */
  readonly looks: readonly Look[];
  readonly create?: () => void;
  readonly delete?: () => void;
  readonly timeoutMs?: number;
  readonly abort?: AbortController;
}

const failure = (reason: ClusterReason, message = 'no'): ClusterError =>
  new ClusterError(message, reason);

const PENDING: Look = { pod: containerIn({ waiting: { reason: 'ContainerCreating' } }) };
const PULLED: Look = { ...PENDING, events: [event('Pulled', 'Successfully pulled')] };

/** Runs a test; `calls` are the writes and the number of looks. */
async function run(setting: Setting): Promise<{
  readonly test: PullTest | unknown;
  readonly calls: string[];
  readonly left: unknown[];
  readonly looks: number;
}> {
  const calls: string[] = [];
  const left: unknown[] = [];
  let looks = 0;
  const access: PullTestAccess = {
    signal: (setting.abort ?? new AbortController()).signal,
    intervalMs: 0,
    onLeft: (error) => left.push(error),
    writer: {
      create: async () => {
        calls.push('create');
        setting.create?.();
      },
      delete: async () => {
        calls.push('delete');
        setting.delete?.();
      },
    },
    kubectl: {
      list: async (resource, _namespace, keep) => {
        const index = resource === 'pods' ? looks++ : looks - 1;
        const look = setting.looks[Math.min(index, setting.looks.length - 1)];
        const { pod, events = [], error } = look;
        if (error || (resource === 'events' && events instanceof Error)) {
          throw error ?? events;
        }
        const found = resource === 'pods' ? (pod ? [pod] : []) : (events as readonly KubeObject[]);
        return found.flatMap((one) => keep(one) ?? []);
      },
    },
  };
  const { timeoutMs = 60_000 } = setting;
  const test = await pullTest(POD, { timeoutMs }, access).catch((error: unknown) => error);
  return { test, calls, left, looks };
}

it('looks until the image is pulled, and deletes the Pod', async () => {
  const { test, calls, looks } = await run({ looks: [PENDING, PENDING, PULLED] });
  expect(test).toMatchObject({ state: { kind: 'pulled', said: 'Successfully pulled' } });
  expect({ calls, looks }).toEqual({ calls: ['create', 'delete'], looks: 3 });
});

it('gives what was seen last when the time is over', async () => {
  const { test, calls } = await run({ looks: [PENDING], timeoutMs: 0 });
  expect(test).toMatchObject({ state: { kind: 'waiting' } });
  expect(calls).toEqual(['create', 'delete']);
});

it('waits for the text of a failed pull, but not for ever', async () => {
  const untold = { pod: containerIn({ waiting: { reason: 'ErrImagePull' } }) };
  const told = { ...untold, events: [event('Failed', 'Failed to pull image "i": not found')] };
  expect(await run({ looks: [untold, told] })).toMatchObject({
    test: { state: { kind: 'failed', isTold: true } },
    looks: 2,
  });
  expect(await run({ looks: [untold] })).toMatchObject({
    test: { state: { kind: 'failed', isTold: false } },
    looks: 5,
  });
});

it('does without events where nobody may read them', async () => {
  const pod = containerIn({ waiting: { reason: 'ErrImagePull', message: 'x509: no' } });
  const { test } = await run({ looks: [{ pod, events: failure('forbidden') }] });
  expect(test).toMatchObject({ state: { kind: 'failed', texts: ['x509: no', 'ErrImagePull'] } });
});

it('bears two looks that fail, gives up at the third, and deletes the Pod', async () => {
  const blink = { error: failure('unreachable') };
  expect(await run({ looks: [blink, blink, PULLED] })).toMatchObject({
    test: { state: { kind: 'pulled' } },
  });
  expect(await run({ looks: [blink] })).toMatchObject({
    test: { lost: { reason: 'unreachable' } },
    calls: ['create', 'delete'],
    looks: 3,
  });
});

it('gives up at once where pods may not be read', async () => {
  expect(await run({ looks: [{ error: failure('forbidden') }] })).toMatchObject({
    test: { lost: { reason: 'forbidden' } },
    calls: ['create', 'delete'],
    looks: 1,
  });
});

describe('a Pod that could not be created', () => {
  const refused = (error: Error): Setting => ({
    looks: [PULLED],
    create: () => {
      throw error;
    },
  });

  it.each(['no-kubectl', 'no-config', 'credential', 'forbidden', 'not-found'] as const)(
    'is not deleted, as it is not there: %s',
    async (reason) => {
      expect(await run(refused(failure(reason)))).toMatchObject({
        test: { refusal: { reason } },
        calls: ['create'],
      });
    },
  );

  it('is not deleted where another Pod has the name', async () => {
    const exists = failure('failed', "'Error from server (AlreadyExists): pods exists'");
    expect((await run(refused(exists))).calls).toEqual(['create']);
  });

  it.each(['timeout', 'unreachable', 'failed'] as const)(
    'may be there all the same, and is deleted: %s',
    async (reason) => {
      expect((await run(refused(failure(reason)))).calls).toEqual(['create', 'delete']);
    },
  );
});

it('tells a Pod it cannot delete, and keeps what the pull came to', async () => {
  const gone = failure('unreachable');
  const { test, left } = await run({
    looks: [PULLED],
    delete: () => {
      throw gone;
    },
  });
  expect(test).toMatchObject({ state: { kind: 'pulled' } });
  expect(left).toEqual([gone]);
});

describe('Ctrl-C', () => {
  const interrupted = new Error('interrupted');

  it('before anything is created creates nothing', async () => {
    const abort = new AbortController();
    abort.abort(interrupted);
    expect(await run({ looks: [PULLED], abort })).toMatchObject({ test: interrupted, calls: [] });
  });

  it('while the Pod is created, or watched, still deletes it', async () => {
    const creating = new AbortController();
    const create = (): void => creating.abort(interrupted);
    expect(await run({ looks: [PULLED], abort: creating, create })).toMatchObject({
      test: interrupted,
      calls: ['create', 'delete'],
      looks: 0,
    });
    const watching = new AbortController();
    const look = {
      get error(): Error {
        watching.abort(interrupted);
        // kubectl in the same terminal is ended by the same Ctrl-C.
        return failure('failed', 'signal: interrupt');
      },
    };
    expect(await run({ looks: [PENDING, look], abort: watching })).toMatchObject({
      test: interrupted,
      calls: ['create', 'delete'],
    });
  });
});
