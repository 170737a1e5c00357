import { quote } from '../../declaration/problem';
import type { Rule } from '../rule';
import { CONTAINER_SIZE, OWNER_SIZE, packageLimits } from './package-limits';

/** REG462: a container upload that these two limits refuse takes the stored blob of its digest along. */
export const limitsSpareBlobs: Rule = {
  code: 'REG462',
  slug: 'limits-spare-blobs',
  title: 'no limit is set whose refusal of a container upload deletes stored blobs',
  severity: 'warning',
  gate: 'all; tried on Gitea 1.26-dev and Forgejo 11, no fix known',
  why: 'Gitea compares the quota before it asks the store, and its error path deletes the file of that digest, for every owner and image that uses it: pushing a layer somebody already has, above the limit or to a full owner, removes it, by accident or on purpose',
  shows: [
    'docker push: 403 with an empty body; from then on `blob unknown to registry` when others pull images with that layer',
    '`curl -I https://HOST/v2/OWNER/IMAGE/blobs/sha256:…`: 404 for a layer that a stored manifest names',
    '`gitea doctor` finds nothing: the row of the blob is still there',
  ],
  fix: '`packages.LIMIT_SIZE_CONTAINER: "-1"`, and `packages.LIMIT_TOTAL_OWNER_SIZE: "-1"` where it was ever set (app.ini keeps old values); watch sizes by an alert; after any 403 on a push look for lost blobs (REG735)',
  links: [
    'https://github.com/go-gitea/gitea/pull/22450',
    'https://github.com/go-gitea/gitea/pull/21584',
  ],
  judgeRegistry: (registry) =>
    packageLimits(registry)
      .filter(({ key, amount }) => (key === CONTAINER_SIZE || key === OWNER_SIZE) && amount >= 0)
      .map(({ key, text, at }) => ({
        at,
        observed: `${key} is ${quote(text)}`,
        expected: '-1 (unlimited)',
        fix: `\`packages.${key}: "-1"\`, written out, for app.ini keeps old values; an alert instead of the limit; after any 403 on a push look for lost blobs (REG735)`,
      })),
};
