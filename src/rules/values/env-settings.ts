import { looksLikeCredential } from '../../declaration/credential';
import { quote } from '../../declaration/problem';
import type { Severity } from '../check';
import type { Cursor } from '../cursor';
import type { EnvName } from '../read/env-name';
import { ENV_PREFIX, envName } from '../read/env-name';
import type { IniSetting } from '../read/ini-setting';
import { envOfValues, envOfWorkload } from '../read/ini-setting';
import type { RegistryView } from '../registry-view';
import type { Violation } from '../rule';

/** Variables that look like settings and set nothing, or another one. */
export function envNameViolations(registry: RegistryView): Violation[] {
  const entries = [
    ...registry.values.flatMap(envOfValues),
    ...registry.forges.flatMap(envOfWorkload),
  ];
  return firstOfEachName(entries).flatMap((entry) => nameViolation(entry.get('name'), registry));
}

/** The same list stands in every container of a pod. */
function firstOfEachName(entries: readonly Cursor[]): Cursor[] {
  const seen = new Map<unknown, Set<string>>();
  return entries.filter((entry) => {
    const names = seen.get(entry.manifest) ?? new Set();
    seen.set(entry.manifest, names);
    const name = entry.get('name').text ?? '';
    const fresh = ENV_PREFIX.test(name) && !names.has(name);
    names.add(name);
    return fresh;
  });
}

function nameViolation(at: Cursor, { facts }: RegistryView): Violation[] {
  const name = at.text!;
  if (looksLikeCredential(name)) {
    return [];
  }
  const observed = `variable ${quote(name)}`;
  const setting = envName(name);
  if (!setting) {
    return [
      {
        at,
        observed,
        expected: 'GITEA__SECTION__KEY',
        why: 'without two underscores between section and key the variable is passed over',
      },
    ];
  }
  if (facts.flavor === 'gitea' && name.startsWith('FORGEJO__')) {
    const expected = name.replace('FORGEJO__', 'GITEA__');
    return [
      { at, observed, expected, why: 'Gitea looks at variables that begin with GITEA__ only' },
    ];
  }
  const expected = dotted(setting);
  return expected === undefined
    ? []
    : [
        {
          at,
          observed,
          expected,
          why: `it sets the key ${quote(setting.key)} of [${setting.section}], which Gitea does not know: a dot in the name of a section is written \`_0X2E_\``,
          fix: `rename it to ${expected}`,
        },
      ];
}

/** The name with `_0X2E_` for the dots that were meant; undefined where the name is fine. */
function dotted({ section, key, file }: EnvName): string | undefined {
  const parts = [...section.replace(/^(cron|storage)_/, '$1.').split('.'), ...key.split('__')];
  const last = parts.pop();
  const sections = parts.filter((part) => part !== '').join('.');
  return sections === section
    ? undefined
    : `GITEA__${sections.replaceAll('.', '_0X2E_').replaceAll('-', '_0X2D_')}__${last}${file ? '__FILE' : ''}`.toUpperCase();
}

/** Sections of the registry: what beats them unseen is an error. */
const OWN_SECTION = /^(packages|server|repository|cron\.cleanup_packages|storage(\..*)?)$/;

/** Keys that the values set and a variable of the container sets, too: the variable wins. */
export function envOverValues(registry: RegistryView): Violation[] {
  return registry.settings
    .filter(({ source }) => source === 'env')
    .flatMap((setting) => overridden(setting, registry));
}

function overridden({ section, key, text, at }: IniSetting, registry: RegistryView): Violation[] {
  const written = registry
    .settingsOf(section, key)
    .find((other) => other.source === 'values' && (text === undefined || other.text !== text));
  const severity: Severity = OWN_SECTION.test(section) ? 'error' : 'warning';
  return written
    ? [
        {
          at,
          severity,
          observed: `a variable of the container sets [${section}] ${key}, which ${written.at.path} sets, too`,
          expected: 'one place for each setting',
          why: 'the variable is written to app.ini last: what the values say has no effect',
          fix: 'remove the variable, or the key from the values',
        },
      ]
    : [];
}
