import type { Severity } from '../check';
import { lookUp } from '../look-up';
import type { SeenVersion } from '../read/forge-version';
import { distinctVersions } from '../read/forge-version';
import type { Rule, Violation } from '../rule';

interface Defect {
  readonly severity: Severity;
  readonly why: string;
  readonly fix: string;
}

const OLD_ROWS: Defect = {
  severity: 'error',
  why: '1.25.0 and 1.25.1 keep the row, the date and the layers of the image a re-pushed tag named before (#35853), and answer a 500 page where a layer or a child is missing (#36020)',
  fix: 'upgrade to 1.25.3 or newer; tags pushed meanwhile keep their old rows, see REG725',
};

/** Releases of Gitea that break the registry in a way their neighbours do not. */
const BROKEN: { readonly [number: string]: Defect } = {
  '1.25.0': OLD_ROWS,
  '1.25.1': OLD_ROWS,
  '1.25.2': {
    severity: 'warning',
    why: '1.25.2 answers a 500 page to a manifest with a missing layer or child, a wrong size or a nested index (#36020)',
    fix: 'upgrade to 1.25.3 or newer',
  },
  '1.26.0': {
    severity: 'error',
    why: '1.26.0 advertises Basic beside Bearer to everybody: docker then asks for a password where anybody may pull (#37289)',
    fix: 'upgrade to 1.26.1 or newer',
  },
};

/** REG643: four releases of Gitea have a registry that is broken in a known way. */
export const versionNotBroken: Rule = {
  code: 'REG643',
  slug: 'version-not-broken',
  title: 'the version is not one with a known registry defect',
  severity: 'error',
  gate: 'Gitea 1.25.0, 1.25.1, 1.25.2, 1.26.0',
  why: 'the release has a defect of the container registry that its successor mends',
  shows: [
    '1.25.0, 1.25.1: a re-pushed `latest` keeps its old date and shows several digests',
    '1.25.0 to 1.25.2: docker push ends with a 500 page; Gitea log: `PANIC: runtime error` in PutManifest',
    '1.26.0: docker pull of a public image: `no basic auth credentials` or 401',
  ],
  fix: 'take 1.25.3 or newer of 1.25, 1.26.1 or newer of 1.26',
  links: [
    'https://github.com/go-gitea/gitea/issues/35853',
    'https://github.com/go-gitea/gitea/issues/36020',
    'https://github.com/go-gitea/gitea/issues/37289',
  ],
  judgeRegistry: (registry) => distinctVersions(registry).flatMap(brokenVersion),
};

function brokenVersion({ version, moving, text, at }: SeenVersion): Violation[] {
  const defect = lookUp(BROKEN, version.number);
  if (version.flavor !== 'gitea' || moving || !defect) {
    return [];
  }
  if (version.preRelease) {
    return [
      {
        at,
        severity: 'info',
        observed: `Gitea '${text}', a build on the way to ${version.number}`,
        expected: 'a release',
        why: 'what holds for releases is not known of a build in between; those of late 2025 have the faults of 1.25.0 to 1.25.2',
        fix: 'take a release for a registry that others depend on',
      },
    ];
  }
  return [
    {
      at,
      severity: defect.severity,
      observed: `Gitea '${text}'`,
      expected: 'a release without this defect',
      why: defect.why,
      fix: defect.fix,
    },
  ];
}
