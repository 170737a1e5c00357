import type { Flavor } from '../../declaration/model';
import { quote } from '../../declaration/problem';
import type { Cursor } from '../cursor';
import type { KnownChart } from '../read/chart-values';
import type { Violation } from '../rule';

/** Names that stand beside the sections; both charts refuse to render any other. */
const TOP_LEVEL: { readonly [F in Flavor]: readonly string[] } = {
  gitea: ['APP_NAME', 'RUN_USER', 'RUN_MODE'],
  forgejo: ['APP_NAME', 'RUN_USER', 'RUN_MODE', 'APP_SLOGAN', 'APP_DISPLAY_NAME_FORMAT'],
};

/** Sections the charts make again where null took the defaults away. */
const REMOVABLE = ['server', 'repository'];

/** What is wrong with something beside the sections of `gitea.config`. */
export function topLevelViolations(name: string, at: Cursor, chart: KnownChart): Violation[] {
  if (at.value === null && REMOVABLE.includes(name)) {
    return [];
  }
  const known = TOP_LEVEL[chart === 'forgejo' ? 'forgejo' : 'gitea'];
  if (!known.includes(name)) {
    return [
      {
        at,
        observed: misplaced(name, at),
        expected: `a section with keys; beside the sections stand only ${known.join(', ')}`,
        why: 'the chart refuses to render: `Key … cannot be on top level of configuration`',
        fix: 'move it below its section, or delete the empty section',
      },
    ];
  }
  return at.text === undefined
    ? [
        {
          at,
          observed: at.isList ? 'a list' : `${at.value === null ? 'null' : `a ${typeof at.value}`}`,
          expected: 'a quoted text',
          why: 'the chart prints these names with `%s`: anything but a text arrives as `%!s(…)`',
        },
      ]
    : [];
}

function misplaced(name: string, at: Cursor): string {
  if (at.value === null) {
    return `section ${quote(name)} is null`;
  }
  return at.isList ? `section ${quote(name)} is a list` : `key ${quote(name)} beside the sections`;
}

/** What is wrong with the name of a section and the names of its keys. */
export function nameViolations(section: string, at: Cursor, chart: KnownChart): Violation[] {
  return [
    ...sectionViolations(section, at),
    ...at.entries().flatMap(([key, value]) => keyViolations(key, value, chart)),
  ];
}

/** The script masks `.` and `-` of a section and makes a variable of the rest. */
function sectionViolations(section: string, at: Cursor): Violation[] {
  return /^[A-Za-z0-9._-]+$/.test(section) && !section.includes('__')
    ? []
    : [
        {
          at,
          observed: `section ${quote(section)}`,
          expected: "letters, digits, '.', '-' and single '_'",
          why: 'the chart makes `GITEA__SECTION__KEY` of it: `__` splits the name in the wrong place, other characters end the init container',
          fix: 'write the section as app.ini has it',
        },
      ];
}

function keyViolations(key: string, at: Cursor, chart: KnownChart): Violation[] {
  const masked = chart === 'forgejo' ? key.replace(/[.-]/g, '') : key;
  if (!/^[A-Za-z0-9_]*$/.test(masked) || key === '') {
    return [
      {
        at,
        observed: `key ${quote(key)}`,
        expected: `letters, digits and '_'${chart === 'forgejo' ? ", '.', '-'" : ''}`,
        why: 'the chart makes a shell variable of the key: the init container ends with `not a valid identifier`',
        fix: 'set it by `gitea.additionalConfigFromEnvs` with `.` as `_0X2E_` and `-` as `_0X2D_`',
      },
    ];
  }
  return /__FILE$/i.test(key)
    ? [
        {
          at,
          observed: `key ${quote(key)}`,
          expected: 'a key that does not end with `__FILE`',
          why: '`environment-to-ini` takes the value for the name of a file and the rest of the key for the setting',
        },
      ]
    : [];
}
