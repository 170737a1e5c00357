import { PackagesClient } from '../../client/packages/packages-client';
import { formatPackageReference } from '../../declaration/package-reference';
import type { ConfirmOptions } from '../confirm';
import { confirm } from '../confirm';
import type { Io } from '../io';
import { jsonText } from '../json';
import type { ServerOptions } from '../options/server';
import { wholePackage } from '../packages/reference';
import type { PlanOutput } from '../plan-output';
import { givePlan, showPlan } from '../plan-output';
import { giveResult } from '../result';
import { uninterrupted, withConnection } from '../server/connect';
import { currentLink } from './current-link';

/** Options of `unlink`. */
export interface UnlinkOptions extends ServerOptions, ConfirmOptions, PlanOutput {}

/** `gitea-registry unlink`: takes the link of a package away; none is fine. */
export async function unlink(name: string, options: UnlinkOptions, io: Io): Promise<void> {
  const reference = wholePackage(name);
  await withConnection(options, io, async ({ target, host }) => {
    const client = new PackagesClient(uninterrupted(target));
    const current = await currentLink(client, reference);
    const shown = formatPackageReference(reference);
    const document = (outcome: 'unlinked' | 'unchanged' | 'planned'): object => ({
      schemaVersion: '1',
      target: { host },
      package: shown,
      repository: current ?? null,
      outcome,
    });
    const give = (outcome: 'unlinked' | 'unchanged', sentence: string): Promise<void> =>
      giveResult(
        options.output === 'json' ? jsonText(document(outcome)) : sentence,
        options.outputFile,
        io,
      );
    if (current === undefined) {
      await give('unchanged', `not linked: ${shown}, to no repository this account can see\n`);
      return;
    }
    const plan = `Plan: unlink ${shown} from ${current}.\n`;
    showPlan(plan, options, io);
    if (options.dryRun) {
      await givePlan(plan, document('planned'), options, io);
      return;
    }
    await confirm('Unlink the package', options, io, target.signal);
    const outcome = await client.unlink(reference);
    const verb = outcome === 'unlinked' ? 'unlinked' : 'was not linked any more';
    await give(outcome, `${verb}: ${shown} from ${current}\n`);
  });
}
