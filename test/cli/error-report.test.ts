import { ClientError } from '../../src/client/error';
import { CommandError, EXIT } from '../../src/cli/exit';
import { reportError } from '../../src/cli/error-report';
import { DeclarationError } from '../../src/declaration/problem';
import { recordingIo } from './run-command';

function report(
  error: unknown,
  argv: string[] = [],
  terminal = false,
): { code: number; err: string } {
  const { io, printed } = recordingIo('/', {
    env: { TERM: 'xterm' },
    answers: terminal ? [] : undefined,
  });
  const code = reportError(error, argv, io);
  return { code, err: printed.err };
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

it.each([
  ['a server that refused', { url: 'https://git.example.org/', status: 404 }, EXIT.FAILED],
  ['a server that did not answer', { url: 'https://git.example.org/' }, EXIT.NO_TARGET],
  ['a request that was never sent', {}, EXIT.USAGE],
])('tells %s from others by the exit code, and calls none a fault of its own', (_, facts, code) => {
  expect(report(new ClientError('no such owner', 'REG320', facts))).toEqual({
    code,
    err: 'error: no such owner (REG320)\n',
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
