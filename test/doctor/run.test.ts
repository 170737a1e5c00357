import type { Outcome } from '../../src/doctor/outcome';
import { broken, passed } from '../../src/doctor/outcome';
import type { Probe } from '../../src/doctor/probe';
import { PROBES } from '../../src/doctor/catalogue';
import type { DoctorOptions } from '../../src/doctor/request';
import { diagnose } from '../../src/doctor/run';
import type { Sight } from '../../src/doctor/sight';
import { checkOf } from '../../src/rules';
import { FakeGitea } from '../../src/testing';

let gitea: FakeGitea;
beforeAll(async () => {
  gitea = await FakeGitea.start();
});
afterAll(() => gitea.close());

/** A probe that says what it is told to. */
function probe(
  code: string,
  decide: (sight: Sight) => readonly Outcome[],
  more: Partial<Probe> = {},
): Probe {
  const decided = async (sight: Sight): Promise<readonly Outcome[]> => decide(sight);
  return { code, step: 'P1', scope: 'path', needs: [], sends: '', decide: decided, ...more };
}

const holding = (code: string, more: Partial<Probe> = {}): Probe =>
  probe(code, () => [passed(code)], more);

async function told(
  probes: readonly Probe[],
  names: readonly string[] = ['ingress'],
  options: DoctorOptions = {},
): Promise<string[]> {
  const paths = names.map((name) => ({ name, origin: new URL(gitea.url), isImageHost: false }));
  const { results } = await diagnose({ host: 'git.example.test', paths }, options, probes);
  return results.map(({ code, status, path, paths: all, note }) =>
    [code, status, all?.join('+') ?? path, note].filter(Boolean).join(' '),
  );
}

describe('a run', () => {
  it('skips what needs a check that does not hold, and names the code that was found', async () => {
    const wrong = probe('REG230', () => [broken('REG211', { observed: '404' })]);
    const next = holding('REG240', { needs: ['REG230'] });
    const last = holding('REG310', { needs: ['REG240'] });
    expect(await told([wrong, next, last])).toEqual([
      'REG211 fail ingress',
      'REG240 skip ingress waits for REG211',
      'REG310 skip ingress waits for REG211',
    ]);
  });

  it('goes on behind a warning and behind an information', async () => {
    const warns = probe('REG124', () => [
      broken('REG124', { observed: '9 d', severity: 'warning' }),
    ]);
    const tells = probe('REG241', () => [broken('REG241', { observed: 'x', severity: 'info' })]);
    const next = holding('REG310', { needs: ['REG124', 'REG241'] });
    expect(await told([warns, tells, next])).toEqual([
      'REG124 warn ingress',
      'REG241 pass ingress x',
      'REG310 pass ingress',
    ]);
  });

  it('tells what fails alike on two paths once, and what holds of each', async () => {
    const wrong = probe('REG230', () => [broken('REG610', { observed: '404' })]);
    const good = holding('REG112');
    expect(await told([good, wrong], ['ingress', 'service'])).toEqual([
      'REG112 pass ingress',
      'REG610 fail ingress+service',
      'REG112 pass service',
    ]);
  });

  it('asks for what concerns the whole registry on the first path that is fit for it', async () => {
    const one = probe('REG230', ({ path }) =>
      path.name === 'ingress' ? [broken('REG211', { observed: '404' })] : [passed('REG230')],
    );
    const seen: string[] = [];
    const whole = probe(
      'REG910',
      ({ path }) => {
        seen.push(path.name);
        return [passed('REG910')];
      },
      { needs: ['REG230'], scope: 'registry' },
    );
    await told([one, whole], ['ingress', 'service', 'tunnel']);
    expect(seen).toEqual(['service']);
  });

  it('makes each probe once, however many need it', async () => {
    let count = 0;
    const first = probe('REG113', () => {
      count += 1;
      return [passed('REG113')];
    });
    const all = ['REG120', 'REG121', 'REG122'].map((code) => holding(code, { needs: ['REG113'] }));
    await told([first, ...all], ['ingress', 'service']);
    expect(count).toBe(2);
  });

  it('takes the first failing check along the request path for the cause', async () => {
    const late = probe('REG312', () => [broken('REG312', { observed: '401' })]);
    const early = probe('REG240', ({ path }) =>
      path.name === 'service' ? [broken('REG240', { observed: 'http' })] : [passed('REG240')],
    );
    const paths = ['ingress', 'service'].map((name) => ({ name, origin: new URL(gitea.url) }));
    const { cause } = await diagnose({ host: 'h', paths }, {}, [early, late]);
    expect(cause).toEqual({ code: 'REG312', path: 'ingress' });
  });

  it('reports what it knows when it is ended', async () => {
    const ending = new AbortController();
    const silent = probe('REG230', () => [], {
      decide: () => {
        ending.abort();
        return new Promise(() => undefined);
      },
    });
    const paths = [{ name: 'ingress', origin: new URL(gitea.url) }];
    const diagnosis = await diagnose({ host: 'h', paths }, { signal: ending.signal }, [
      holding('REG112'),
      silent,
    ]);
    expect(diagnosis.isPartial).toBe(true);
    expect(diagnosis.results.map(({ code, status }) => `${code} ${status}`)).toEqual([
      'REG112 pass',
      'REG230 skip',
    ]);
  });

  it('waits for what the registry answers, whatever the cluster says of the same code', async () => {
    const objects = probe('REG211', () => [broken('REG211', { observed: 'no route' })], {
      step: 'P0',
    });
    const answers = holding('REG211', { step: 'P4' });
    const next = holding('REG240', { needs: ['REG211'] });
    expect(await told([objects, answers, next])).toEqual([
      'REG211 fail ingress',
      'REG211 pass ingress',
      'REG240 pass ingress',
    ]);
  });

  it('says nothing of what nobody asked for, and does not wait for it', async () => {
    const unasked = probe('REG321', () => [broken('REG321', { observed: '401' })], {
      isAsked: ({ publish }) => publish !== undefined,
    });
    expect(await told([unasked, holding('REG450', { needs: ['REG321'] })])).toEqual([
      'REG450 pass ingress',
    ]);
  });

  it('is over only when what it wrote is taken back', async () => {
    const ending = new AbortController();
    let isTakenBack = false;
    const writing = probe('REG321', () => [], {
      writes: true,
      decide: async () => {
        ending.abort();
        await new Promise((resolve) =>
          setImmediate(() => setImmediate(() => setImmediate(resolve))),
        );
        isTakenBack = true;
        return [];
      },
    });
    const { isPartial } = await diagnose(
      { host: 'h', paths: [{ name: 'ingress', origin: new URL(gitea.url) }] },
      { signal: ending.signal },
      [writing],
    );
    expect({ isPartial, isTakenBack }).toEqual({ isPartial: true, isTakenBack: true });
  });

  it('goes on when a probe breaks, and says so', async () => {
    const breaks = probe('REG230', () => {
      throw new Error('a \u001b[31mmistake');
    });
    expect(await told([breaks, holding('REG112')])).toEqual([
      'REG230 skip ingress could not be decided: a mistake',
      'REG112 pass ingress',
    ]);
  });

  it('names paths that cannot be reached from here', async () => {
    const unprobed = [{ name: 'service', missing: 'a cluster' }];
    const { results } = await diagnose({ host: 'h', paths: [], unprobed }, {}, []);
    expect(results).toEqual([expect.objectContaining({ path: 'service', note: 'a cluster' })]);
  });
});

describe('the probes', () => {
  const codes = PROBES.map(({ code }) => code);

  it('need only probes that stand before them, so that nothing waits for itself', () => {
    const wrong = PROBES.flatMap(({ code, needs }, index) =>
      needs.filter((need) => !codes.slice(0, index).includes(need)).map((need) => [code, need]),
    );
    expect(wrong).toEqual([]);
  });

  it('have a page for each code they may name', () => {
    const named = PROBES.flatMap(({ code, names = [] }) => [code, ...names]);
    expect(named.filter((code) => checkOf(code) === undefined)).toEqual([]);
  });

  it('say what they send', () => {
    expect(PROBES.filter(({ sends }) => sends === '')).toEqual([]);
  });
});
