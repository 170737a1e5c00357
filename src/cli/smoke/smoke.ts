import { matches } from '../../declaration/grammar';
import { OWNER_NAME } from '../../declaration/owner-name';
import { quote } from '../../declaration/problem';
import { smoke } from '../../operate/smoke/smoke';
import { PROBE_NAME } from '../../operate/smoke/smoke-run';
import type { SmokeStep } from '../../operate/smoke/step';
import { CommandError, EXIT } from '../exit';
import type { Io } from '../io';
import type { ClusterOptions } from '../options/cluster';
import type { ServerOptions } from '../options/server';
import { sizeText } from '../packages/size-text';
import { Progress } from '../progress';
import { liveReport } from '../report/live-report';
import { printLive } from '../report/print-live';
import type { LiveFormat } from '../report/report';
import { giveResult } from '../result';
import { withConnection } from '../server/connect';
import { namedRegistry } from '../server/named-registry';
import { colorsFor, showsUnicode } from '../terminal';
import { smokeText } from './smoke-text';

/** Options of `smoke`. */
export interface SmokeOptions extends ServerOptions, ClusterOptions {
  readonly owner?: string;
  /** Bytes of the layer. */
  readonly size: number;
  readonly dryRun: boolean;
  readonly output: LiveFormat;
  readonly outputFile?: string;
  /** Namespace of a pull test, which then is all that is done. */
  readonly cluster?: string;
  /** Whether the Pod of the pull test is created. @default - it is printed */
  readonly apply?: boolean;
  /** Image of the pull test. @default - a verified image of the declaration */
  readonly image?: string;
  /** Secret of the pull test. @default - the declared ones of the namespace */
  readonly pullSecret?: string;
}

/**
 * `gitea-registry smoke`: a round trip through the registry with an image and a file made on the spot.
 *
 * @returns the exit code: 1 when a step failed
 * @throws CommandError (exit 2) for wrong options or without a token, the interruption once everything is cleaned up
 */
export async function runSmoke(
  host: string | undefined,
  options: SmokeOptions,
  io: Io,
  argv: readonly string[],
): Promise<number> {
  const { size } = options;
  refuseClusterOptions(options);
  const owner = ownerOf(options);
  const { origin } = await namedRegistry(options, io, host);
  if (options.dryRun) {
    await giveResult(planText(origin.host, owner, size), options.outputFile, io);
    return EXIT.FINE;
  }
  const named = host === undefined ? options : { ...options, registry: host };
  return withConnection(named, io, async ({ target, host: reached }) => {
    if (!target.credential) {
      throw new CommandError(
        `there is no token for '${reached}' to push with: give GITEA_REGISTRY_USER and GITEA_REGISTRY_TOKEN, --token-file or --token-stdin, and name the host yourself`,
      );
    }
    const progress = new Progress(io, argv);
    const steps: SmokeStep[] = [];
    for await (const step of smoke(target, { owner, size, watch: progress })) {
      steps.push(step);
    }
    await giveResult(printed(reached, steps, options, io, argv), options.outputFile, io);
    return steps.some(({ status }) => status === 'fail') ? EXIT.FAILED : EXIT.FINE;
  });
}

/** What has a meaning only with `--cluster`. */
const OF_CLUSTER = ['apply', 'image', 'pullSecret', 'context', 'kubeconfig'] as const;

function refuseClusterOptions(options: SmokeOptions): void {
  const given = OF_CLUSTER.find((name) => options[name] !== undefined);
  if (given !== undefined) {
    const flag = given === 'pullSecret' ? 'pull-secret' : given;
    throw new CommandError(`--${flag} goes with the pull test only: add --cluster NAMESPACE`);
  }
}

function ownerOf({ owner }: SmokeOptions): string {
  if (owner === undefined) {
    throw new CommandError(
      'who gets the test packages? Name a user or organization with --owner, or a namespace that shall pull with --cluster',
    );
  }
  if (!matches(OWNER_NAME, owner)) {
    throw new CommandError(`--owner ${quote(owner)} ${OWNER_NAME.allowed} (REG320)`);
  }
  return owner;
}

function planText(host: string, owner: string, size: number): string {
  return [
    `Plan for ${host}:`,
    `  push ${owner}/${PROBE_NAME} with a layer of ${sizeText(size)} in one request, and pull it`,
    `  put a file into ${owner}/generic/${PROBE_NAME}, and get it`,
    '  delete both',
    '',
  ].join('\n');
}

function printed(
  host: string,
  steps: readonly SmokeStep[],
  { output, size }: SmokeOptions,
  io: Io,
  argv: readonly string[],
): string {
  const style = {
    colors: colorsFor(argv, io, io.outIsTerminal),
    unicode: showsUnicode(io),
  };
  if (output === 'text') {
    return smokeText(steps, size, style);
  }
  return printLive({ report: liveReport({ host, results: steps }) }, output, 'smoke', style);
}
