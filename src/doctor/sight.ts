import { Transport } from '../client/http/transport';
import type { DoctorOptions, DoctorRequest, ProbedPath } from './request';

/** Something seen once on an access path, however many probes ask for it. */
export type Observation<T> = (sight: Sight) => Promise<T>;

/** One attempt a request: a diagnosis tells what happened, not what happens after the third try. */
const ONCE = { attempts: 1 };

/** Milliseconds until one request must have ended. */
const REQUEST_MS = 10_000;

/** What can be seen on one access path. Probes of one path share it. */
export class Sight {
  private readonly seen = new Map<Observation<unknown>, Promise<unknown>>();
  private readonly transports: Partial<Record<'verified' | 'unverified', Transport>> = {};

  public constructor(
    public readonly path: ProbedPath,
    public readonly request: DoctorRequest,
    public readonly options: DoctorOptions,
    /** Sights of the other paths, in their order; filled by the run. */
    public readonly others: readonly Sight[],
  ) {}

  /** Makes an observation, or gives what was seen before. */
  public see<T>(observation: Observation<T>): Promise<T> {
    const known = this.seen.get(observation) as Promise<T> | undefined;
    if (known) {
      return known;
    }
    const seeing = observation(this);
    // Whoever asks gets the error; nobody asking is no crash.
    seeing.catch(() => undefined);
    this.seen.set(observation, seeing);
    return seeing;
  }

  /**
   * The HTTP stack. Unverified connections are for anonymous questions only: no credential goes over them unless the
   * user said `--insecure`.
   */
  public transport(trust: 'verified' | 'unverified' = 'verified'): Transport {
    const { dial, record, now, userAgent } = this.options;
    return (this.transports[trust] ??= new Transport({
      ...dial,
      ...(trust === 'unverified' && { insecure: true }),
      retry: ONCE,
      idleMs: this.requestMs,
      record,
      now,
      userAgent,
    }));
  }

  /** Milliseconds until one request must have ended, body included. */
  public get requestMs(): number {
    return this.options.requestTimeoutMs ?? REQUEST_MS;
  }

  /** Ends every connection. */
  public close(): void {
    Object.values(this.transports).forEach((transport) => transport.close());
  }
}
