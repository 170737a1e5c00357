import { PassThrough } from 'node:stream';
import { askTerminal } from '../../src/cli/ask-terminal';
import type { AskOptions } from '../../src/cli/io';

/** A terminal that a test types on. */
function terminal() {
  let shown = '';
  const modes: boolean[] = [];
  const order: string[] = [];
  const keys = new PassThrough();
  const stdin = Object.assign(keys, {
    setRawMode: (raw: boolean) => {
      modes.push(raw);
      order.push(`raw ${raw}`);
      return keys as never;
    },
  });
  let interrupts = 0;
  const parts = {
    stdin: stdin as never,
    stderr: { write: (text: string) => Boolean(order.push(text) && (shown += text)) } as never,
    interrupt: () => void interrupts++,
  };
  return {
    type: (text: string) => keys.write(text),
    hangUp: () => keys.end(),
    ask: (question: string, options?: AskOptions) => askTerminal(parts, question, options),
    shown: () => shown,
    modes,
    order,
    interrupts: () => interrupts,
  };
}

it('shows the question and gives the line', async () => {
  const { ask, type, shown } = terminal();
  const answer = ask('Sure? ');
  type('ye');
  type('s\n');
  expect(await answer).toBe('yes');
  expect(shown()).toBe('Sure? ');
});

it('shows nothing of a hidden answer, and edits it by itself', async () => {
  const { ask, type, shown, modes } = terminal();
  const answer = ask('Token: ', { hidden: true });
  type('abcX\u007fÄ😀\u007f\bd\r');
  expect(await answer).toBe('abcd');
  expect(shown()).toBe('Token: \n');
  expect(modes).toEqual([true, false]);
});

it('shows nothing from the moment the question stands there', async () => {
  const { ask, type, order } = terminal();
  const answer = ask('Token: ', { hidden: true });
  type('abc\r');
  await answer;
  expect(order.slice(0, 2)).toEqual(['raw true', 'Token: ']);
});

it('keeps what was pasted behind the line for the next question', async () => {
  const { ask, type } = terminal();
  const first = ask('User: ');
  type('ci\ntoken\n');
  expect(await first).toBe('ci');
  expect(await ask('Token: ', { hidden: true })).toBe('token');
});

it('takes a line end of two characters for one', async () => {
  const { ask, type } = terminal();
  const first = ask('User: ');
  type('ci\r\ntoken\r\n');
  expect([await first, await ask('Token: ', { hidden: true })]).toEqual(['ci', 'token']);
});

it('tells an empty answer from none', async () => {
  const empty = terminal();
  const answer = empty.ask('? ');
  empty.type('\n');
  expect(await answer).toBe('');
  const none = terminal();
  const nothing = none.ask('? ');
  none.hangUp();
  expect(await nothing).toBeUndefined();
  const raw = terminal();
  const ended = raw.ask('? ', { hidden: true });
  raw.type('\u0004');
  expect(await ended).toBeUndefined();
});

it('passes Ctrl-C on, which a hidden question would swallow, and ends with the reason', async () => {
  const { ask, type, interrupts, modes } = terminal();
  const stop = new AbortController();
  const answer = ask('Token: ', { hidden: true, signal: stop.signal });
  type('ab\u0003');
  await new Promise(setImmediate);
  expect(interrupts()).toBe(1);
  stop.abort(new Error('interrupted'));
  await expect(answer).rejects.toThrow('interrupted');
  expect(modes).toEqual([true, false]);
});

it('asks nothing once the run was ended', async () => {
  const { ask, shown } = terminal();
  const signal = AbortSignal.abort(new Error('interrupted'));
  await expect(ask('? ', { signal })).rejects.toThrow('interrupted');
  expect(shown()).toBe('');
});
