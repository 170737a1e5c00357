import { setTimeout as timer } from 'node:timers/promises';
import { createColors } from 'picocolors';
import type { DoctorOptions, Probe } from '../../doctor';
import { diagnose, PROBES } from '../../doctor';
import { CommandError, EXIT } from '../exit';
import type { Io } from '../io';
import { printLive } from '../report/print-live';
import type { LiveFormat } from '../report/report';
import type { TextStyle } from '../report/text';
import { giveResult } from '../result';
import { Deadline } from '../server/deadline';
import { colorsFor, showsUnicode } from '../terminal';
import type { Asked } from './asked';
import { askedOf } from './asked';
import type { CommandLine } from './command-line';
import { commandLine } from './command-line';
import { configFor } from './config';
import { exitOf, WAIT_RAN_OUT } from './exit-code';
import type { HostingWatch } from './hosting-watch';
import type * as hostingWatch from './hosting-watch';
import type { InventoryOutput } from './inventory-output';
import { inventoryOutput } from './inventory-output';
import type { InventoryWatch } from './inventory-watch';
import type * as inventoryWatch from './inventory-watch';
import { listText } from './list';
import type { Judging, Observed } from './observe';
import { observe } from './observe';
import type { DoctorCommandOptions } from './options';
import { PrivateFile } from './private-file';
import { probing } from './probing';
import { formOf } from './second-form';
import { selectedProbes } from './selection';
import { Exchanges, supportBundle } from './support-bundle';
import { lookUntil } from './wait';
import { waitingText } from './waiting-text';

/** What a run is made with; tests pass their own. */
export interface DoctorTools {
  readonly diagnose: typeof diagnose;
  readonly probes: readonly Probe[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Ends early, without an error, when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

const TOOLS: DoctorTools = {
  diagnose,
  probes: PROBES,
  now: Date.now,
  sleep: (ms, signal) => timer(ms, undefined, { signal }).catch(() => undefined),
};

/** One run, with everything that was read before anything is sent. */
interface Run {
  readonly line: CommandLine;
  readonly options: DoctorCommandOptions;
  readonly asked: Asked;
  readonly probes: readonly Probe[];
  readonly judging: Judging;
  readonly failOn: 'error' | 'warn';
  readonly exchanges: Exchanges;
  readonly signal: AbortSignal;
  readonly tools: DoctorTools;
}

/**
 * `gitea-registry doctor`: probes every access path of a registry and names the first cause.
 *
 * @param host `HOST`, or a URL of it
 * @returns the exit code
 * @throws CommandError (exit 2) for wrong options, before anything is sent
 */
export async function doctor(
  host: string | undefined,
  options: DoctorCommandOptions,
  io: Io,
  argv: readonly string[],
  tools: DoctorTools = TOOLS,
): Promise<number> {
  const { only, skip, outputFile, supportBundle: bundleFile } = options;
  const selection = { ...(only && { only }), ...(skip && { skip }) };
  const probes = selectedProbes(selection, tools.probes);
  const inventoryTo = inventoryOutput(options);
  const secondForm = outputFile === undefined || inventoryTo ? undefined : formOf(outputFile);
  if (options.list) {
    io.out(listText(probes, selection));
    return EXIT.FINE;
  }
  const line = commandLine(host, options);
  const config = await configFor(options.config, io);
  const hosting = await hostingOf(options, io);
  const deadline = new Deadline(options.timeout);
  const signal = AbortSignal.any([io.interrupted(), deadline.signal]);
  const inventory = inventoryTo && inventoryOfRun(inventoryTo);
  let bundle: PrivateFile | undefined;
  let asked: Asked | undefined;
  try {
    asked = await askedOf(line.host, options, io, signal);
    await hosting?.prepare(asked, io);
    bundle =
      bundleFile === undefined
        ? undefined
        : await PrivateFile.open('--support-bundle', bundleFile, io);
    const suppressions = [...config.suppress, ...(asked.request?.declaration?.suppressions ?? [])];
    const run: Run = {
      ...{ line, options, asked, probes, signal },
      tools: watched(tools, asked, hosting, inventory),
      judging: { selection, suppressions, today: io.today() },
      failOn: options.failOn ?? config.failOn ?? 'error',
      exchanges: new Exchanges(),
    };
    return await reported(run, io, argv, { secondForm, bundle, hosting, inventory });
  } catch (error) {
    await bundle?.drop();
    await hosting?.drop();
    throw error;
  } finally {
    await asked?.close();
    deadline.clear();
  }
}

interface Outputs {
  readonly secondForm?: LiveFormat;
  readonly bundle?: PrivateFile;
  readonly hosting?: HostingWatch;
  readonly inventory?: InventoryWatch;
}

function inventoryOfRun(output: InventoryOutput): InventoryWatch {
  return new (require('./inventory-watch') as typeof inventoryWatch).InventoryWatch(output);
}

/** A diagnosis others look at too. */
function watched(
  tools: DoctorTools,
  asked: Asked,
  hosting: HostingWatch | undefined,
  inventory: InventoryWatch | undefined,
): DoctorTools {
  const beside = hosting?.watching(tools.diagnose, tools.now, asked) ?? tools.diagnose;
  return { ...tools, diagnose: inventory?.watching(beside) ?? beside };
}

/** Git hosting is looked at only before and after a change. */
async function hostingOf(options: DoctorCommandOptions, io: Io): Promise<HostingWatch | undefined> {
  const { save, compare, repository } = options;
  if (save === undefined && compare === undefined) {
    if (repository !== undefined) {
      throw new CommandError('--repository goes with --save or --compare: give one of them');
    }
    return undefined;
  }
  return (require('./hosting-watch') as typeof hostingWatch).HostingWatch.begin(options, io);
}

async function reported(
  run: Run,
  io: Io,
  argv: readonly string[],
  { secondForm, bundle, hosting, inventory }: Outputs,
): Promise<number> {
  const { options, asked, exchanges, tools } = run;
  const beganAt = tools.now();
  const { seen, exitCode: judged } = await looked(run, io);
  const state = await inventory?.take(asked);
  // Who asks for an inventory wants the cluster read.
  const isBlind = judged === EXIT.FINE && state?.isClusterRead === false;
  const exitCode = isBlind ? EXIT.NO_TARGET : judged;
  const view = { ...seen.view, elapsedMs: tools.now() - beganAt };
  const unicode = showsUnicode(io);
  const style: TextStyle = { colors: colorsFor(argv, io, io.outIsTerminal), unicode };
  await giveResult(printLive(view, options.output, 'doctor', style), undefined, io);
  if (secondForm !== undefined) {
    const plain = { colors: createColors(false), unicode };
    await giveResult(printLive(view, secondForm, 'doctor', plain), options.outputFile, io);
  }
  await inventory?.give(state, io);
  await hosting?.keep(io);
  if (bundle) {
    const { request, hide } = asked;
    const content = {
      options,
      view,
      exitCode,
      exchanges,
      hide,
      beganAt,
      ...(request && { request }),
      ...(state && { inventory: state }),
    };
    await bundle.keep(await supportBundle(content, io), io);
  }
  return exitCode;
}

/** Looks once, or with `--wait` until nothing fails. */
async function looked(run: Run, io: Io): Promise<{ seen: Observed; exitCode: number }> {
  const { line, asked, failOn, signal, tools } = run;
  const sending: DoctorOptions = await probing(run.options, io, signal, run.exchanges.record);
  const look = (): Promise<Observed> =>
    observe(asked, sending, run.probes, run.judging, tools.diagnose);
  // No time mends what was typed.
  const waitMs = asked.findings.length > 0 ? undefined : line.waitMs;
  const say = waitingText(io);
  const { last, ranOut } =
    waitMs === undefined
      ? { last: await look(), ranOut: false }
      : await lookUntil(look, {
          ...{ waitMs, signal, now: tools.now, sleep: tools.sleep },
          isDone: (seen) => exitOf(seen, failOn) === EXIT.FINE,
          onPause: ({ view }, ms) => say(view.report, ms),
        });
  return {
    seen: last,
    exitCode: io.interrupted().aborted
      ? EXIT.INTERRUPTED
      : ranOut
        ? WAIT_RAN_OUT
        : exitOf(last, failOn),
  };
}
