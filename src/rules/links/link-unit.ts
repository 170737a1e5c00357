import { quote } from '../../declaration/problem';
import { isTemplate } from '../limits/template-text';
import type { IniSetting } from '../read/ini-setting';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { standingSettings } from '../values/standing-settings';
import { countOf, declaredLinks } from './declared-link';

/** REG915: a repository without its packages unit takes no package. */
export const linkUnit: Rule = {
  code: 'REG915',
  slug: 'link-unit',
  title: "the repository's packages unit is on",
  severity: 'error',
  gate: 'forks have no packages unit by default since 1.19',
  why: 'to link a package is to write to the packages unit of the repository: where the unit is off nobody may, not even its owner or a site admin',
  shows: [
    '`POST …/-/link/REPO`: 403 `permission denied`, for owners of the organization and site admins too',
    '`GET /api/v1/repos/OWNER/REPO`: `"has_packages": false`',
    'the repository has no tab for packages',
  ],
  fix: '`PATCH /api/v1/repos/OWNER/REPO` with `{"has_packages": true}`; for all repositories keep `repo.packages` out of DISABLED_REPO_UNITS and in the default units',
  links: [
    'https://github.com/go-gitea/gitea/pull/22541',
    'https://github.com/go-gitea/gitea/pull/24189',
    'https://docs.gitea.com/administration/config-cheat-sheet#repository-repository',
  ],
  judgeRegistry: (registry) =>
    declaredLinks(registry).length === 0
      ? []
      : [
          ...withSettings(registry, 'DISABLED_REPO_UNITS', disables),
          ...withSettings(registry, 'DEFAULT_REPO_UNITS', leavesOut),
          ...withSettings(registry, 'DEFAULT_FORK_REPO_UNITS', leavesOut),
        ],
};

const PACKAGES = 'repo.packages';

/** Every key of a unit (models/unit). */
const UNITS: ReadonlySet<string> = new Set(
  'repo.code repo.issues repo.ext_issues repo.pulls repo.releases repo.wiki repo.ext_wiki repo.projects repo.packages repo.actions'.split(
    ' ',
  ),
);

/** What a list of units means for repositories, and how to mend it. */
const MEANING = {
  DISABLED_REPO_UNITS: {
    means: 'no repository has a packages unit',
    expected: "a list without 'repo.packages'",
    fix: 'take `repo.packages` out of `repository.DISABLED_REPO_UNITS`; what the repositories had before comes back',
  },
  DEFAULT_REPO_UNITS: {
    means: 'new repositories have no packages unit',
    expected: "a list with 'repo.packages'",
    fix: 'add `repo.packages` to `repository.DEFAULT_REPO_UNITS`; repositories that exist already: `PATCH /api/v1/repos/OWNER/REPO` with `{"has_packages": true}`',
  },
  DEFAULT_FORK_REPO_UNITS: {
    means: 'new forks have no packages unit',
    expected: "a list with 'repo.packages', or links to no fork",
    fix: 'add `repo.packages` to `repository.DEFAULT_FORK_REPO_UNITS`; forks that exist already: `PATCH /api/v1/repos/OWNER/REPO` with `{"has_packages": true}`',
  },
} as const;

function withSettings(
  registry: RegistryView,
  key: keyof typeof MEANING,
  isWrong: (setting: IniSetting) => boolean,
): Violation[] {
  const settings = standingSettings(registry, 'repository', key);
  // Where one of several files says otherwise nobody here knows which is laid over the others.
  return settings.every(isWrong)
    ? settings.map(({ text, at }) => ({
        at,
        severity: 'warning',
        observed: `${key} is ${quote(text)}: ${MEANING[key].means}, while ${countOf(declaredLinks(registry))}`,
        expected: MEANING[key].expected,
        fix: MEANING[key].fix,
      }))
    : [];
}

function disables({ text }: IniSetting): boolean {
  return unitsOf(text).includes(PACKAGES);
}

/** A list without one known unit is the built-in default. */
function leavesOut({ text }: IniSetting): boolean {
  const units = unitsOf(text);
  return units.length > 0 && !units.includes(PACKAGES);
}

/** Known units of a list, in lower case: Gitea ignores their case, and passes over what it does not know. */
function unitsOf(text = ''): string[] {
  return isTemplate(text)
    ? []
    : text
        .split(',')
        .map((unit) => unit.trim().toLowerCase())
        .filter((unit) => UNITS.has(unit));
}
