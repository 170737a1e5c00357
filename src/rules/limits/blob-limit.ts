import { quote } from '../../declaration/problem';
import { giteaSize } from '../../declaration/size';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import type { PackageLimit } from './package-limits';
import { CONTAINER_SIZE, packageLimits } from './package-limits';

/** REG460: `LIMIT_SIZE_<TYPE>` is compared with each uploaded file or layer, after the whole upload. */
export const blobLimit: Rule = {
  code: 'REG460',
  slug: 'blob-limit',
  title:
    'LIMIT_SIZE_CONTAINER (and the limit of every other type) admits the largest declared layer or file',
  severity: 'error',
  why: 'the limit is compared with one blob, not with an image, and only after the whole upload; `0` refuses every upload, it does not mean unlimited',
  shows: [
    'docker push: `denied`, or `unknown: ` with status 403 and an empty body, after a layer was sent completely',
    'generic packages: 403 `maximum allowed package type size exceeded`',
    'a site admin is never refused: the same push works for the admin',
  ],
  fix: 'container: `packages.LIMIT_SIZE_CONTAINER: "-1"` (REG462 tells why), then see whether the store lost layers (REG735); other types: a size with unit, as a string',
  links: [
    'https://github.com/go-gitea/gitea/pull/21584',
    'https://github.com/go-gitea/gitea/pull/22450',
  ],
  judgeRegistry: (registry) =>
    packageLimits(registry)
      .filter(({ key }) => key.startsWith('LIMIT_SIZE_'))
      .flatMap((limit) => [...refusesAll(limit), ...refusesLargest(limit, registry)]),
};

function refusesAll(limit: PackageLimit): Violation[] {
  return limit.amount === 0
    ? [
        {
          at: limit.at,
          observed: `${limit.key} is ${quote(limit.text)}, which refuses every upload`,
          expected: '-1 (unlimited), or a size',
          fix: fixOf(limit, '-1'),
        },
      ]
    : [];
}

function refusesLargest(limit: PackageLimit, { declaration }: RegistryView): Violation[] {
  const largest = declaration?.limits.largestLayer;
  if (largest === undefined || limit.amount <= 0 || limit.amount >= giteaSize(largest)) {
    return [];
  }
  const isContainer = limit.key === CONTAINER_SIZE;
  return [
    {
      at: limit.at,
      observed: `${limit.key} is ${quote(limit.text)}`,
      expected: `-1 (unlimited), or at least ${largest}, the largest declared layer or file`,
      fix: fixOf(limit, largest),
      ...(!isContainer && {
        severity: 'warning' as const,
        why: 'the largest declared layer or file is larger than this type admits; that matters as soon as it is of this type',
      }),
    },
  ];
}

function fixOf({ key }: PackageLimit, size: string): string {
  return key === CONTAINER_SIZE
    ? `\`packages.${key}: "-1"\`; what was refused until now may have cost stored layers (REG462, REG735)`
    : `\`packages.${key}: "${size}"\``;
}
