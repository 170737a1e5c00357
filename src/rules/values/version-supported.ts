import type { Flavor } from '../../declaration/model';
import { atLeast } from '../../declaration/version';
import type { SeenVersion } from '../read/forge-version';
import { distinctVersions, PRODUCT } from '../read/forge-version';
import type { Rule, Violation } from '../rule';

/** Oldest release of each product whose registry is worth its name. */
const OLDEST: { readonly [F in Flavor]: string } = { gitea: '1.24.0', forgejo: '11.0.0' };

/** REG642: older releases lose pushes that run side by side. */
export const versionSupported: Rule = {
  code: 'REG642',
  slug: 'version-supported',
  title: 'Gitea is ≥1.24 or Forgejo ≥11',
  severity: 'warning',
  gate: 'fixes in Gitea 1.22.2, 1.22.3, 1.23 and 1.24',
  why: 'older releases answer 500 to pushes that run side by side and to multi-arch pushes, cannot link packages over REST, and clean up no more than 200 versions of a package in a run',
  shows: [
    'docker buildx --push: `unexpected status from PUT request to …/manifests/…: 500 Internal Server Error`, at random',
    'Gitea log: `Error inserting package: package version already exists`',
    'link over REST: 404 `404 page not found`',
  ],
  fix: 'upgrade to a current release, with the chart that belongs to it',
  links: [
    'https://github.com/go-gitea/gitea/issues/31964',
    'https://github.com/go-gitea/gitea/issues/33010',
  ],
  judgeRegistry: (registry) => distinctVersions(registry).flatMap(oldVersion),
};

function oldVersion({ version, text, at }: SeenVersion): Violation[] {
  const { flavor } = version;
  return atLeast(version, OLDEST[flavor])
    ? []
    : [
        {
          at,
          observed: `${PRODUCT[flavor]} '${text}'`,
          expected: `${PRODUCT[flavor]} ${OLDEST[flavor]} or newer`,
        },
      ];
}
