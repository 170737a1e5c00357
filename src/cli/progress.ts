import { escapeControls } from '../declaration/problem';
import type { TransferFacts, Watch, WatchedTransfer } from '../operate/generic/watch';
import type { Io } from './io';
import { sizeText } from './packages/size-text';
import { Rate } from './progress-rate';
import { durationText, standingText } from './progress-text';
import { colorsFor } from './terminal';

/** Time as the reporter sees it; tests pass their own. */
export interface ProgressClock {
  /** Milliseconds. */
  readonly now: () => number;
  /** Runs `tick` every so many milliseconds until the result is called. */
  readonly every: (ms: number, tick: () => void) => () => void;
}

/** How a reporter shows progress. */
export interface ProgressOptions {
  /** @default - the machine's */
  readonly clock?: ProgressClock;
  /** Columns of the terminal. @default - what the terminal says, else 80 */
  readonly columns?: () => number;
}

/** A terminal is redrawn that often. */
const REDRAWN_MS = 250;

/** Elsewhere a long transfer says that often that it lives. */
const HEARTBEAT_MS = 15_000;

const CLEAR_LINE = '\r\u001b[K';

const MACHINE_CLOCK: ProgressClock = {
  now: () => performance.now(),
  every: (ms, tick) => {
    const timer = setInterval(tick, ms).unref();
    return () => clearInterval(timer);
  },
};

/** A transfer that has not ended. */
interface Active {
  readonly name: string;
  readonly doing: string;
  readonly isQuiet: boolean;
  readonly total?: number;
  readonly begun: number;
  readonly rate: Rate;
  at: number;
}

/**
 * Shows how transfers go, on stderr: on a terminal one line that is redrawn, elsewhere a line for each change of state
 * and a heartbeat. Whatever else is printed meanwhile goes through {@link io}, so that neither spoils the other.
 */
export class Progress implements Watch {
  /** The streams of the run, to be used as long as something is shown. */
  public readonly io: Io;
  private readonly clock: ProgressClock;
  private readonly isLive: boolean;
  private readonly active = new Set<Active>();
  private stopTicking?: () => void;
  private isDrawn = false;

  public constructor(
    private readonly plain: Io,
    private readonly argv: readonly string[],
    private readonly options: ProgressOptions = {},
  ) {
    this.clock = options.clock ?? MACHINE_CLOCK;
    this.isLive = plain.errIsTerminal && plain.env.TERM !== 'dumb';
    this.io = {
      ...plain,
      err: (text) => this.beside(() => plain.err(text)),
      out: (text) => this.beside(() => plain.out(text)),
    };
  }

  public begin(name: string, doing: string, facts: TransferFacts): WatchedTransfer {
    const { total, done = 0, isQuiet = false } = facts;
    const begun = this.clock.now();
    const transfer: Active = {
      name: escapeControls(name),
      doing,
      isQuiet,
      begun,
      rate: new Rate(begun, done),
      at: done,
      ...(total !== undefined && { total }),
    };
    this.active.add(transfer);
    this.stopTicking ??= this.clock.every(this.isLive ? REDRAWN_MS : HEARTBEAT_MS, () =>
      this.tick(),
    );
    if (!isQuiet) {
      this.say(transfer, `${doing}${beginning(total, done)}`);
    }
    return {
      at: (bytes) => {
        transfer.at = bytes;
        transfer.rate.note(this.clock.now(), bytes);
      },
      end: (outcome) => this.end(transfer, outcome),
    };
  }

  /** Shows nothing more. */
  public close(): void {
    this.active.clear();
    this.clear();
    this.stopTicking?.();
    delete this.stopTicking;
  }

  private end(transfer: Active, outcome: string): void {
    if (!this.active.delete(transfer)) {
      return;
    }
    if (!transfer.isQuiet) {
      const elapsed = this.clock.now() - transfer.begun;
      const time = elapsed < 1000 ? '' : ` in ${durationText(elapsed)}`;
      this.say(transfer, `${outcome}, ${sizeText(transfer.at)}${time}`);
    }
    if (this.active.size === 0) {
      this.close();
    }
  }

  private tick(): void {
    if (this.isLive) {
      this.draw();
      return;
    }
    const now = this.clock.now();
    for (const transfer of this.active) {
      if (now - transfer.begun >= HEARTBEAT_MS) {
        this.say(transfer, `${transfer.doing}, ${standingText(this.standing([transfer]))}`);
      }
    }
  }

  private say({ name }: Active, what: string): void {
    if (!this.isLive) {
      this.plain.err(`${name}: ${what}\n`);
    }
  }

  private draw(): void {
    const transfers = [...this.active];
    const [first] = transfers;
    const doing = [...new Set(transfers.map((transfer) => transfer.doing))].join(', ');
    const what = transfers.length === 1 ? first.name : `${transfers.length} files`;
    const head = `${doing} ${what}`;
    const { columns = () => process.stderr.columns ?? 80 } = this.options;
    const line = `${head}: ${standingText(this.standing(transfers))}`.slice(0, columns() - 1);
    const { cyan } = colorsFor(this.argv, this.plain, this.plain.errIsTerminal);
    this.plain.err(`${CLEAR_LINE}${cyan(line.slice(0, head.length))}${line.slice(head.length)}`);
    this.isDrawn = true;
  }

  private standing(transfers: readonly Active[]): Parameters<typeof standingText>[0] {
    const now = this.clock.now();
    const rates = transfers.flatMap(({ rate }) => rate.perSecond(now) ?? []);
    const totals = transfers.flatMap(({ total }) => total ?? []);
    return {
      at: sum(transfers.map(({ at }) => at)),
      ...(totals.length === transfers.length && { total: sum(totals) }),
      ...(rates.length > 0 && { rate: sum(rates) }),
    };
  }

  /** Prints something else where the line stands; the next tick draws it again below. */
  private beside(print: () => void): void {
    this.clear();
    print();
  }

  private clear(): void {
    if (this.isDrawn) {
      this.plain.err(CLEAR_LINE);
      this.isDrawn = false;
    }
  }
}

function beginning(total: number | undefined, done: number): string {
  const whole = total === undefined ? '' : sizeText(total);
  if (done === 0) {
    return whole && `, ${whole}`;
  }
  return ` on from ${sizeText(done)}${whole && ` of ${whole}`}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
