import { asManifest, Estate, judge, RULES } from '../../../rules';
import type { LiveAppIni } from '../../../cluster';
import { rootUrl } from '../../../declaration/host';
import type { Outcome } from '../../outcome';
import { passed, skipped } from '../../outcome';
import type { DoctorRequest } from '../../request';
import type { Sight } from '../../sight';
import { liveAppIni } from '../live-app-ini';
import { outcomeOf } from '../rule-findings';

const CODE = 'REG720';
const SECTION = 'cron.cleanup_packages';

/** REG720: the schedule and age of the package cleanup as the running Gitea has them. */
export async function cleanupCron(sight: Sight): Promise<readonly Outcome[]> {
  const ini = await sight.see(liveAppIni);
  if (ini === undefined || 'unread' in ini) {
    return ini ? [skipped(CODE, ini.unread)] : [];
  }
  const found = judge(
    estateOf(ini.settings, sight.request),
    RULES.filter(({ code }) => code === CODE),
  ).findings.map(outcomeOf);
  const age = ini.settings.get(SECTION)?.get('OLDER_THAN');
  return found.length > 0
    ? found
    : [passed(CODE, `the cleanup is on, for what is older than ${age ?? "Gitea's default, 24h"}`)];
}

/** The settings as values of the chart: a form the rule knows. */
function estateOf(settings: LiveAppIni['settings'], request: DoctorRequest): Estate {
  const { declaration, host } = request;
  const { name, namespace, flavor } = declaration?.release ?? USUAL_RELEASE;
  const config = {
    server: { ROOT_URL: rootUrl(declaration ?? { host }) },
    [SECTION]: Object.fromEntries(settings.get(SECTION) ?? []),
  };
  const values = asManifest(
    {
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata: { name, namespace },
      spec: { chart: { spec: { chart: flavor } }, values: { gitea: { config } } },
    },
    {},
  );
  return new Estate(
    [values],
    declaration && {
      declared: [{ declaration, at: asManifest(declaration, { file: 'declaration' }).root }],
    },
  );
}

const USUAL_RELEASE = { name: 'gitea', namespace: 'default', flavor: 'gitea' } as const;
