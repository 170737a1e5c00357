/** How long a measurement counts: long enough to be calm, short enough to follow a change. */
const WINDOW_MS = 10_000;

/** Samples are that far apart, however often bytes come. */
const SAMPLED_MS = 100;

interface Sample {
  /** Milliseconds. */
  readonly time: number;
  readonly bytes: number;
}

/** How fast bytes come, over the last seconds. */
export class Rate {
  private samples: Sample[];

  /** @param time milliseconds */
  public constructor(time: number, bytes: number) {
    this.samples = [{ time, bytes }];
  }

  /** Notes where it stands. What goes back, as for a second attempt, begins the measurement anew. */
  public note(time: number, bytes: number): void {
    const sample = { time, bytes };
    const { samples } = this;
    if (bytes < samples.at(-1)!.bytes) {
      this.samples = [sample];
    } else if (samples.length > 1 && time - samples.at(-2)!.time < SAMPLED_MS) {
      samples[samples.length - 1] = sample;
    } else {
      samples.push(sample);
    }
    while (samples.length > 2 && time - samples[1].time >= WINDOW_MS) {
      samples.shift();
    }
  }

  /** Bytes a second; undefined as long as nothing tells. */
  public perSecond(now: number): number | undefined {
    const first = this.samples[0];
    const elapsed = now - first.time;
    const bytes = this.samples.at(-1)!.bytes - first.bytes;
    return elapsed >= 1000 && bytes > 0 ? (bytes * 1000) / elapsed : undefined;
  }
}
