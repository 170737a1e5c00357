import { supports } from '../../declaration/gates';
import { giteaSize, UNLIMITED } from '../../declaration/size';
import type { ForgeVersion } from '../../declaration/version';
import { atLeast } from '../../declaration/version';
import { iniBoolean } from '../read/ini';
import type { Violation } from '../rule';
import { iniDurationSeconds } from '../storage/ini-duration';
import { isCronSchedule } from './cron-schedule';

/** What Gitea makes of a value it does not read as meant. */
export type ValueFault = Pick<Violation, 'expected' | 'severity' | 'why'>;

/** What a value is judged by, beside itself. */
export interface ValueContext {
  /** Version of the forge, where anything tells it. */
  readonly version: ForgeVersion | undefined;
  /** Another key of the same section, as far as it is known. */
  readonly sibling: (key: string) => string | undefined;
}

type Judge = (text: string, context: ValueContext) => ValueFault | undefined;

/** Keys by `section KEY`, and how Gitea reads their values; an empty value is the default and no fault. */
const KEYS: readonly (readonly [pattern: RegExp, judge: Judge])[] = [
  [/^packages LIMIT_(SIZE_[A-Z]+|TOTAL_OWNER_SIZE)$/, sizeFault],
  [/^packages LIMIT_TOTAL_OWNER_COUNT$/, countFault],
  [/^cron\.[^ ]+ OLDER_THAN$/, cronDurationFault],
  [/^server PER_WRITE_(PER_KB_)?TIMEOUT$/, durationFault],
  [/^cron\.[^ ]+ SCHEDULE$/, scheduleFault],
  [/^server PUBLIC_URL_DETECTION$/, detectionFault],
  [/^service REQUIRE_SIGNIN_VIEW$/, signInFault],
  [/^cron\.[^ ]+ (RUN_AT_START|NOTICE_ON_SUCCESS)$/, booleanFault],
  [
    /^(packages|storage(\.[^ ]+)?) (SERVE_DIRECT|MINIO_USE_SSL|MINIO_INSECURE_SKIP_VERIFY)$/,
    booleanFault,
  ],
  [/^packages DEFAULT_RPM_SIGN_ENABLED$/, booleanFault],
  [/^[^ ]* (ENABLED|(ENABLE|DISABLE)_[A-Z_]+)$/, booleanFault],
];

/** What is wrong with the value of `[section] KEY`; undefined when nothing is, or its type is not known. */
export function valueFault(
  section: string,
  key: string,
  text: string,
  context: ValueContext,
): ValueFault | undefined {
  const judge = KEYS.find(([pattern]) => pattern.test(`${section} ${key}`))?.[1];
  return text === '' ? undefined : judge?.(text, context);
}

function sizeFault(text: string): ValueFault | undefined {
  if (giteaSize(text) === UNLIMITED) {
    return text === '-1'
      ? undefined
      : {
          expected: "a size such as '5 GiB', or '-1' for no limit",
          why: 'Gitea takes every size it cannot read for "unlimited" and says nothing',
        };
  }
  return text.includes(',') && !/^\d{1,3}(,\d{3})+(?!\d|,)/.test(text)
    ? {
        expected: `'${text.replaceAll(',', '.')}', with a point`,
        why: 'Gitea drops commas: `5,5 GiB` is 55 GiB',
      }
    : undefined;
}

/** Numbers as Go's ParseInt reads them with base 0. */
function countFault(text: string): ValueFault | undefined {
  return /^[+-]?(?:0x[0-9a-f]+|[0-9][0-9_]*)$/i.test(text)
    ? undefined
    : {
        expected: "a whole number, or '-1' for no limit",
        why: 'Gitea takes a number it cannot read for -1, no limit, and says nothing',
      };
}

const DURATION = "a duration with units such as '24h' or '90m'";

function durationFault(text: string): ValueFault | undefined {
  // -1 is what the manual gives for "no timeout".
  return text === '-1' || (/[a-zµμ]$/i.test(text) && iniDurationSeconds(text) !== undefined)
    ? undefined
    : {
        expected: DURATION,
        why: 'Gitea keeps the default where it cannot read a duration, and knows no days',
      };
}

function cronDurationFault(text: string): ValueFault | undefined {
  if (/^[+-]?\d+$/.test(text) && Number(text) !== 0) {
    return {
      expected: DURATION,
      why: 'a bare number is nanoseconds: `86400` is 86 µs, and uploads in progress are cleaned up under the hands of their clients',
    };
  }
  return iniDurationSeconds(text) === undefined
    ? {
        expected: DURATION,
        why: 'Gitea keeps the default here: it knows no days, and zero is no duration',
      }
    : undefined;
}

function scheduleFault(text: string, { sibling }: ValueContext): ValueFault | undefined {
  const isOff = iniBoolean(sibling('ENABLED')) === false;
  return isOff || isCronSchedule(text)
    ? undefined
    : {
        expected: "5 or 6 fields, '@every 24h' or a word such as '@midnight'",
        why: 'an unreadable schedule ends start-up: `Unable to register cron task`',
      };
}

function detectionFault(text: string, { version }: ValueContext): ValueFault | undefined {
  if (version !== undefined && !supports(version, 'publicUrlDetection')) {
    // Neither read nor refused there.
    return undefined;
  }
  const since26 = version === undefined || atLeast(version, '1.26.0');
  const allowed = since26 ? ['auto', 'legacy', 'never'] : ['auto', 'legacy'];
  return allowed.includes(text)
    ? undefined
    : {
        expected: allowed.map((word) => `'${word}'`).join(' or '),
        why: 'any other value ends start-up: `Invalid PUBLIC_URL_DETECTION value`; `never` is known from 1.26.0 on',
      };
}

function signInFault(text: string): ValueFault | undefined {
  return text === 'expensive' || iniBoolean(text) !== undefined
    ? undefined
    : {
        expected: "'true', 'false' or 'expensive'",
        why: 'any other value ends start-up of Gitea 1.24 and later; before that, and on Forgejo, it means false',
      };
}

function booleanFault(text: string): ValueFault | undefined {
  return iniBoolean(text) === undefined
    ? {
        expected: "'true' or 'false'",
        why: 'Gitea keeps the default where it cannot read a boolean, and says nothing',
      }
    : undefined;
}
