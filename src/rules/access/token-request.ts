import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import type { Command, Word } from './provisioning';
import { flagOf, isForgeResource, provisioningCommands } from './provisioning';

/** A token that something rendered here asks a forge for. */
export interface TokenRequest {
  /** Scopes asked for; undefined where none is named and the default of the command holds. */
  readonly scopes?: readonly string[];
  /** Where the scopes stand, or the request. */
  readonly at: Cursor;
}

/** Every token asked for by commands and custom resources. Scopes from variables cannot be seen and are left out. */
export function tokenRequests(estate: Estate): readonly TokenRequest[] {
  return [
    ...provisioningCommands(estate).flatMap(requestsOf),
    ...estate
      .ofKind('AccessToken')
      .filter(isForgeResource)
      .flatMap(({ root }) => ofResource(root.get('spec', 'forProvider', 'scopes'))),
  ];
}

function requestsOf(command: Command): TokenRequest[] {
  const word = (text: string): Word | undefined => command.find((one) => one.text === text);
  const generate = word('generate-access-token');
  if (generate) {
    return byFlag(command, 'scopes', generate);
  }
  const withUser = word('--access-token') ?? word('--access-token=true');
  if (withUser && word('create')) {
    return byFlag(command, 'access-token-scopes', withUser);
  }
  return command.some(({ text }) => TOKENS_ROUTE.test(text)) ? command.flatMap(ofBody) : [];
}

/** `POST /api/v1/users/{name}/tokens`. */
const TOKENS_ROUTE = /\/users\/[^/\s]+\/tokens(?:[?"'\s]|$)/;

function byFlag(command: Command, flag: string, request: Word): TokenRequest[] {
  const scopes = flagOf(command, flag);
  if (scopes === undefined) {
    return [{ at: request.at }];
  }
  return scopes.text.includes('$') ? [] : [{ scopes: listed(scopes.text), at: scopes.at }];
}

/** A JSON body with `scopes`; anything may stand around the list, variables of the shell included. */
function ofBody({ text, at }: Word): TokenRequest[] {
  const list = /"scopes"\s*:\s*\[([^\]]*)\]/.exec(text)?.[1];
  return list === undefined ? [] : [{ scopes: listed(list.replaceAll('"', '')), at }];
}

function ofResource(scopes: Cursor): TokenRequest[] {
  return scopes.items().flatMap((at) => (at.text === undefined ? [] : [{ scopes: [at.text], at }]));
}

/** Scopes in a list separated by commas. */
export function listed(text: string): string[] {
  return text.split(',').map((scope) => scope.trim());
}
