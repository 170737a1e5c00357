import fc from 'fast-check';
import { createColors } from 'picocolors';
import type { LiveResult } from '../../../src/cli/report/live-report';
import { cleaner, liveReport } from '../../../src/cli/report/live-report';
import type { LiveView } from '../../../src/cli/report/live-view';
import { cleanRows } from '../../../src/cli/report/live-view';
import { printLive } from '../../../src/cli/report/print-live';
import type { LiveFormat } from '../../../src/cli/report/report';
import { LIVE_FORMATS } from '../../../src/cli/report/report';
import { anyText } from '../../support/any-text';
import { expectGoldenText } from '../../support/golden-text';
import { RESULTS } from '../doctor/results';
import { diagnosisOf } from '../doctor/run-doctor';
import { reportErrors } from './report-schema';

const waiting = (code: string): LiveResult => ({
  code,
  status: 'skip',
  path: 'ingress',
  note: 'waits for REG211',
});

const UNPROBED: LiveResult = {
  code: 'REG230',
  status: 'skip',
  path: 'nodePort',
  note: 'needs the address of a node',
};

/** One of everything, on two paths and one that is not probed. */
const EVERYTHING: LiveView = viewOf([
  RESULTS.connects,
  RESULTS.answers,
  { ...RESULTS.onBoth, code: 'REG240' },
  RESULTS.noRoute,
  RESULTS.noted,
  ...['REG310', 'REG311', 'REG312', 'REG314', 'REG315'].map(waiting),
  RESULTS.warns,
  UNPROBED,
]);

const HEALTHY: LiveView = { ...viewOf([RESULTS.connects]), rows: [], elapsedMs: 2440 };

function viewOf(results: readonly LiveResult[]): LiveView {
  return {
    report: liveReport({ host: 'git.example.org', results }),
    server: 'Gitea 1.25.4',
    rows: diagnosisOf([]).paths,
    elapsedMs: 1234,
  };
}

function print(view: LiveView, format: LiveFormat, unicode = true): string {
  return printLive(view, format, 'doctor', { colors: createColors(false), unicode });
}

describe('each format', () => {
  test.each([
    ['live.txt', print(EVERYTHING, 'text')],
    ['live-ascii.txt', print(EVERYTHING, 'text', false)],
    ['live-healthy.txt', print(HEALTHY, 'text')],
    ['live-short.txt', print(EVERYTHING, 'short')],
    ['live.json', print(EVERYTHING, 'json')],
    ['live.junit.xml', print(EVERYTHING, 'junit')],
    ['live.md', print(EVERYTHING, 'markdown')],
    ['live-healthy.md', print(HEALTHY, 'markdown')],
  ])('prints %s', (file, printed) => {
    expectGoldenText(printed, `report/${file}`);
  });

  test('short says nothing where all is well', () => {
    expect(print(HEALTHY, 'short')).toBe('');
  });

  test('short tells why nothing could be evaluated', () => {
    const report = liveReport({ host: 'x', results: [UNPROBED] });
    expect(print({ ...EVERYTHING, report }, 'short')).toMatch(/^skip REG\d{3} /);
  });
});

describe('the report', () => {
  test.each([
    ['everything', EVERYTHING.report],
    ['nothing', liveReport({ host: null, results: [] })],
    ['a part', liveReport({ host: 'x', results: [RESULTS.noRoute], isPartial: true })],
  ])('of %s fits its schema', (_, report) => {
    expect(reportErrors(report)).toBeNull();
  });

  test('names the first failing check as cause, without a path for the registry as a whole', () => {
    const { cause } = liveReport({
      host: 'x',
      results: [RESULTS.warns, { code: 'REG330', status: 'fail' }, RESULTS.noRoute],
    });
    expect(cause).toEqual({ code: 'REG330' });
  });

  test('has reason and mend of the code where the result has none, and none for what holds', () => {
    const [held, broken] = liveReport({
      host: 'x',
      results: [RESULTS.answers, RESULTS.onBoth],
    }).checks;
    expect([held.why, held.fix]).toEqual([undefined, undefined]);
    expect([broken.why, broken.fix?.kind]).toEqual([expect.any(String), 'text']);
  });
});

/** Control characters but the end of a line, and those that turn its direction. */
const MOVES_CURSOR =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

describe('whatever a server says', () => {
  /** Any text, and what somebody would say who means harm. */
  const hostile = fc.oneof(
    anyText({ maxLength: 60 }).filter((text) => text !== ''),
    fc.constantFrom(
      '\u001b[2J\u001b]0;title\u0007',
      '| x | <img src=x onerror=alert(1)> |\n# head',
      '[click](https://evil.example) ![x](https://evil.example/p.png) @admins #1 $a$',
      '</code><script>alert(1)</script>&lt;',
      '```\n~~~ `code` **b** __i__ \\',
      ']]><failure message="x"/>\u202egnp.exe',
    ),
  );
  const reports = hostile.map((text): LiveView => {
    const clean = cleaner(undefined);
    const fix = { kind: 'command', text } as const;
    const told = { observed: text, expected: text, why: text, note: text };
    const rows = diagnosisOf([]).paths.map((row) => ({
      ...row,
      responder: text,
      realm: text,
      certificate: text,
    }));
    const results: LiveResult[] = [
      { ...RESULTS.noRoute, ...told, fix },
      { ...RESULTS.connects, ...told },
      { ...RESULTS.waits, note: text },
    ];
    return {
      report: liveReport({ host: text, results }),
      server: clean(text),
      rows: cleanRows(rows, clean),
    };
  });

  test('no format has escape codes or turns the direction of a line', () => {
    fc.assert(
      fc.property(reports, fc.constantFrom(...LIVE_FORMATS), (view, format) => {
        expect(print(view, format)).not.toMatch(MOVES_CURSOR);
      }),
    );
  });

  test('short and JSON keep their lines', () => {
    fc.assert(
      fc.property(reports, (view) => {
        expect(print(view, 'short').trimEnd().split('\n')).toHaveLength(1);
        expect(reportErrors(JSON.parse(print(view, 'json')))).toBeNull();
      }),
    );
  });

  test('Markdown has no markup but its own', () => {
    fc.assert(
      fc.property(reports, (view) => {
        const printed = print(view, 'markdown');
        const rows = printed.split('\n').filter((line) => line.startsWith('|'));
        expect(rows.map((row) => row.split('|').length)).toEqual([8, 8, 8, 8, 7, 7, 7, 7]);
        const foreign = printed
          .replace(/\[REG\d+\]\(https:\/\/github\.com\/[\w./#-]+\)/g, '')
          .replace(
            /<\/?code>|<br>|&nbsp;|&#\d+;|\*\*(?:Cause:|failed)\*\*|^### |^\|.*---.*\|$/gm,
            '',
          )
          .replace(/\||^- skipped|: /gm, '');
        expect(foreign).not.toMatch(/[<>[\]`*_\\@$~&]|:\/\/|#\d|www\./);
      }),
    );
  });
});

test('a credential that is known is in no format', () => {
  const secret = 'plain-word-secret';
  const view: LiveView = {
    report: liveReport({
      host: 'x',
      results: [{ ...RESULTS.noRoute, observed: `it said ${secret}`, note: secret }],
      hide: (text) => text.replaceAll(secret, '‹redacted›'),
    }),
  };
  LIVE_FORMATS.forEach((format) => expect(print(view, format)).not.toContain(secret));
});
