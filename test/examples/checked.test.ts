import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../cli/run-command';

const root = join(__dirname, '../..');

it.each(readdirSync(join(root, 'examples')))('finds nothing in the example %s', async (example) => {
  const dist = example === 'coulomb' ? 'dist' : `examples/${example}/dist`;
  const paths = [dist, `examples/${example}/helm`];
  const { code, out, err } = await runCommand(['check', ...paths, '--fail-on', 'warn'], root);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^\d+ passed, 0 warnings, 0 failed, 0 skipped\n$/);
});
