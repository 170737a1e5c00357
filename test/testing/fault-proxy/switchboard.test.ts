import fc from 'fast-check';
import { Switchboard } from '../../../src/testing/fault-proxy/switchboard';
import type { Switches } from '../../../src/testing/fault-proxy/switches';
import { messageOf } from '../../support/thrown';

const GET = { method: 'GET', path: '/v2/' };

function boardWith(switches: Switches): Switchboard {
  const board = new Switchboard();
  board.set(switches);
  return board;
}

it('takes nothing while no switch is set', () => {
  expect(new Switchboard().take(GET)).toEqual({});
});

it('sets switches beside those that are set, replaces and removes those named', () => {
  const board = boardWith({ host: { value: 'a' }, slow: { interval: 1 } });
  board.set({ host: { value: 'b' }, answer: { status: 503 } });
  expect(board.take(GET)).toEqual({
    host: { value: 'b' },
    slow: { interval: 1 },
    answer: { status: 503 },
  });
  board.set({ host: undefined });
  expect(Object.keys(board.take(GET))).toEqual(['slow', 'answer']);
  board.clear();
  expect(board.take(GET)).toEqual({});
});

it('asks a matcher for each request, with method and path as sent', () => {
  const match = jest.fn(({ path }: { readonly path: string }) => path === '/a%2Fb?c');
  const board = boardWith({ answer: { status: 503, match } });
  expect(board.take(GET)).toEqual({});
  expect(board.take({ method: 'PUT', path: '/a%2Fb?c' })).toHaveProperty('answer');
  expect(match).toHaveBeenLastCalledWith({ method: 'PUT', path: '/a%2Fb?c' });
});

it('works for the first requests that match, however many others come between', () => {
  fc.assert(
    fc.property(fc.nat(6), fc.array(fc.boolean()), (times, requests) => {
      const board = boardWith({
        answer: { status: 429, times, match: ({ method }) => method === 'PATCH' },
      });
      const hit = requests.map(
        (patch) => board.take({ ...GET, method: patch ? 'PATCH' : 'GET' }).answer !== undefined,
      );
      const matching = requests.flatMap((patch, index) => (patch ? [index] : []));
      expect(hit.flatMap((one, index) => (one ? [index] : []))).toEqual(matching.slice(0, times));
    }),
  );
});

it('plays several settings of one switch one after another', () => {
  const board = boardWith({
    answer: [
      { status: 429, times: 2 },
      { status: 503, times: 1 },
    ],
  });
  const statuses = Array.from({ length: 4 }, () => board.take(GET).answer?.status);
  expect(statuses).toEqual([429, 429, 503, undefined]);
});

it('counts anew what is set anew, and nothing else', () => {
  const board = boardWith({ answer: { status: 429, times: 1 }, slow: { interval: 1, times: 1 } });
  board.take(GET);
  board.set({ answer: { status: 429, times: 1 } });
  expect(Object.keys(board.take(GET))).toEqual(['answer']);
});

it('refuses a name that is no switch, inherited ones too', () => {
  const message = messageOf(() => boardWith({ bodylimit: { bytes: 1 } } as Switches));
  expect(message).toMatch(/^no switch is named 'bodylimit'; there are requestHeaders, .*bodyLimit/);
  expect(messageOf(() => boardWith({ toString: { times: 1 } } as unknown as Switches))).toMatch(
    /^no switch is named 'toString'/,
  );
});

it('refuses a cut that never cuts', () => {
  expect(messageOf(() => boardWith({ requestCut: { how: 'reset' } }))).toBe(
    "'requestCut' never cuts: give afterBytes, afterMilliseconds or both",
  );
});
