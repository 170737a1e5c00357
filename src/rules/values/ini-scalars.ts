import { formatSize } from '../../declaration/size';
import type { Cursor } from '../cursor';
import type { ChartValues } from '../read/chart-values';
import { hasExponent, helmText } from '../read/helm-text';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { nameViolations, topLevelViolations } from './config-names';
import { ownOverlays } from './own-overlay';
import { mayBeSecret } from './shown-value';
import { textFault } from './text-fault';
import { twinViolations } from './twin-keys';

/** REG620: from values to app.ini lie `printf "%v"`, a shell script and the reader of app.ini. */
export const iniScalars: Rule = {
  code: 'REG620',
  slug: 'ini-scalars',
  title:
    'every scalar below `gitea.config` is a text that reaches app.ini as written: no bare large number, null, list, nested map, text of several lines or text in quotes of its own',
  severity: 'error',
  why: 'the chart prints each value with `%v` into a line `KEY=value` and a script makes variables of the lines: a number from 1,000,000 on becomes `1e+06`, which Gitea reads as "unlimited", a map becomes `map[…]`, and nobody complains',
  shows: [
    '`kubectl exec deploy/gitea -- grep -nE "e\\+|<nil>|map\\[" /data/gitea/conf/app.ini` finds lines',
    'an upload above the limit succeeds',
    'the init container ends with `! invalid setting` or `not a valid identifier`',
  ],
  fix: 'quote it in YAML: `"5 GiB"`, `"-1"`, `"true"`; sub-sections are literal keys such as `"cron.cleanup_packages"`',
  links: [
    'https://github.com/helm/helm/issues/6867',
    'https://docs.gitea.com/administration/config-cheat-sheet#packages-packages',
  ],
  judgeRegistry: (registry) => [
    ...registry.values.flatMap((values) => configViolations(registry, values)),
    ...twinViolations(registry),
  ],
};

function configViolations(registry: RegistryView, values: ChartValues): Violation[] {
  const flavor = registry.facts.flavor ?? values.chart;
  const ours = ownOverlays(registry).has(values.manifest);
  return values.root
    .get('gitea', 'config')
    .entries()
    .flatMap(([section, at]) =>
      at.isMap
        ? [
            ...nameViolations(section, at, flavor),
            ...at.entries().flatMap(([key, value]) => valueViolations(section, key, value, ours)),
          ]
        : topLevelViolations(section, at, flavor),
    );
}

/** Keys the chart's own values hold: null takes the default away, and that is what null is for. */
const REMOVABLE = new Set(['server SSH_PORT', 'server SSH_LISTEN_PORT']);

function valueViolations(section: string, key: string, at: Cursor, ours: boolean): Violation[] {
  const { value } = at;
  if (at.isMap) {
    return [nestedMap(section, key, at)];
  }
  if (at.isList) {
    return [
      {
        at,
        observed: `a list, which Helm prints as \`[…]\``,
        expected: 'one text, entries joined by commas',
      },
    ];
  }
  if (value === null) {
    return REMOVABLE.has(`${section} ${key}`)
      ? []
      : [
          {
            at,
            observed: 'null, which Helm prints as `<nil>`',
            expected: 'a text; "" for nothing',
          },
        ];
  }
  if (typeof value === 'number' && hasExponent(value)) {
    return [largeNumber(section, key, at, value)];
  }
  if (typeof value !== 'string') {
    return ours
      ? [
          {
            at,
            observed: `a bare ${typeof value}`,
            expected: 'a quoted text, as the overlay is written',
          },
        ]
      : [];
  }
  const fault = textFault(value);
  return fault ? [{ at, ...fault }] : [];
}

function nestedMap(section: string, key: string, at: Cursor): Violation {
  return {
    at,
    observed: 'a map, which Helm prints as `map[…]`',
    expected: `a section of its own, '${section}.${key.toLowerCase()}'`,
    fix: `write \`"${section}.${key.toLowerCase()}":\` beside \`${section}:\`; below it stand the keys`,
  };
}

function largeNumber(section: string, key: string, at: Cursor, value: number): Violation {
  const hidden = mayBeSecret(section, key);
  const isSize = /^LIMIT_.*SIZE/i.test(key) && Number.isInteger(value) && value > 0;
  return {
    at,
    observed: hidden
      ? 'a bare number, which Helm prints with an exponent'
      : `the number ${value}, which Helm prints as ${helmText(value)}`,
    expected: 'a quoted text',
    ...(!hidden && { fix: `\`${key}: "${isSize ? formatSize(value) : value}"\`` }),
  };
}
