import { EXIT } from '../../src/cli/exit';
import type * as interruptionModule from '../../src/cli/interruption';

/** The module as a process has it at its start. */
function fresh(): typeof interruptionModule {
  let found: typeof interruptionModule;
  jest.isolateModules(() => {
    found = require('../../src/cli/interruption');
  });
  return found!;
}

it('ends a command that takes no part at once', () => {
  const exits: number[] = [];
  fresh().interrupt((code) => exits.push(code));
  expect(exits).toEqual([EXIT.INTERRUPTED]);
});

it('aborts a command that takes part first, and ends it the second time', () => {
  const { interruption, interrupt } = fresh();
  const exits: number[] = [];
  const signal = interruption();
  expect(interruption()).toBe(signal);
  interrupt((code) => exits.push(code));
  expect({ aborted: signal.aborted, exits }).toEqual({ aborted: true, exits: [] });
  expect(signal.reason).toMatchObject({ message: 'interrupted', exitCode: EXIT.INTERRUPTED });
  interrupt((code) => exits.push(code));
  expect(exits).toEqual([EXIT.INTERRUPTED]);
});
