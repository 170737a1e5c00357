import type { Diagnosis } from '../../../../src/doctor';
import { CAPACITY_PROBES } from '../../../../src/doctor/cluster/capacity';
import { diagnoseCluster } from '../found';
import { CAPACITY } from '../table/capacity';
import { coulombWhere } from '../table/edit';
import { HEALTHY_CLUSTERS } from '../table/healthy';

const look = (found: Parameters<typeof diagnoseCluster>[0]): Promise<Diagnosis> =>
  diagnoseCluster(found, CAPACITY_PROBES);

/** What is a fault already in the cluster every scenario is made of: it has no backup. */
const BASE = 'REG730';

describe('room, backups and monitoring of a cluster', () => {
  it.each(CAPACITY)('names $code where $name', async ({ find, code }) => {
    const { cause, results } = await look(find());
    const warned = results.find((one) => one.status === 'warn' && one.code !== BASE);
    expect(cause?.code ?? warned?.code).toBe(code);
  });

  it.each(HEALTHY_CLUSTERS)('finds no fault in $name', async ({ find }) => {
    const { results } = await look(find());
    expect(results.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(results.filter(({ note }) => /could not be decided/.test(note ?? ''))).toEqual([]);
  });

  it('tells how full the volume is when it has room', async () => {
    const { results } = await look(HEALTHY_CLUSTERS[0].find());
    expect(results.find(({ code }) => code === 'REG710')).toMatchObject({
      status: 'pass',
      observed: '41 % of /data used, 43.1 GiB free, 8 % of its inodes',
    });
  });

  it('names the right that is missing', async () => {
    const { results } = await look({
      ...HEALTHY_CLUSTERS[0].find(),
      forbidden: ['create pods/exec', 'list cronjobs'],
    });
    const notes = new Map(results.map(({ code, note }) => [code, note]));
    expect(notes.get('REG710')).toBe("needs the right 'create pods/exec in namespace default'");
    expect(notes.get('REG730')).toMatch(/^needs the right 'list cronjobs/);
  });

  it.each([
    ['ENABLED = false', 'the package cleanup is off'],
    ['OLDER_THAN = 10m', "OLDER_THAN '10m'"],
  ])('warns of a cleanup with %s in app.ini', async (line, observed) => {
    const appIni = (text: string): string => `${text}\n[cron.cleanup_packages]\n${line}\n`;
    const { results } = await look(coulombWhere({ appIni })());
    const found = results.find(({ code }) => code === 'REG720');
    expect(found?.status).toBe('warn');
    expect(found?.observed).toContain(observed);
  });

  it.each([
    ['no token', '', 'pass', 'no route of the host leads there'],
    ['a token', 'TOKEN = canary-metrics-token\n', 'pass', 'asks for a token'],
  ])('judges metrics with %s', async (_, token, status, told) => {
    const appIni = (text: string): string =>
      text.replace(/\[metrics\]\nENABLED = false\n/, `[metrics]\nENABLED = true\n${token}`);
    const found = (await look(coulombWhere({ appIni })())).results.find(
      ({ code }) => code === 'REG810',
    );
    expect(found?.status).toBe(status);
    expect(found?.observed).toContain(told);
    expect(JSON.stringify(found)).not.toContain('canary');
  });
});
