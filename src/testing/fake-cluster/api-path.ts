/** What a path below `/api` or `/apis` names. */
export interface ApiPath {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  /** @default - all namespaces, or a cluster-scoped resource */
  readonly namespace?: string;
  readonly plural: string;
  /** @default - the whole list */
  readonly name?: string;
  /** `exec`, `portforward`, `log`. */
  readonly subresource?: string;
}

/** Reads `/api/v1/namespaces/NS/pods/NAME/exec` and its like; undefined for a path that names no resource. */
export function parseApiPath(path: string): ApiPath | undefined {
  const [root, ...rest] = path
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
  if (root !== 'api' && root !== 'apis') return undefined;
  const [group, version, ...steps] = root === 'api' ? ['', ...rest] : rest;
  if (group === undefined || version === undefined || steps.length === 0) return undefined;
  if (steps[0] === 'namespaces' && steps.length > 2) {
    const [, namespace, plural, name, subresource] = steps;
    return { group, version, namespace, plural: plural!, name, subresource };
  }
  const [plural, name, subresource] = steps;
  return { group, version, plural: plural!, name, subresource };
}
