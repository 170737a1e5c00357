import { CHECKS } from '../../src/rules';
import { runCommand } from './run-command';

const explain = (...args: string[]): ReturnType<typeof runCommand> =>
  runCommand(['explain', ...args], '/');

it('says what must hold, why, how it shows, how to mend it and where to read on', async () => {
  const { code, out, err } = await explain('REG650');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(
    /^\*\*a k3s HelmChart[^]*\*\*Why\.\*\*[^]*\*\*How it shows\*\*\n\n- [^]*\*\*Mend it\.\*\*[^]*\*\*Read on\*\*\n\n- <https:/,
  );
});

it('takes the code in any case', async () => {
  expect((await explain('reg650')).out).toBe((await explain('REG650')).out);
});

it.each(CHECKS.map(({ code }) => code))('explains %s', async (code) => {
  expect((await explain(code)).code).toBe(0);
});

it('names codes like an unknown one', async () => {
  const { code, out, err } = await explain('REG659');
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/no check has the code 'REG659'; codes that begin like it: .*REG650/);
});

it('names the list for a word that is no code', async () => {
  const { code, err } = await explain('timeouts');
  expect(code).toBe(2);
  expect(err).toContain('docs/checks.md lists all');
});

it('wants a code', async () => {
  expect((await explain()).code).toBe(2);
});
