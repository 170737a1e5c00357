import { setMaxListeners } from 'node:events';
import { serverText } from '../client/server-text';
import { PREFETCHED, PROBES } from './catalogue';
import type { Diagnosis, Said } from './diagnosis';
import { causeOf, resultsOf, unprobedResults } from './diagnosis';
import type { Outcome } from './outcome';
import { holds, skipped } from './outcome';
import { pathRow } from './path-row';
import type { Probe } from './probe';
import { isOfCluster } from './probe';
import type { DoctorOptions, DoctorRequest } from './request';
import { serverName } from './observe/server';
import { Sight } from './sight';

/**
 * Probes every access path side by side and tells what holds, what does not and what comes first. It always ends: each
 * request has a deadline, and what aborts the run leaves what is known by then.
 *
 * @param probes @default all
 */
export async function diagnose(
  request: DoctorRequest,
  options: DoctorOptions = {},
  probes: readonly Probe[] = PROBES,
): Promise<Diagnosis> {
  if (options.signal) {
    // One signal ends any number of requests.
    setMaxListeners(0, options.signal);
  }
  const sights: Sight[] = [];
  request.paths.forEach((path) => sights.push(new Sight(path, request, options, sights)));
  try {
    return await new Run(request, options, probes, sights).diagnosis();
  } finally {
    sights.forEach((sight) => sight.close());
  }
}

/** What a probe found, and which code stops those that need it. */
interface Judgement {
  readonly outcomes: readonly Outcome[];
  readonly blockedBy?: string;
}

class Run {
  private readonly probes: readonly Probe[];
  private readonly judged = new Map<string, Promise<Judgement>>();
  /** What takes back what it wrote, also after the run was ended. */
  private readonly writing: Promise<unknown>[] = [];
  private readonly ended: Promise<void>;
  private isPartial = false;

  public constructor(
    private readonly request: DoctorRequest,
    private readonly options: DoctorOptions,
    probes: readonly Probe[],
    private readonly sights: readonly Sight[],
  ) {
    this.probes = probes.filter(({ isAsked }) => isAsked?.(request) !== false);
    const { signal } = options;
    this.ended = new Promise((resolve) => {
      // What was answered by then still counts: its verdicts need a turn.
      const end = (): void => void setImmediate(resolve);
      if (signal?.aborted) {
        end();
      }
      signal?.addEventListener('abort', end, { once: true });
    });
  }

  public async diagnosis(): Promise<Diagnosis> {
    // Sent before anybody asks: each round trip that waits for a verdict is time of the user.
    this.sights.forEach((sight) => PREFETCHED.forEach((observation) => sight.see(observation)));
    const said = await Promise.all(this.asked().map((one) => one));
    const results = [...resultsOf(said), ...unprobedResults(this.request)];
    const rows = await Promise.all(this.sights.map((sight) => this.orUndefined(pathRow(sight))));
    const server = await this.orUndefined(serverName(this.sights));
    await Promise.all(this.writing);
    return {
      host: this.request.host,
      ...(server !== undefined && { server }),
      paths: rows.flatMap((row) => row ?? []),
      results,
      cause: causeOf(results),
      isPartial: this.isPartial,
    };
  }

  private asked(): Promise<Said>[] {
    const ofPaths = this.sights.flatMap((sight) =>
      this.probes
        .filter(({ scope }) => scope === 'path')
        .map(async (probe) => ({
          probe,
          path: sight.path.name,
          outcomes: (await this.judge(probe, sight)).outcomes,
        })),
    );
    const ofRegistry = this.probes
      .filter(({ scope }) => scope === 'registry')
      .map(async (probe) => ({ probe, outcomes: (await this.judgeOnce(probe)).outcomes }));
    return [...ofPaths, ...ofRegistry];
  }

  /** A probe on one path; asked for as often as others need it, made once. */
  private judge(probe: Probe, sight: Sight): Promise<Judgement> {
    const key = `${probe.code} ${probe.step} ${this.sights.indexOf(sight)}`;
    const known = this.judged.get(key);
    if (known) {
      return known;
    }
    const judging = this.untilEnd(probe, async () => {
      const blockedBy = await this.blocked(probe, sight);
      return blockedBy === undefined ? this.decided(probe, sight) : waiting(probe, blockedBy);
    });
    this.judged.set(key, judging);
    return judging;
  }

  /** A probe of the registry as a whole, on the first path where what it needs holds. */
  private judgeOnce(probe: Probe): Promise<Judgement> {
    const key = `${probe.code} ${probe.step} `;
    const known = this.judged.get(key);
    if (known) {
      return known;
    }
    const judging = this.untilEnd(probe, async () => {
      const blocks = await Promise.all(this.sights.map((sight) => this.blocked(probe, sight)));
      const free = blocks.indexOf(undefined);
      return free < 0
        ? waiting(probe, blocks[0] ?? 'REG113')
        : this.decided(probe, this.sights[free]);
    });
    this.judged.set(key, judging);
    return judging;
  }

  /** The code a probe waits for on a path; undefined when it can go on. */
  private async blocked(probe: Probe, sight: Sight): Promise<string | undefined> {
    // What the cluster says of a code is evidence of its own: the way there may be well all the same.
    const needed = probe.needs.flatMap(
      (code) => this.probes.find((one) => one.code === code && !isOfCluster(one)) ?? [],
    );
    const judgements = await Promise.all(
      needed.map((need) =>
        need.scope === 'path' ? this.judge(need, sight) : this.judgeOnce(need),
      ),
    );
    return judgements.find(({ blockedBy }) => blockedBy !== undefined)?.blockedBy;
  }

  private async decided(probe: Probe, sight: Sight): Promise<Judgement> {
    const outcomes = await probe.decide(sight);
    const stop = outcomes.find((outcome) => !holds(outcome));
    return { outcomes, ...(stop && { blockedBy: stop.code }) };
  }

  private async untilEnd(probe: Probe, work: () => Promise<Judgement>): Promise<Judgement> {
    const working = work().catch((error: unknown) => {
      return this.options.signal?.aborted ? this.cutOff(probe) : undecided(probe, error);
    });
    if (probe.writes) {
      this.writing.push(working);
    }
    return Promise.race([working, this.ended.then(() => this.cutOff(probe))]);
  }

  private cutOff({ code }: Probe): Judgement {
    this.isPartial = true;
    return { outcomes: [skipped(code, 'the run ended before')], blockedBy: code };
  }

  private async orUndefined<T>(work: Promise<T>): Promise<T | undefined> {
    return Promise.race([work.catch(() => undefined), this.ended.then(() => undefined)]);
  }
}

function waiting(probe: Probe, code: string): Judgement {
  return { outcomes: [skipped(probe.code, `waits for ${code}`)], blockedBy: code };
}

/** A probe that breaks is a mistake of this program; the others still have something to say. */
function undecided({ code }: Probe, error: unknown): Judgement {
  const message = error instanceof Error ? error.message : String(error);
  return {
    outcomes: [skipped(code, `could not be decided: ${serverText(message)}`)],
    blockedBy: code,
  };
}
