/** Scope of everything that reads (distribution, "Token Scope Documentation"). */
export function pullScope(repository: string): string[] {
  return [`repository:${repository}:pull`];
}

/**
 * Scopes of an upload, and of the look whether it is needed.
 *
 * @param from repository a blob is mounted from
 */
export function pushScopes(repository: string, from?: string): string[] {
  return [
    `repository:${repository}:pull,push`,
    ...(from === undefined ? [] : [`repository:${from}:pull`]),
  ];
}

/** Scope of everything that deletes. */
export function deleteScope(repository: string): string[] {
  return [`repository:${repository}:pull,delete`];
}
