import type { EventLoopUtilization, Performance } from 'node:perf_hooks';
import { performance } from 'node:perf_hooks';

/** Tells whether it is the network that this process waits for. */
export interface NetworkWait {
  /** Whether it did since the last answer, for so long that another connection may bring more. First: false. */
  isLong(): boolean;
}

/** Milliseconds that are looked at: a server that pauses for a moment is no network that limits. */
const WINDOW_MS = 200;

/** Share of the time at work from which on little is gained by more connections. */
const BUSY = 0.5;

/** What Node.js itself measures: the time it stood still until there was something to read. */
export class IdleTime implements NetworkWait {
  private last?: { readonly at: number; readonly utilization: EventLoopUtilization };

  public constructor(
    private readonly clock: Pick<Performance, 'eventLoopUtilization' | 'now'> = performance,
  ) {}

  public isLong(): boolean {
    const at = this.clock.now();
    const { last } = this;
    if (last && at - last.at < WINDOW_MS) {
      return false;
    }
    const utilization = this.clock.eventLoopUtilization();
    this.last = { at, utilization };
    return (
      last !== undefined &&
      this.clock.eventLoopUtilization(utilization, last.utilization).utilization < BUSY
    );
  }
}
