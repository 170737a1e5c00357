import type { GenericContext } from '../../operate/generic/context';
import { genericContext } from '../../operate/generic/context';
import { formatPlace, parsePlace, versionOf } from '../../operate/generic/place';
import type { PutResult } from '../../operate/generic/put/apply-put';
import { applyPut } from '../../operate/generic/put/apply-put';
import type { PutPlan } from '../../operate/generic/put/put-plan';
import { planPut } from '../../operate/generic/put/put-plan';
import type { PutInput } from '../../operate/generic/put/put-step';
import { refuseMissingScope } from '../../operate/token/package-scope';
import type { ConfirmOptions } from '../confirm';
import { confirm } from '../confirm';
import { CommandError, EXIT } from '../exit';
import type { Io } from '../io';
import { jsonText } from '../json';
import type { ServerOptions } from '../options/server';
import type { PlanOutput } from '../plan-output';
import { givePlan, showPlan } from '../plan-output';
import { Progress } from '../progress';
import { giveResult } from '../result';
import { withConnection } from '../server/connect';
import { withLocalErrors } from './local-errors';
import type { InputOptions } from './put-inputs';
import { namedFiles, withInputs } from './put-inputs';
import { planDocument, planText, resultDocument, resultText } from './put-text';

/** Options of `generic put`. */
export interface PutOptions extends ServerOptions, ConfirmOptions, PlanOutput, InputOptions {}

/**
 * `gitea-registry generic put`: streams files into a version. What is there with the same content is fine; other content
 * is deleted first with `--replace` and a yes.
 *
 * @returns the exit code: 1 when a file could not be put
 */
export async function put(
  placeText: string,
  paths: readonly string[],
  options: PutOptions,
  plainIo: Io,
  argv: readonly string[],
): Promise<number> {
  const place = parsePlace(placeText, 'version');
  if (place.file !== undefined) {
    throw new CommandError(`name the version alone, and the file with --name '${place.file}'`);
  }
  const version = versionOf(place);
  const files = namedFiles(paths, version, options);
  const progress = new Progress(plainIo, argv);
  const { io } = progress;
  try {
    return await withConnection(options, io, async ({ target }) => {
      const context = genericContext(target, progress);
      return withLocalErrors(() =>
        withInputs(files, options, io, target.signal, async (inputs) => {
          if (!options.dryRun) {
            await refuseMissingScope(target, 'write', `put files into '${formatPlace(version)}'`);
          }
          return carryOut(context, version, inputs, options, io);
        }),
      );
    });
  } finally {
    progress.close();
  }
}

async function carryOut(
  context: GenericContext,
  version: PutPlan['version'],
  inputs: readonly PutInput[],
  options: PutOptions,
  io: Io,
): Promise<number> {
  const { replace, chunkSize } = options;
  const plan = await planPut(context, {
    version,
    inputs,
    replace,
    ...(chunkSize !== undefined && { chunkSize }),
  });
  if (options.dryRun) {
    showPlan(planText(plan), options, io);
    await givePlan(planText(plan), planDocument(context.origin, plan), options, io);
    return plan.steps.some(({ action }) => action === 'conflict') ? EXIT.FAILED : EXIT.FINE;
  }
  const replaced = plan.steps.filter(({ action }) => action === 'replace').length;
  if (replaced > 0) {
    showPlan(planText(plan), options, io);
    const what = replaced === 1 ? '1 file' : `${replaced} files`;
    await confirm(`Delete and put ${what} anew`, options, io, context.signal);
  }
  const results = await applyPut(context, plan);
  await report(context, plan, results, options, io);
  if (context.signal?.aborted) {
    io.err('not all was sent: repeat the same command; what is stored already is not sent again\n');
    throw context.signal.reason;
  }
  return results.some(({ status }) => status === 'failed') ? EXIT.FAILED : EXIT.FINE;
}

async function report(
  { origin }: GenericContext,
  plan: PutPlan,
  results: readonly PutResult[],
  { output, outputFile }: PutOptions,
  io: Io,
): Promise<void> {
  const result =
    output === 'json' ? jsonText(resultDocument(origin, plan, results)) : resultText(results);
  await giveResult(result, outputFile, io);
  for (const one of results) {
    if (one.status === 'failed') {
      io.err(`${one.name}: ${one.error.message}\n`);
    }
  }
}
