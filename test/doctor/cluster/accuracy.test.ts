import type { Diagnosis } from '../../../src/doctor';
import { diagnoseCluster } from './found';
import { BROKEN_CLUSTERS } from './table';
import { coulombBut } from './table/edit';
import { HEALTHY_CLUSTERS } from './table/healthy';

const codesOf = ({ results }: Diagnosis, status: string): string[] =>
  results.filter((result) => result.status === status).map(({ code }) => code);

/** Codes the first user's cluster is warned of though nothing is broken. */
let known: Promise<ReadonlySet<string>> | undefined;

/** The first failure; where there is none, the first warning that is not of the base. */
async function tellingCode(diagnosis: Diagnosis): Promise<string | undefined> {
  known ??= diagnoseCluster(coulombBut()()).then((base) => new Set(codesOf(base, 'warn')));
  const base = await known;
  return (
    codesOf(diagnosis, 'fail')[0] ?? codesOf(diagnosis, 'warn').find((code) => !base.has(code))
  );
}

/** Probes that broke instead of looking. */
const undecided = ({ results }: Diagnosis): unknown[] =>
  results.filter(({ note }) => note?.startsWith('could not be decided'));

describe('the doctor names the true cause of a broken cluster', () => {
  it.each(BROKEN_CLUSTERS)('$name: $code', async ({ code, find }) => {
    const diagnosis = await diagnoseCluster(find());

    expect(await tellingCode(diagnosis)).toBe(code);
    expect(undecided(diagnosis)).toEqual([]);
  });
});

describe('the doctor calls nothing broken in a healthy cluster', () => {
  it.each(HEALTHY_CLUSTERS)('$name', async ({ find }) => {
    const diagnosis = await diagnoseCluster(find());

    expect(codesOf(diagnosis, 'fail')).toEqual([]);
    expect(undecided(diagnosis)).toEqual([]);
  });
});
