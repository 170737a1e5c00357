import { REDACTED } from '../../declaration/credential';

/** Headers a route may set that are no credentials. */
const HARMLESS =
  /^(x-forwarded-.*|x-scheme|x-frame-options|host|strict-transport-security|access-control-.*|docker-distribution-api-version|www-authenticate)$/i;

/** The value of a header that a route sets, or that it has one: any header may hold a credential. */
export function headerValue(header: string, value: unknown): unknown {
  return value === '' || HARMLESS.test(header) ? value : REDACTED;
}
