import type { LinkDeclaration } from '../../declaration/model';
import { formatPackageReference } from '../../declaration/package-reference';
import type { LinkResult } from '../../operate/links/apply';
import type { LinksPlan, LinkStep } from '../../operate/links/plan';
import type { Io } from '../io';
import { table } from '../table';
import { none, showsUnicode, symbolOf } from '../terminal';

const ACTIONS: { readonly [action in LinkStep['action']]: string } = {
  none: 'none',
  link: 'link',
  move: 'unlink, link',
  impossible: 'impossible',
};

/** The plan for people: a table, what stands in the way, what else was seen, one line of numbers. */
export function planText(plan: LinksPlan, io: Io): string {
  const { steps, undeclared, unlinked, warnings } = plan;
  const unicode = showsUnicode(io);
  const isOneOwner = new Set(steps.map(({ link }) => link.owner.toLowerCase())).size === 1;
  const nameOf = (link: LinkDeclaration): string =>
    isOneOwner ? `${link.type}/${link.name}` : formatPackageReference(link);
  const rows = steps.map(({ link, current, action }) => [
    nameOf(link),
    current ?? none(io),
    `${link.owner}/${link.repository}`,
    ACTIONS[action],
  ]);
  return [
    ...(rows.length === 0
      ? []
      : [indented(table(['package', 'current', 'desired', 'action'], rows))]),
    ...reasons(steps).map((reason) => `${symbolOf('fail', unicode)} ${reason}\n`),
    ...warnings.map((warning) => `! ${warning}\n`),
    ...undeclared.map(
      ({ repository, ...other }) =>
        `! ${formatPackageReference(other)} is linked to ${repository}, which is not declared; it stays\n`,
    ),
    ...(unlinked === 0
      ? []
      : [
          `${unlinked} more package${unlinked === 1 ? ' has' : 's have'} no repository, declared or linked\n`,
        ]),
    `Plan: ${numbers(steps)}.\n`,
  ].join('');
}

/** What became of the plan, for people: a line for each change, then one line of numbers. */
export function outcomeText(plan: LinksPlan, results: readonly LinkResult[], io: Io): string {
  const lines = results.map((result) => `${resultLine(result, showsUnicode(io))}\n`);
  const count = (wanted: readonly LinkResult['outcome'][]): number =>
    results.filter(({ outcome }) => wanted.includes(outcome)).length;
  const parts = [
    `${count(['linked', 'moved'])} changed`,
    `${count(['unchanged']) + plan.steps.filter(({ action }) => action === 'none').length} unchanged`,
    ...counted(count(['failed']), 'failed'),
    ...counted(count(['not-reached']), 'not reached'),
    ...counted(plan.steps.filter(({ action }) => action === 'impossible').length, 'impossible'),
  ];
  return `${lines.join('')}${parts.join(', ')}.\n`;
}

function resultLine(result: LinkResult, unicode: boolean): string {
  const { link } = result;
  const name = formatPackageReference(link);
  switch (result.outcome) {
    case 'failed':
      return `${symbolOf('fail', unicode)} ${name}: ${result.error.message}`;
    case 'not-reached':
      return `${symbolOf('skip', unicode)} ${name}: not reached`;
    default:
      return `${symbolOf('pass', unicode)} ${name}: ${result.outcome} to ${link.owner}/${link.repository}`;
  }
}

/** One owner that cannot be read is one reason, however many links it has. */
function reasons(steps: readonly LinkStep[]): string[] {
  return [...new Set(steps.flatMap((step) => (step.action === 'impossible' ? [step.reason] : [])))];
}

function numbers(steps: readonly LinkStep[]): string {
  const count = (...wanted: readonly LinkStep['action'][]): number =>
    steps.filter(({ action }) => wanted.includes(action)).length;
  return [
    `${count('link', 'move')} to link`,
    `${count('move')} to unlink`,
    `${count('none')} unchanged`,
    ...counted(count('impossible'), 'impossible'),
  ].join(', ');
}

function counted(count: number, what: string): string[] {
  return count === 0 ? [] : [`${count} ${what}`];
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ').replace(/ +$/, '');
}
