import { matches } from '../../declaration/grammar';
import { OWNER_NAME } from '../../declaration/owner-name';
import { REPOSITORY_NAME } from '../../declaration/repository-name';

/** Whether a text is `owner/repo`, so that nothing else gets into a URL. */
export function isRepository(text: string): boolean {
  const [owner, name, ...more] = text.split('/');
  return matches(OWNER_NAME, owner) && matches(REPOSITORY_NAME, name ?? '') && more.length === 0;
}
