import { formatPackageReference } from '../../declaration/package-reference';
import { quote } from '../../declaration/problem';
import type { Rule, Violation } from '../rule';
import type { LikelyImage } from './likely-image';
import { likelyImages } from './likely-image';

/** REG913: a link needs a package that was pushed under that very name. */
export const linkPackage: Rule = {
  code: 'REG913',
  slug: 'link-package',
  title: 'the package exists under that owner and type',
  severity: 'error',
  why: 'only a package that was pushed can be linked; another owner, type or spelling is another package to Gitea, and the cleanup drops a package some time after its last version',
  shows: [
    '`POST …/-/link/REPO`: 404 in JSON, ending in `package does not exist`',
    '`GET /api/v1/packages/OWNER/TYPE/NAME`: an empty list, for a package that never was as for one without versions',
    'link is 201 and tags/list has `"tags": []`: all versions are deleted, and the link goes with the next cleanup',
  ],
  fix: 'push first, then link; `gitea-registry ls OWNER` shows owner, type and name of what is there',
  links: [
    'https://docs.gitea.com/usage/packages/overview',
    'https://github.com/go-gitea/gitea/pull/33481',
  ],
  judgeRegistry: (registry) => likelyImages(registry).map(mistaken),
};

function mistaken({ link: { owner, type, name, at }, image }: LikelyImage): Violation {
  const sameOwner = image.startsWith(`${owner.toLowerCase()}/`);
  return {
    at: at.get(sameOwner ? 'name' : 'owner'),
    severity: 'warning',
    observed: `a link of ${quote(formatPackageReference({ owner, type, name }))}, while the image in use is ${quote(image)}`,
    expected: 'owner and name under which the image is pushed',
    fix: `link ${quote(image)} if that is meant: the name of an image is all that follows 'HOST/OWNER/'`,
  };
}
