import type { Severity } from '../check';
import type { Cursor } from '../cursor';
import type { ChartValues } from '../read/chart-values';
import { hasUnseenConfig } from '../read/hidden-values';
import type { IniSetting } from '../read/ini-setting';
import { settingsOfValues } from '../read/ini-setting';
import type { RegistryView } from '../registry-view';
import type { Violation } from '../rule';

/** Keys of `[server]` that are missing beside the ones Helm values set, and stand nowhere else either. */
export function missingServerKeys(registry: RegistryView): Violation[] {
  return registry.values.flatMap((values) => {
    const written = settingsOfValues(values).filter(isServerScalar);
    const [rootUrl, domain] = ['ROOT_URL', 'DOMAIN'].map((key) =>
      written.find((setting) => setting.key === key),
    );
    const beside = (rootUrl ?? domain)?.at.outer;
    return beside === undefined
      ? []
      : [
          ...(domain === undefined ? missingDomain(registry, values, beside) : []),
          ...(rootUrl === undefined ? missingRootUrl(registry, values, beside) : []),
          ...missingOthers(registry, beside),
        ];
  });
}

function isServerScalar({ section, source }: IniSetting): boolean {
  return section === 'server' && source === 'values';
}

function isSet(registry: RegistryView, key: string): boolean {
  return registry.settingsOf('server', key).length > 0;
}

/** What is absent here may stand in values nobody looks at. */
function absenceOf(registry: RegistryView): Severity {
  return hasUnseenConfig(registry) ? 'info' : 'warning';
}

function missingDomain(registry: RegistryView, { root }: ChartValues, at: Cursor): Violation[] {
  const chartHost = root.get('ingress', 'hosts', 0, 'host').text;
  return isSet(registry, 'DOMAIN') || chartHost === registry.hostName
    ? []
    : [
        {
          at,
          severity: absenceOf(registry),
          observed: 'ROOT_URL is set, DOMAIN is not',
          expected: 'DOMAIN beside ROOT_URL',
          why: 'DOMAIN and SSH_DOMAIN then stay what the chart takes from `ingress.hosts[0].host`, by default `git.example.com`, even with its Ingress off: ssh clone URLs lead there',
        },
      ];
}

function missingRootUrl(registry: RegistryView, { root }: ChartValues, at: Cursor): Violation[] {
  const ingress = root.get('ingress');
  const https = ingress.get('enabled').value === true && ingress.get('tls').items().length > 0;
  return isSet(registry, 'ROOT_URL') || https
    ? []
    : [
        {
          at,
          severity: absenceOf(registry),
          observed: 'DOMAIN is set, ROOT_URL is not',
          expected: 'ROOT_URL beside DOMAIN',
          why: 'the chart then writes `http://DOMAIN`, because its own Ingress has no TLS here',
        },
      ];
}

function missingOthers(registry: RegistryView, at: Cursor): Violation[] {
  const missing = ['SSH_DOMAIN', 'HTTP_PORT'].filter((key) => !isSet(registry, key));
  const [names, verb] = [missing.join(' and '), missing.length > 1 ? 'are' : 'is'];
  return missing.length === 0
    ? []
    : [
        {
          at,
          severity: 'info',
          observed: `${names} ${verb} not set beside the others`,
          expected: 'all four written out',
          why: 'an unset SSH_DOMAIN follows DOMAIN; an unset HTTP_PORT follows the port of the Service, which then has no target port of its own',
        },
      ];
}
