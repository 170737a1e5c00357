import { formatPackageReference } from '../../declaration/package-reference';
import { genericContext } from '../../operate/generic/context';
import { formatPlace, parsePlace, versionOf } from '../../operate/generic/place';
import type { RmPlan, RmResult } from '../../operate/generic/rm';
import { applyRm, planRm } from '../../operate/generic/rm';
import { refuseMissingScope } from '../../operate/token/package-scope';
import type { ConfirmOptions } from '../confirm';
import { confirm } from '../confirm';
import { EXIT } from '../exit';
import type { Io } from '../io';
import { jsonText } from '../json';
import type { ServerOptions } from '../options/server';
import { sizeText } from '../packages/size-text';
import type { PlanOutput } from '../plan-output';
import { givePlan, showPlan } from '../plan-output';
import { giveResult } from '../result';
import { withConnection } from '../server/connect';
import { table } from '../table';
import { failureRecord } from './file-record';

/** Options of `generic rm`. */
export interface RmOptions extends ServerOptions, ConfirmOptions, PlanOutput {}

/**
 * `gitea-registry generic rm`: shows what goes, asks, deletes a version or one file of it.
 *
 * @returns the exit code: 1 when something could not be deleted
 */
export async function rm(placeText: string, options: RmOptions, io: Io): Promise<number> {
  const place = parsePlace(placeText, 'version');
  return withConnection(options, io, async ({ target }) => {
    const context = genericContext(target);
    const plan = await planRm(context, versionOf(place), place.file);
    const { host } = target.origin;
    showPlan(planText(plan), options, io);
    if (options.dryRun) {
      await givePlan(planText(plan), document(host, plan), options, io);
      return EXIT.FINE;
    }
    await refuseMissingScope(target, 'write', `delete '${placeText}'`);
    await confirm(question(plan), options, io, target.signal);
    const results = await applyRm(context, plan);
    const result =
      options.output === 'json' ? jsonText(document(host, plan, results)) : resultText(results);
    await giveResult(result, options.outputFile, io);
    tellFailures(results, io);
    target.signal.throwIfAborted();
    return results.some(({ status }) => status === 'failed') ? EXIT.FAILED : EXIT.FINE;
  });
}

function planText({ version, file, deletes, isWholeVersion }: RmPlan): string {
  const rows = deletes.map(({ name, size }) => [sizeText(size), name]);
  const note =
    file !== undefined && isWholeVersion
      ? '! these are its last files: the version goes with them\n'
      : '';
  return `Plan: delete ${formatPlace(version, file)}:\n${table(['SIZE', 'FILE'], rows)}${note}`;
}

function question({ file, deletes, isWholeVersion }: RmPlan): string {
  const count = deletes.length === 1 ? '1 file' : `${deletes.length} files`;
  return file === undefined || isWholeVersion
    ? `Delete the version with ${count}`
    : `Delete ${count}`;
}

function resultText(results: readonly RmResult[]): string {
  return table(
    ['STATUS', 'NAME'],
    results.map(({ status, name }) => [status, name]),
  );
}

function document(host: string, plan: RmPlan, results: readonly RmResult[] = []): object {
  const { version, deletes } = plan;
  const whole = results.find(({ name }) => name === formatPlace(version));
  const byName = new Map(results.map((result) => [result.name, result]));
  return {
    schemaVersion: '1',
    target: { host },
    package: formatPackageReference(version),
    files: deletes.map(({ name, size, sha256 }) => {
      const result = whole ?? byName.get(name);
      return {
        name,
        version: version.version,
        size,
        sha256,
        status: result?.status ?? 'planned',
        ...(result?.status === 'failed' && failureRecord(result.error)),
      };
    }),
  };
}

function tellFailures(results: readonly RmResult[], io: Io): void {
  for (const result of results) {
    if (result.status === 'failed') {
      io.err(`${result.name}: ${result.error.message}\n`);
    }
  }
}
