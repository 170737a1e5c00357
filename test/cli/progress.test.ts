import { Progress } from '../../src/cli/progress';
import type { ProgressClock } from '../../src/cli/progress';
import { durationText, standingText } from '../../src/cli/progress-text';
import { recordingIo } from './run-command';

const MEBI = 1024 * 1024;

/** A clock that goes on only when it is told to. */
class HandClock implements ProgressClock {
  private time = 0;
  private readonly timers = new Set<{
    readonly ms: number;
    next: number;
    readonly tick: () => void;
  }>();

  public readonly now = (): number => this.time;

  public readonly every = (ms: number, tick: () => void): (() => void) => {
    const timer = { ms, next: this.time + ms, tick };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  };

  public get isTicking(): boolean {
    return this.timers.size > 0;
  }

  public pass(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const [first] = [...this.timers].sort((a, b) => a.next - b.next);
      if (!first || first.next > end) {
        break;
      }
      this.time = first.next;
      first.next += first.ms;
      first.tick();
    }
    this.time = end;
  }
}

interface Shown {
  readonly progress: Progress;
  readonly clock: HandClock;
  /** What was printed since the last call, control sequences in words. */
  readonly printed: () => string;
}

function shown(
  isTerminal: boolean,
  env: { readonly [name: string]: string } = {},
  argv: readonly string[] = [],
  columns = 80,
): Shown {
  const { io, printed } = recordingIo('/', { env, ...(isTerminal && { answers: [] }) });
  const clock = new HandClock();
  const progress = new Progress(io, argv, { clock, columns: () => columns });
  let read = 0;
  return {
    progress,
    clock,
    printed: () => {
      const text = printed.err.slice(read);
      read = printed.err.length;
      // eslint-disable-next-line no-control-regex
      return text.replaceAll('\r\u001b[K', '<clear>').replaceAll(/\u001b\[\d+m/g, '<colour>');
    },
  };
}

const PLAIN = { NO_COLOR: '1', TERM: 'xterm' };

describe('on a terminal', () => {
  it('draws one line at most four times a second, however often bytes come', () => {
    const { progress, clock, printed } = shown(true, PLAIN);
    const transfer = progress.begin('app.img', 'uploading', { total: 100 * MEBI });
    for (let at = 1; at <= 50; at++) {
      clock.pass(20);
      transfer.at(at * MEBI);
    }
    const lines = printed().split('<clear>').slice(1);
    expect(lines).toEqual([
      'uploading app.img: 12 %, 12.0 MiB of 100 MiB',
      'uploading app.img: 24 %, 24.0 MiB of 100 MiB',
      'uploading app.img: 37 %, 37.0 MiB of 100 MiB',
      'uploading app.img: 49 %, 49.0 MiB of 100 MiB, 49.0 MiB/s, 2 s left',
    ]);
  });

  it('leaves nothing of the line once the transfer ended', () => {
    const { progress, clock, printed } = shown(true, PLAIN);
    const transfer = progress.begin('f', 'uploading', { total: 4 });
    clock.pass(250);
    printed();
    transfer.end('uploaded');
    expect(printed()).toBe('<clear>');
    clock.pass(1000);
    expect(printed()).toBe('');
    expect(clock.isTicking).toBe(false);
  });

  it('makes way for what else is printed, and draws the line again below', () => {
    const { progress, clock, printed } = shown(true, PLAIN);
    progress.begin('f', 'uploading', { total: 4 });
    clock.pass(250);
    progress.io.err('warning: slow\n');
    progress.io.out('result\n');
    clock.pass(250);
    expect(printed()).toBe(
      '<clear>uploading f: 0 %, 0 B of 4 B<clear>warning: slow\n<clear>uploading f: 0 %, 0 B of 4 B',
    );
  });

  it('adds several transfers up', () => {
    const { progress, clock, printed } = shown(true, PLAIN);
    const one = progress.begin('a', 'downloading', { total: 3 * MEBI });
    const other = progress.begin('b', 'downloading', { total: MEBI, done: MEBI / 2 });
    clock.pass(1000);
    one.at(MEBI);
    other.at(MEBI);
    printed();
    clock.pass(250);
    expect(printed()).toBe(
      '<clear>downloading 2 files: 50 %, 2.00 MiB of 4.00 MiB, 1.20 MiB/s, 2 s left',
    );
  });

  it('never lets the line wrap', () => {
    const { progress, clock, printed } = shown(true, PLAIN, [], 20);
    progress.begin('a-long-name-of-a-file', 'uploading', { total: 4 });
    clock.pass(250);
    expect(printed()).toBe('<clear>uploading a-long-na');
  });

  it.each<[when: string, env: { [name: string]: string }, argv: string[], isColored: boolean]>([
    ['by itself', { TERM: 'xterm' }, [], true],
    ['not with NO_COLOR', PLAIN, [], false],
    ['not with --color never', { TERM: 'xterm' }, ['--color', 'never'], false],
    ['with --color always', PLAIN, ['--color=always'], true],
  ])('is coloured %s', (_, env, argv, isColored) => {
    const { progress, clock, printed } = shown(true, env, argv);
    progress.begin('f', 'uploading', { total: 4 });
    clock.pass(250);
    expect(printed().includes('<colour>')).toBe(isColored);
  });

  it('moves no cursor on a dumb one', () => {
    const { progress, clock, printed } = shown(true, { TERM: 'dumb' });
    progress.begin('f', 'uploading', { total: 4 });
    clock.pass(1000);
    expect(printed()).toBe('f: uploading, 4 B\n');
  });

  it('shows names of a server without what moves a cursor', () => {
    const { progress, clock, printed } = shown(true, PLAIN);
    progress.begin('a\u001b[2Jb\n', 'downloading', {});
    clock.pass(250);
    expect(printed()).toBe('<clear>downloading a\\u001b[2Jb\\u000a: 0 B');
  });
});

describe('elsewhere', () => {
  it('prints a line for each change, and a heartbeat every 15 s', () => {
    const { progress, clock, printed } = shown(false);
    const transfer = progress.begin('app.img', 'uploading', { total: 100 * MEBI });
    expect(printed()).toBe('app.img: uploading, 100 MiB\n');
    for (let second = 1; second <= 31; second++) {
      clock.pass(1000);
      transfer.at(second * 2 * MEBI);
    }
    expect(printed()).toBe(
      'app.img: uploading, 28 %, 28.0 MiB of 100 MiB, 1.82 MiB/s, 40 s left\n' +
        'app.img: uploading, 58 %, 58.0 MiB of 100 MiB, 1.82 MiB/s, 24 s left\n',
    );
    transfer.end('uploaded');
    expect(printed()).toBe('app.img: uploaded, 62.0 MiB in 31 s\n');
  });

  it('is silent about what began only a moment ago', () => {
    const { progress, clock, printed } = shown(false);
    progress.begin('a', 'uploading', {});
    clock.pass(14_000);
    progress.begin('b', 'uploading', {});
    printed();
    clock.pass(2000);
    expect(printed()).toBe('a: uploading, 0 B\n');
  });

  it('says from where a download goes on', () => {
    const { progress, printed } = shown(false);
    progress.begin('f', 'downloading', { total: 4 * MEBI, done: MEBI });
    expect(printed()).toBe('f: downloading on from 1.00 MiB of 4.00 MiB\n');
  });

  it('has no word for what is quiet but while it lasts', () => {
    const { progress, clock, printed } = shown(false);
    const transfer = progress.begin('f', 'reading', { total: 4 * MEBI, isQuiet: true });
    transfer.at(MEBI);
    expect(printed()).toBe('');
    clock.pass(15_000);
    expect(printed()).toMatch(/^f: reading, 25 %/);
    transfer.end('read');
    expect(printed()).toBe('');
  });

  it('ends a transfer once', () => {
    const { progress, printed } = shown(false);
    const transfer = progress.begin('f', 'uploading', {});
    transfer.end('uploaded');
    transfer.end('failed');
    expect(printed()).toBe('f: uploading\nf: uploaded, 0 B\n');
  });
});

it('begins the rate anew when a part is sent a second time', () => {
  const { progress, clock, printed } = shown(true, PLAIN);
  const transfer = progress.begin('f', 'uploading', { total: 100 * MEBI });
  clock.pass(2000);
  transfer.at(80 * MEBI);
  clock.pass(1000);
  transfer.at(0);
  clock.pass(2000);
  transfer.at(2 * MEBI);
  printed();
  clock.pass(250);
  expect(printed()).toBe(
    '<clear>uploading f: 2 %, 2.00 MiB of 100 MiB, 910 KiB/s, 1 min 51 s left',
  );
});

it('shows no timer once it is closed', () => {
  const { progress, clock } = shown(false);
  progress.begin('f', 'uploading', {});
  progress.close();
  expect(clock.isTicking).toBe(false);
});

it.each([
  [0, '0 s'],
  [1, '1 s'],
  [59_000, '59 s'],
  [60_000, '1 min 0 s'],
  [125_000, '2 min 5 s'],
  [3_600_000, '1 h 0 min'],
  [90 * 60_000, '1 h 30 min'],
])('writes %i ms as %s', (ms, text) => expect(durationText(ms)).toBe(text));

it.each([
  [{ at: 0, total: 0 }, '0 B of 0 B'],
  [{ at: 5 }, '5 B'],
  [{ at: 5, rate: 5 }, '5 B, 5 B/s'],
])('writes %j as %s', (standing, text) => expect(standingText(standing)).toBe(text));
