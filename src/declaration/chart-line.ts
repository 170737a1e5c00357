import type { Flavor, ReleaseDeclaration } from './model';
import type { Problem } from './problem';

/** Newest and oldest minor version of one major version of a chart. */
type Minors = readonly [oldest: number, newest: number];

/**
 * Lines of the charts whose values and app versions are known, by major version: every patch version of a line counts.
 * Gitea: the releases of `gitea/helm-gitea`; Forgejo: "Upgrading" in the README of `forgejo-helm`.
 */
const TESTED: { readonly [F in Flavor]: { readonly [major: number]: Minors } } = {
  gitea: { 9: [6, 6], 10: [0, 6], 11: [0, 0], 12: [0, 6] },
  forgejo: {
    11: [0, Infinity],
    12: [0, Infinity],
    13: [0, Infinity],
    14: [0, Infinity],
    15: [0, Infinity],
  },
};

/** Refuses a chart of a line nobody tried: its values may mean something else. */
export function chartLineProblems({
  flavor,
  chartVersion,
}: Pick<ReleaseDeclaration, 'flavor' | 'chartVersion'>): Problem[] {
  const [major, minor] = chartVersion.split(/[-+]/, 1)[0].split('.').map(Number);
  const [oldest, newest] = TESTED[flavor][major] ?? [Infinity, -Infinity];
  return minor >= oldest && minor <= newest
    ? []
    : [
        {
          path: 'release.chartVersion',
          value: chartVersion,
          allowed: `is of a line of the ${flavor} chart nobody tested; tested: ${linesOf(flavor)}. Use one of these, or a version of this package that knows the line`,
          code: 'REG640',
        },
      ];
}

function linesOf(flavor: Flavor): string {
  return Object.entries(TESTED[flavor])
    .map(([major, [oldest, newest]]) => {
      const all = oldest === 0 && newest === Infinity;
      const one = oldest === newest;
      return all ? `${major}.x` : `${major}.${oldest}${one ? '' : ` to ${major}.${newest}`}`;
    })
    .join(', ');
}
