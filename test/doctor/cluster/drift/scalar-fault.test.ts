import * as fc from 'fast-check';
import { scalarFaults } from '../../../../src/doctor/cluster/drift/scalar-fault';

const faults = (section: string, key: string, value: string): string[] =>
  scalarFaults(new Map([[section, new Map([[key, value]])]])).map(({ observed }) => observed);

describe('a value in app.ini', () => {
  it.each([
    ['1e+06', 'a bare number'],
    ['5.36870912e+09', 'a bare number'],
    ['<nil>', 'null'],
    ['map[OLDER_THAN:24h]', 'a map'],
    ['[repo.packages repo.issues]', 'a list'],
  ])('%s was %s', (value, was) => {
    expect(faults('packages', 'LIMIT_SIZE_CONTAINER', value).join()).toContain(`which was ${was}`);
  });

  it('in brackets is a good one where it is a prefix of mails', () => {
    expect(faults('mailer', 'SUBJECT_PREFIX', '[Our Gitea]')).toEqual([]);
  });

  it('is not shown where it is no matter of the registry', () => {
    expect(faults('mailer', 'SMTP_PORT', '1e+06')).toEqual([
      '[mailer] SMTP_PORT has a value that is not shown, which was a bare number in the values',
    ]);
  });

  it('that Helm kept as a text is never one', () => {
    const text = fc.stringMatching(/^[A-Za-z0-9./ -]{0,30}$/);
    fc.assert(
      fc.property(text, (value) => {
        expect(faults('packages', 'PATH', value)).toEqual([]);
      }),
    );
  });
});
