import { PackagesClient } from '../../client/packages/packages-client';
import { formatPackageReference, parsePackageReference } from '../../declaration/package-reference';
import type { DeleteResult } from '../../operate/packages/delete-versions';
import { deleteVersions } from '../../operate/packages/delete-versions';
import { refuseMissingScope } from '../../operate/token/package-scope';
import type { ConfirmOptions } from '../confirm';
import { confirm } from '../confirm';
import { EXIT } from '../exit';
import type { Io } from '../io';
import { jsonText } from '../json';
import type { ServerOptions } from '../options/server';
import type { PlanOutput } from '../plan-output';
import { givePlan, showPlan } from '../plan-output';
import { giveResult } from '../result';
import { uninterrupted, withConnection } from '../server/connect';
import { deletionOutcome, deletionPlan } from './deletion-text';
import type { Deletion } from './plan-deletion';
import { counted, planDeletion } from './plan-deletion';

/** Options of `rm`. */
export interface RmOptions extends ServerOptions, ConfirmOptions, PlanOutput {
  readonly allVersions?: boolean;
  readonly force?: boolean;
}

/**
 * `gitea-registry rm`: prints what goes and what needs it, asks, deletes.
 *
 * @returns the exit code
 * @throws CommandError exit 1 when there is nothing to delete, or a tagged index needs it
 */
export async function rm(name: string, options: RmOptions, io: Io): Promise<number> {
  const reference = parsePackageReference(name);
  return withConnection(options, io, async ({ target, host }) => {
    const { signal } = target;
    const deletion = await planDeletion(target, reference, options, io);
    const plan = deletionPlan(deletion);
    showPlan(plan, options, io);
    if (options.dryRun) {
      await givePlan(plan, document(host, deletion, []), options, io);
      return EXIT.FINE;
    }
    await refuseMissingScope(target, 'write', `delete '${name}'`);
    await confirm(`Delete ${counted(deletion.versions.length)}`, options, io, signal);
    const client = new PackagesClient(uninterrupted(target));
    const results = await deleteVersions(client, deletion.reference, deletion.versions, signal);
    const result =
      options.output === 'text'
        ? deletionOutcome(deletion, results)
        : jsonText(document(host, deletion, results));
    await giveResult(result, options.outputFile, io);
    signal.throwIfAborted();
    return results.every(({ outcome }) => outcome === 'deleted' || outcome === 'absent')
      ? EXIT.FINE
      : EXIT.FAILED;
  });
}

function document(host: string, deletion: Deletion, results: readonly DeleteResult[]): object {
  const { reference, versions, needs } = deletion;
  const byVersion = new Map(results.map((result) => [result.version, result]));
  return {
    schemaVersion: '1',
    target: { host },
    package: formatPackageReference(reference),
    ...(needs && { digest: needs.digest, neededBy: needs.neededBy }),
    versions: versions.map((version) => {
      const result = byVersion.get(version);
      return {
        version,
        outcome: result?.outcome ?? 'planned',
        ...(result?.outcome === 'failed' && {
          code: result.error.code,
          message: result.error.message,
        }),
      };
    }),
  };
}
