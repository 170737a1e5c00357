import { bearer } from '../../client/http/credential';
import type { PackageReference } from '../../declaration/package-reference';
import { isAnswered } from '../ask';
import type { Sight } from '../sight';
import { signedIn } from './signed-in';
import { askSafely } from './token-answer';

/**
 * Whether an image without a version still has its package: then its list of tags is empty, and unknown once the package
 * is gone (Gitea's `GetTagsList`). The API lists neither.
 */
export async function hasEmptyRow(
  sight: Sight,
  { owner, type, name }: PackageReference,
): Promise<boolean> {
  const { token } = (await sight.see(signedIn)) ?? {};
  if (type !== 'container' || token === undefined) {
    return false;
  }
  const path = [owner.toLowerCase(), ...name.split('/')].map(encodeURIComponent).join('/');
  const seen = await askSafely(sight, () => ({
    url: `/v2/${path}/tags/list?n=1`,
    surface: 'v2',
    authorize: bearer(token.value, sight.path.origin.origin),
  }));
  return isAnswered(seen) && seen.status === 200 && /"tags"\s*:\s*(\[\s*\]|null)/.test(seen.body);
}
