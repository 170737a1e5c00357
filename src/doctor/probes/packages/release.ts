import type { ForgeServer } from '../../../client/packages/server';
import type { Flavor } from '../../../declaration/model';
import type { ForgeVersion } from '../../../declaration/version';
import { atLeast, parseForgeVersion } from '../../../declaration/version';
import type { Severity } from '../../../rules/check';
import { nameOf, server } from '../../observe/server';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Probe } from '../../probe';
import type { DoctorRequest } from '../../request';

/** Oldest release of each product whose registry is worth its name. */
const OLDEST: { readonly [F in Flavor]: string } = { gitea: '1.24.0', forgejo: '11.0.0' };

interface Defect {
  readonly severity: Severity;
  readonly why: string;
}

const OLD_ROWS: Defect = {
  severity: 'error',
  why: 'it keeps the row and the layers of the image a re-pushed tag named before (#35853), and answers a 500 page where a layer or a child is missing (#36020)',
};

/** Releases of Gitea that break the registry in a way their neighbours do not. */
const BROKEN: ReadonlyMap<string, Defect> = new Map([
  ['1.25.0', OLD_ROWS],
  ['1.25.1', OLD_ROWS],
  [
    '1.25.2',
    {
      severity: 'warning',
      why: 'it answers a 500 page to a manifest with a missing layer or child, a wrong size or a nested index (#36020)',
    },
  ],
  [
    '1.26.0',
    {
      severity: 'error',
      why: 'it offers Basic beside Bearer to everybody: docker then asks for a password where anybody may pull (#37289)',
    },
  ],
]);

/** P10: the release is not older than those whose registry is sound. */
export const releaseSupported = releaseProbe('REG642', (version, name) =>
  atLeast(version, OLDEST[version.flavor])
    ? passed('REG642', name)
    : broken('REG642', {
        severity: 'warning',
        observed: name,
        expected: `${version.flavor === 'forgejo' ? 'Forgejo' : 'Gitea'} ${OLDEST[version.flavor]} or newer`,
      }),
);

/** P10: the release is none of those that break the registry. */
export const releaseSound = releaseProbe('REG643', (version, name) => {
  const defect = version.flavor === 'gitea' ? BROKEN.get(version.number) : undefined;
  if (defect === undefined) {
    return passed('REG643', name);
  }
  return version.preRelease
    ? passed('REG643', name, `a build on the way to ${version.number}: its faults are not known`)
    : broken('REG643', {
        severity: defect.severity,
        observed: name,
        expected: 'a release without this defect',
        why: defect.why,
      });
});

function releaseProbe(
  code: string,
  judge: (version: ForgeVersion, name: string) => Outcome,
): Probe {
  return {
    code,
    step: 'P10',
    scope: 'registry',
    needs: ['REG910'],
    sends: 'nothing more: reads the version',
    decide: async (sight) => {
      const { server: known } = await sight.see(server);
      if (known === undefined) {
        return [];
      }
      return known.version === undefined
        ? [skipped(code, `a version that can be compared: ${nameOf(known)}`)]
        : [explained(judge(known.version, nameOf(known)), known, sight.request)];
    },
  };
}

/** A declaration that names another release explains what is seen, and replaces nothing. */
function explained(
  outcome: Outcome,
  { version }: ForgeServer,
  { declaration }: DoctorRequest,
): Outcome {
  const declared = declaration?.release.appVersion;
  if (declared === undefined || version === undefined || outcome.note !== undefined) {
    return outcome;
  }
  return numberOf(declared) === version.number
    ? outcome
    : { ...outcome, note: `the declaration names appVersion '${declared}'` };
}

function numberOf(text: string): string | undefined {
  try {
    return parseForgeVersion(text).number;
  } catch {
    return undefined;
  }
}
