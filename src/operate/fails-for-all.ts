import type { ClientError } from '../client/error';

/** Whether the next request would fail alike: the credential is refused, or the server no longer answers. */
export function failsForAll({ code, facts: { status, url } }: ClientError): boolean {
  return code === 'REG312' || code === 'REG314' || (url !== undefined && status === undefined);
}
