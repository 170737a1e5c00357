import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import type { Manifest } from '../manifest';
import { shellCommands } from '../read/shell-command';
import { containersOf } from '../read/workload';

/** A word of a command, and where it stands. */
export interface Word {
  readonly text: string;
  /** The argument; for a script the whole script. */
  readonly at: Cursor;
}

/** A simple command that a container runs, word by word. */
export type Command = readonly Word[];

/** Texts that may talk to a forge: its command for tokens, its REST API. */
const TALKS_TO_FORGE = /access-token|\/api\/v1\//;

/** Commands of containers, values and scripts that ask a forge for tokens, users or organizations. */
export function provisioningCommands(estate: Estate): readonly Command[] {
  return estate.remember('provisioning commands', () => [
    ...estate.workloads.flatMap(({ pod }) => containersOf(pod).flatMap(commandsOfContainer)),
    ...estate.values.filter(({ chart }) => chart !== 'traefik').flatMap(commandsOfValues),
    ...estate.ofKind('ConfigMap').flatMap(commandsOfScripts),
  ]);
}

/** Lists of containers in values of the Gitea and Forgejo charts. */
const CONTAINER_LISTS = [
  'extraContainers',
  'extraInitContainers',
  'preExtraInitContainers',
  'postExtraInitContainers',
] as const;

function commandsOfValues({ root }: { readonly root: Cursor }): Command[] {
  return [
    ...CONTAINER_LISTS.flatMap((list) => root.get(list).items()).flatMap(commandsOfContainer),
    ...commandsOfScript(root.get('initPreScript')),
  ];
}

/** A command given word by word; a word that is itself a script, as after `sh -c`, is read as one. */
function commandsOfContainer(container: Cursor): Command[] {
  const words = ['command', 'args']
    .flatMap((list) => container.get(list).items())
    .flatMap((at) => (at.text === undefined ? [] : [{ text: at.text, at }]));
  const isScript = ({ text }: Word): boolean => /\s/.test(text) && TALKS_TO_FORGE.test(text);
  return [
    words.filter((word) => !isScript(word)),
    ...words.filter(isScript).flatMap(({ at }) => commandsOfScript(at)),
  ];
}

function commandsOfScripts({ root }: Manifest): Command[] {
  return root
    .get('data')
    .entries()
    .filter(([name, at]) => name.endsWith('.sh') || at.text?.startsWith('#!'))
    .flatMap(([, at]) => commandsOfScript(at));
}

function commandsOfScript(at: Cursor): Command[] {
  const { text } = at;
  return text !== undefined && TALKS_TO_FORGE.test(text)
    ? shellCommands(text).map((words) => words.map((word) => ({ text: word, at })))
    : [];
}

/** Value of a flag, `--name value` or `--name=value`, with one dash or two; undefined where it does not stand. */
export function flagOf(command: Command, name: string): Word | undefined {
  for (const [index, { text, at }] of command.entries()) {
    const match = /^--?([a-z-]+)(?:=(.*))?$/s.exec(text);
    if (match?.[1] === name) {
      return match[2] === undefined ? command[index + 1] : { text: match[2], at };
    }
  }
  return undefined;
}

/** API group of the custom resources with which operators make users, organizations and tokens of a forge. */
export function isForgeResource({ apiVersion }: Manifest): boolean {
  return /(^|\.)gitea\.|^hyperspike\.io\//.test(apiVersion);
}
