import { PackagesClient } from '../../client/packages/packages-client';
import type { PackageReference } from '../../declaration/package-reference';
import { formatPackageReference } from '../../declaration/package-reference';
import { moveLink } from '../../operate/links/move';
import type { ConfirmOptions } from '../confirm';
import { confirm } from '../confirm';
import { CommandError, EXIT } from '../exit';
import type { Io } from '../io';
import { jsonText } from '../json';
import type { ServerOptions } from '../options/server';
import { wholePackage } from '../packages/reference';
import type { PlanOutput } from '../plan-output';
import { givePlan, showPlan } from '../plan-output';
import { giveResult } from '../result';
import type { Connection } from '../server/connect';
import { uninterrupted, withConnection } from '../server/connect';
import { currentLink } from './current-link';
import { repositoryOf } from './repository-argument';

/** Options of `link`. */
export interface LinkOptions extends ServerOptions, ConfirmOptions, PlanOutput {
  /** Whether a package of another repository is taken from it. @default false */
  readonly move?: boolean;
}

/** What `link` is asked for. */
interface Task {
  readonly reference: PackageReference;
  /** Without its owner. */
  readonly repository: string;
}

/** What became of it, or would. */
type Outcome = 'linked' | 'moved' | 'unchanged' | 'planned';

/** `gitea-registry link`: links a package to a repository of its owner; done already is fine. */
export async function link(
  name: string,
  repository: string,
  options: LinkOptions,
  io: Io,
): Promise<void> {
  const reference = wholePackage(name);
  const task = { reference, repository: repositoryOf(repository, reference.owner) };
  await withConnection(options, io, async (connection) => {
    if (options.dryRun) {
      await planned(task, connection, options, io);
      return;
    }
    const client = new PackagesClient(uninterrupted(connection.target));
    const outcome = await client.link(reference, task.repository);
    if (outcome.kind !== 'linked-elsewhere') {
      await report(task, outcome.kind, undefined, connection, options, io);
      return;
    }
    refuseWithoutMove(task, outcome.repository, options);
    const plan = movePlan(task, outcome.repository);
    showPlan(plan, options, io);
    await confirm('Move the package', options, io, connection.target.signal);
    await moveLink(client, reference, { repository: task.repository, from: outcome.repository });
    await report(task, 'moved', outcome.repository, connection, options, io);
  });
}

async function planned(
  task: Task,
  connection: Connection,
  options: LinkOptions,
  io: Io,
): Promise<void> {
  const { reference } = task;
  const current = await currentLink(new PackagesClient(connection.target), reference);
  const isDone = current?.toLowerCase() === fullName(task).toLowerCase();
  if (current !== undefined && !isDone) {
    refuseWithoutMove(task, current, options);
  }
  const plan = isDone
    ? sentence(task, 'unchanged')
    : current === undefined
      ? `Plan: link ${formatPackageReference(reference)} to ${fullName(task)}.\n`
      : movePlan(task, current);
  showPlan(plan, options, io);
  const outcome = isDone ? 'unchanged' : 'planned';
  await givePlan(plan, document(task, outcome, current, connection), options, io);
}

function refuseWithoutMove(task: Task, current: string | undefined, { move }: LinkOptions): void {
  if (!move) {
    throw new CommandError(
      `'${formatPackageReference(task.reference)}' is linked to ${current === undefined ? 'a repository this account cannot see' : `'${current}'`}, and a package has one repository: --move takes it from there (REG917)`,
      EXIT.FAILED,
    );
  }
}

async function report(
  task: Task,
  outcome: Outcome,
  previous: string | undefined,
  connection: Connection,
  { output, outputFile }: LinkOptions,
  io: Io,
): Promise<void> {
  const result =
    output === 'json'
      ? jsonText(document(task, outcome, previous, connection))
      : sentence(task, outcome);
  await giveResult(result, outputFile, io);
}

function movePlan(task: Task, from: string | undefined): string {
  const place = from ?? 'a repository this account cannot see';
  return `Plan: unlink ${formatPackageReference(task.reference)} from ${place}, link it to ${fullName(task)}.\n`;
}

function sentence(task: Task, outcome: Outcome): string {
  const name = formatPackageReference(task.reference);
  const verb = {
    linked: 'linked',
    moved: 'moved',
    unchanged: 'already linked',
    planned: 'to link',
  };
  return `${verb[outcome]}: ${name} to ${fullName(task)}\n`;
}

function document(
  task: Task,
  outcome: Outcome,
  previous: string | undefined,
  { host }: Connection,
): object {
  return {
    schemaVersion: '1',
    target: { host },
    package: formatPackageReference(task.reference),
    repository: fullName(task),
    ...(previous !== undefined && { previous }),
    outcome,
  };
}

function fullName({ reference, repository }: Task): string {
  return `${reference.owner}/${repository}`;
}
