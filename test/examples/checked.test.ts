import { join } from 'node:path';
import { runCommand } from '../cli/run-command';

const root = join(__dirname, '../..');

it.each([
  ['coulomb', ['dist', 'examples/coulomb/helm']],
  ['mosaic', ['examples/mosaic/dist', 'examples/mosaic/helm']],
])('finds nothing in the example %s', async (_, paths) => {
  const { code, out, err } = await runCommand(['check', ...paths, '--fail-on', 'warn'], root);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^\d+ passed, 0 warnings, 0 failed, 0 skipped\n$/);
});
