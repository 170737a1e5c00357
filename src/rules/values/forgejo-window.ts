import type { Flavor } from '../../declaration/model';
import { quote } from '../../declaration/problem';
import type { ForgeVersion } from '../../declaration/version';
import type { ChartValues } from '../read/chart-values';
import { forgeOfImage } from '../read/forge-image';
import type { SeenVersion } from '../read/forge-version';
import {
  declaredVersion,
  PRODUCT,
  versionOfValues,
  versionsOfWorkload,
} from '../read/forge-version';
import type { Workload } from '../read/workload';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';

/** REG644: Gitea and Forgejo share a database up to Gitea 1.22; from 1.23 on they do not. */
export const forgejoWindow: Rule = {
  code: 'REG644',
  slug: 'forgejo-window',
  title: 'a move from Gitea to Forgejo stays inside the supported window',
  severity: 'error',
  gate: 'Gitea ≤1.21 to Forgejo 7 to 10, Gitea 1.22 to Forgejo 8 to 10, none from Gitea 1.23 on',
  why: 'the two change the database each in its own way: Forgejo takes over that of Gitea up to 1.22, and neither takes over a newer one of the other; an image that is only swapped does not start, or starts and breaks the database',
  shows: [
    'log of the new pod: `Your database (migration version: …) is for a newer Gitea, you can not use the newer database for this old Gitea release`',
    'the pod of the forge restarts without end after the image or the chart was changed',
  ],
  fix: 'stay with the product that runs, or move through versions that are supported, with a backup of the database; where there is no way, set the other one up anew and let it migrate repository by repository',
  unseen: 'a server that does not start answers nothing: only the log of its pod tells why',
  links: [
    'https://forgejo.org/2024-12-gitea-compatibility',
    'https://github.com/go-gitea/gitea/issues/34445',
  ],
  judgeRegistry: (registry) => {
    const steps = [...running(registry), ...deployed(registry), ...declaredVersion(registry)];
    const wanted = steps.at(-1);
    return wanted === undefined ? [] : steps.flatMap((present) => misstep(present, wanted));
  },
};

/** Versions the rendered workloads of the release run. */
function running(registry: RegistryView): SeenVersion[] {
  return registry.forges
    .filter((workload) => isOfRelease(workload, registry))
    .flatMap((workload) => versionsOfWorkload(workload).slice(0, 1));
}

/** Whether a workload is the server of the very release: another one may run beside it on purpose. */
function isOfRelease({ manifest, namespace }: Workload, { facts }: RegistryView): boolean {
  const { releaseName } = facts;
  const instance = manifest.root.get('metadata', 'labels', 'app.kubernetes.io/instance').text;
  const names = [releaseName, `${releaseName}-gitea`, `${releaseName}-forgejo`];
  return (
    releaseName !== undefined &&
    namespace === facts.namespace &&
    ['Deployment', 'StatefulSet'].includes(manifest.kind) &&
    (instance === undefined ? names.includes(manifest.name) : instance === releaseName)
  );
}

/** Versions the objects of GitOps tools install the release with. A bare file does not say of which release it is. */
function deployed({ values, facts }: RegistryView): SeenVersion[] {
  return values
    .filter(
      ({ releaseName, namespace }) =>
        releaseName !== undefined &&
        releaseName === facts.releaseName &&
        namespace === facts.namespace,
    )
    .flatMap((one) => {
      const flavor = flavorOf(one);
      return flavor ? versionOfValues({ ...one, chart: flavor }) : [];
    });
}

/** The product by the name of the image, else of the chart; the form of values alone is not sure enough. */
function flavorOf({ root, chartVersion }: ChartValues): Flavor | undefined {
  const image = root.get('image');
  const source = chartVersion?.outer;
  const names = [
    image.get('fullOverride'),
    image.get('repository'),
    source?.get('chart'),
    source?.get('repoURL'),
  ];
  const named = names.find((name) => name?.text)?.text ?? '';
  return forgeOfImage(named.replace(/(-\d[\w.+-]*\.tgz|\/)$/, ''));
}

function misstep({ version, text, at }: SeenVersion, wanted: SeenVersion): Violation[] {
  const { flavor } = version;
  if (flavor === wanted.version.flavor) {
    return [];
  }
  const fault = flavor === 'gitea' ? toForgejo(version, wanted.version) : toGitea(version);
  return fault
    ? [
        {
          at,
          observed: `${PRODUCT[flavor]} ${quote(text)} runs here, and ${PRODUCT[wanted.version.flavor]} ${quote(wanted.text)} is to take its place`,
          ...fault,
        },
      ]
    : [];
}

type Fault = Pick<Violation, 'expected'> & Partial<Pick<Violation, 'severity' | 'fix'>>;

/** Last Forgejo that takes over a database of Gitea. */
const LAST = 10;

function toForgejo(gitea: ForgeVersion, forgejo: ForgeVersion): Fault | undefined {
  const [, minor] = numbersOf(gitea);
  const [major] = numbersOf(forgejo);
  if (minor >= 23) {
    return { expected: 'Gitea: there is no way from Gitea 1.23 or newer to any Forgejo' };
  }
  const first = minor === 22 ? 8 : 7;
  if (major > LAST) {
    return {
      expected: `Forgejo ${first} to ${LAST} as the first step`,
      fix: `move to Forgejo ${LAST} first, let it start, then upgrade it`,
      // Of older databases it is only said that this is done in two steps.
      ...(minor < 22 && { severity: 'warning' as const }),
    };
  }
  // Up to 1.21 the two had the same versions, and Forgejo was Gitea with patches.
  return major >= first || (minor < 22 && major === 1)
    ? undefined
    : { expected: `Forgejo ${first} to ${LAST}`, fix: `take Forgejo ${LAST}` };
}

/** Since Forgejo 7 nothing leads back. */
function toGitea(forgejo: ForgeVersion): Fault | undefined {
  return numbersOf(forgejo)[0] >= 7
    ? { expected: 'Forgejo: no Gitea takes over the database of Forgejo 7 or newer' }
    : undefined;
}

function numbersOf({ number }: ForgeVersion): readonly number[] {
  return number.split('.').map(Number);
}
