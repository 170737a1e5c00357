import { PackagesClient } from '../../client/packages/packages-client';
import type { RegistryDeclaration } from '../../declaration/model';
import { quote } from '../../declaration/problem';
import type { LinkResult } from '../../operate/links/apply';
import { applyLinks } from '../../operate/links/apply';
import type { DeclaredLinks } from '../../operate/links/declared-links';
import type { LinksPlan } from '../../operate/links/plan';
import { isChange, planLinks } from '../../operate/links/plan';
import type { ConfirmOptions } from '../confirm';
import { confirm } from '../confirm';
import { readDeclaration } from '../declaration-source';
import { CommandError, EXIT } from '../exit';
import type { Io } from '../io';
import { jsonText } from '../json';
import type { ServerOptions } from '../options/server';
import type { PlanOutput } from '../plan-output';
import { givePlan, showPlan } from '../plan-output';
import { giveResult } from '../result';
import type { Connection } from '../server/connect';
import { uninterrupted, withConnection } from '../server/connect';
import { linksDocument } from './links-document';
import { outcomeText, planText } from './links-text';

/** Options of `links plan` and `links apply`. */
export interface LinksOptions extends ServerOptions, ConfirmOptions, PlanOutput {
  /** Only the links of this owner. @default - all */
  readonly owner?: string;
}

/** A plan, and what made it. */
interface Planned {
  readonly plan: LinksPlan;
  /** Client whose requests Ctrl-C does not cut off. */
  readonly writer: PackagesClient;
}

/**
 * `gitea-registry links plan`: compares the declared links with the server.
 *
 * @returns the exit code: 1 when a link cannot be made
 */
export async function planned(options: LinksOptions, io: Io): Promise<number> {
  return withConnection(options, io, async (connection) => {
    const { plan } = await planFor(connection, options, io, true);
    const text = planText(plan, io);
    showPlan(text, options, io);
    await givePlan(text, linksDocument(connection.host, plan), options, io);
    return isPossible(plan) ? EXIT.FINE : EXIT.FAILED;
  });
}

/**
 * `gitea-registry links apply`: plans, asks, links, and goes on when one fails.
 *
 * @returns the exit code: 1 when a link was not made
 */
export async function apply(options: LinksOptions, io: Io): Promise<number> {
  return withConnection(options, io, async (connection) => {
    const { host, target } = connection;
    const { plan, writer } = await planFor(connection, options, io, options.dryRun === true);
    const text = planText(plan, io);
    const count = plan.steps.filter(isChange).length;
    showPlan(text, options, io);
    if (options.dryRun || count === 0) {
      await givePlan(text, linksDocument(host, plan), options, io);
      return isPossible(plan) ? EXIT.FINE : EXIT.FAILED;
    }
    await confirm(`Change ${count} link${count === 1 ? '' : 's'}`, options, io, target.signal);
    const results = await applyLinks(plan, writer, { signal: target.signal });
    await report(plan, results, connection, options, io);
    target.signal.throwIfAborted();
    return isPossible(plan) && results.every(isDone) ? EXIT.FINE : EXIT.FAILED;
  });
}

/** @param isPlanOnly whether nothing follows the plan: then it has to tell what the server's release cannot do */
async function planFor(
  { declaration, target }: Connection,
  options: LinksOptions,
  io: Io,
  isPlanOnly: boolean,
): Promise<Planned> {
  const declared = linksOf(declaration ?? (await readDeclaration(options, io)), options);
  if (declared.links.length === 0) {
    io.err('hint: the declaration has no links; registry.linkPackages declares them\n');
  }
  const reader = new PackagesClient(target);
  const writer = new PackagesClient(uninterrupted(target));
  const client = {
    list: reader.list.bind(reader),
    ...(isPlanOnly && { server: () => reader.server() }),
  };
  return { plan: await planLinks(declared, client, target.signal), writer };
}

function linksOf(
  { links = [], owners }: RegistryDeclaration,
  { owner }: LinksOptions,
): DeclaredLinks {
  if (owner === undefined) {
    return { links, owners };
  }
  if (!owners.some(({ name }) => name.toLowerCase() === owner.toLowerCase())) {
    throw new CommandError(
      `--owner ${quote(owner)} is not declared; declared: ${owners.map(({ name }) => name).join(', ') || 'none'}`,
    );
  }
  return {
    links: links.filter((link) => link.owner.toLowerCase() === owner.toLowerCase()),
    owners,
  };
}

async function report(
  plan: LinksPlan,
  results: readonly LinkResult[],
  { host }: Connection,
  { output, outputFile }: LinksOptions,
  io: Io,
): Promise<void> {
  const result =
    output === 'json'
      ? jsonText(linksDocument(host, plan, results))
      : outcomeText(plan, results, io);
  await giveResult(result, outputFile, io);
}

function isPossible({ steps }: LinksPlan): boolean {
  return steps.every(({ action }) => action !== 'impossible');
}

function isDone({ outcome }: LinkResult): boolean {
  return outcome !== 'failed' && outcome !== 'not-reached';
}
