import type { Grammar } from './grammar';
import { splitHost, SSH_DOMAIN } from './host';
import type { RegistryDeclaration } from './model';
import type { Problem } from './problem';
import { list, text } from './schema';

const CODE = 'REG452';

const PROXIED_NAME: Grammar = {
  ...SSH_DOMAIN,
  allowed:
    "must be a host name such as 'www.example.org', in lower case, without scheme, port or path",
  code: CODE,
};

/** Host names behind a CDN. */
export const cdnProxiedSchema = list(text(PROXIED_NAME), 20);

/** What no single field can say: a name behind a CDN serves pages, and no pushes. */
export function cdnProblems({ host, cdnProxied = [] }: RegistryDeclaration): Problem[] {
  return cdnProxied.includes(splitHost(host).name)
    ? [
        {
          path: 'host',
          value: host,
          allowed:
            'is behind a CDN, by cdnProxied, which caps the body of one request: large layers cannot be pushed. Declare a host that DNS leads past the CDN, and keep this name as uiHost',
          code: CODE,
        },
      ]
    : [];
}
