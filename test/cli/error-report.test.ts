import { Readable } from 'node:stream';
import { CommandError, EXIT } from '../../src/cli/exit';
import { reportError } from '../../src/cli/error-report';
import { DeclarationError } from '../../src/declaration/problem';

function report(
  error: unknown,
  argv: string[] = [],
  terminal = false,
): { code: number; err: string } {
  let err = '';
  const io = {
    out: () => undefined,
    err: (text: string) => (err += text),
    env: { TERM: 'xterm' },
    cwd: '/',
    errIsTerminal: terminal,
    outIsTerminal: false,
    stdin: () => Readable.from([]),
    today: () => '2026-11-21',
  };
  const code = reportError(error, argv, io);
  return { code, err };
}

it('gives a command its own exit code', () => {
  expect(report(new CommandError('no answer', EXIT.NO_TARGET))).toEqual({
    code: 3,
    err: 'error: no answer\n',
  });
});

it('gives a refused declaration the exit code of wrong configuration', () => {
  const problem = { path: 'host', value: 'x', allowed: 'must be a host', code: 'REG111' };
  expect(report(new DeclarationError([problem]))).toEqual({
    code: 2,
    err: "error: host 'x' must be a host (REG111)\n",
  });
});

it('calls anything else a fault of its own, also what is no Error', () => {
  expect(report(new TypeError('x is undefined'))).toEqual({
    code: 1,
    err: 'error: x is undefined\nthis is a fault of gitea-registry; --debug shows where\n',
  });
  expect(report('thrown text').err).toContain('thrown text');
});

it('is coloured on a terminal', () => {
  expect(report(new CommandError('x'), [], true).err).toContain('\u001b[31m');
});
