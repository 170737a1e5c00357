import { joined } from '../../../client/packages/address';
import type { PackageReference } from '../../../declaration/package-reference';
import type { Fix } from '../../outcome';
import type { Sight } from '../../sight';

/** Where a package is linked by hand. */
export function inTheWeb(
  { request: { host } }: Sight,
  { owner, type, name }: PackageReference,
): Fix {
  return {
    kind: 'text',
    text: `link it in the web interface: https://${host}/${joined(owner, '-', 'packages', type, name)}, a version of it, Settings; or upgrade`,
  };
}
