import { joined } from '../../../client/packages/address';
import { rootUrl } from '../../../declaration/host';
import type { PackageReference } from '../../../declaration/package-reference';
import type { Fix } from '../../outcome';
import type { Sight } from '../../sight';

/** Where a package is linked by hand. */
export function inTheWeb(
  { request: { host, declaration } }: Sight,
  { owner, type, name }: PackageReference,
): Fix {
  return {
    kind: 'text',
    text: `link it in the web interface: ${rootUrl(declaration ?? { host })}${joined(owner, '-', 'packages', type, name)}, a version of it, Settings; or upgrade`,
  };
}
