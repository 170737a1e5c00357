import { serverText } from '../../../client/server-text';
import type { HelmRelease } from '../../../cluster';
import type { RegistryDeclaration } from '../../../declaration/model';
import { quote } from '../../../declaration/problem';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Sight } from '../../sight';
import { liveReleases } from '../live-releases';
import { ownRelease } from '../own-release';
import { declaredSettings, isSameValue } from './declared-settings';
import { releasedSettings } from './released-settings';
import { settingName, shownSetting } from './shown-setting';
import { unsyncedApplications } from './applications';

const CODE = 'REG635';

/** Settings that are told one by one. */
const MOST_TOLD = 4;

/** REG635: the release was made with the values that are declared, and the tool that makes it agrees. */
export async function valuesDrift(sight: Sight): Promise<readonly Outcome[]> {
  const { declaration } = sight.request;
  const [release, applications, known] = await Promise.all([
    sight.see(ownRelease),
    unsyncedApplications(sight),
    sight.see(liveReleases),
  ]);
  const helm = release?.helm;
  const drift = declaration && helm ? driftOf(declaration, helm) : [];
  if (drift.length > 0 || applications.length > 0) {
    return [...(helm && drift.length > 0 ? [outcomeOf(helm, drift)] : []), ...applications];
  }
  if (declaration === undefined) {
    return [];
  }
  const unread = known?.missing[0];
  return helm
    ? [passed(CODE, `revision ${helm.revision} has the declared values`)]
    : [
        skipped(
          CODE,
          unread
            ? `needs ${unread.why}`
            : `Helm keeps no release '${declaration.release.namespace}/${declaration.release.name}' in Secrets or ConfigMaps`,
        ),
      ];
}

function driftOf(declaration: RegistryDeclaration, helm: HelmRelease): string[] {
  const released = releasedSettings(helm);
  return declaredSettings(declaration).flatMap(({ section, key, value }) => {
    const live = released.value(section, key);
    if (live === undefined) {
      // A Secret may set it instead.
      return released.hasOtherSources ? [] : [`${settingName(section, key)} is not in the values`];
    }
    return value === undefined || isSameValue(key, live, value)
      ? []
      : [`${shownSetting(section, key, live)}, declared is ${quote(value)}`];
  });
}

function outcomeOf({ namespace, name, revision }: HelmRelease, drift: readonly string[]): Outcome {
  const more = drift.length > MOST_TOLD ? `; and ${drift.length - MOST_TOLD} more` : '';
  return broken(CODE, {
    severity: 'warning',
    observed: serverText(
      `values of Helm release ${namespace}/${name}, revision ${revision}: ${drift.slice(0, MOST_TOLD).join('; ')}${more}`,
      800,
    ),
    expected: 'the settings that are declared',
  });
}
