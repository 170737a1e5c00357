import type { LiveAppIni } from '../../../cluster';
import { asManifest, Estate, judge, RULES } from '../../../rules';
import type { Finding } from '../../../rules/finding';
import type { Observation } from '../../sight';
import { forgePods } from '../forge-pod';
import { liveAppIni } from '../live-app-ini';

/** What rules say of app.ini itself. */
const CODES = ['REG462', 'REG610', 'REG611', 'REG621', 'REG711'];

/**
 * What the rules of `check` find in app.ini of the running forge, by code: the same rules that judge values. Undefined
 * where it cannot be read.
 */
export const iniFindings: Observation<ReadonlyMap<string, readonly Finding[]> | undefined> = async (
  sight,
) => {
  const [ini, { pods }] = await Promise.all([sight.see(liveAppIni), sight.see(forgePods)]);
  if (ini === undefined || 'unread' in ini) {
    return undefined;
  }
  const { declaration } = sight.request;
  // All that there is stands in app.ini: no values file can add to it.
  const complete = declaration && {
    ...declaration,
    release: { ...declaration.release, valuesFiles: [] },
  };
  const [pod] = pods;
  const estate = new Estate([asManifest(pod, {}), iniManifest(ini, pod.metadata.namespace)], {
    ...(complete && {
      declared: [{ declaration: complete, at: asManifest(complete, { file: 'declaration' }).root }],
    }),
  });
  const rules = RULES.filter(({ code }) => CODES.includes(code));
  const found = new Map<string, Finding[]>();
  for (const finding of judge(estate, rules).findings) {
    found.set(finding.code, [...(found.get(finding.code) ?? []), finding]);
  }
  return found;
};

/** app.ini in the form the rules know a whole one in. */
function iniManifest(ini: LiveAppIni, namespace = 'default'): ReturnType<typeof asManifest> {
  return asManifest(
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'app.ini', namespace },
      data: { 'app.ini': printed(ini) },
    },
    {},
  );
}

/** Back-ticks keep a value as it was read: comment signs and quotes in it are its own. */
function printed({ settings }: LiveAppIni): string {
  const sections = [...settings].sort(
    ([one], [other]) => Number(one !== '') - Number(other !== ''),
  );
  return sections
    .map(([section, keys]) => {
      const lines = [...keys].map(([key, value]) => `${key} = \`${value}\`\n`).join('');
      return section === '' ? lines : `[${section}]\n${lines}`;
    })
    .join('');
}
