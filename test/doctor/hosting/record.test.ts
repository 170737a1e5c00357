import * as fc from 'fast-check';
import type { Result } from '../../../src/doctor';
import { compareRecords, readRecord, recordOf, subjectOf } from '../../../src/doctor/hosting';
import { DeclarationError } from '../../../src/declaration/problem';
import { anyText } from '../../support/any-text';

const RESULTS: readonly Result[] = [
  { code: 'REG312', step: 'P8', status: 'skip', note: 'no credential' },
  {
    ...{ code: 'REG211', step: 'P4', status: 'fail', observed: '404 hunter2' },
    ...{ path: 'ingress', paths: ['ingress', 'service'] },
  },
];

const RECORD = recordOf(
  { host: 'git.example.org', server: 'Gitea 1.25.4', results: RESULTS },
  {
    repository: 'coulomb/hub',
    observations: [
      {
        ...{ path: 'ingress', surface: 'ui', asked: 'GET /', isSignedIn: false },
        ...{ standing: 'fails', observed: '200 hunter2' },
      },
      {
        ...{ surface: 'ssh', asked: 'git.example.org:2222', isSignedIn: false },
        ...{ standing: 'works', observed: 'SSH-2.0-Go' },
      },
    ],
  },
  '2026-11-21T10:00:00.000Z',
  (text) => text.replace('hunter2', '[redacted]'),
);

it('holds each check on each path, by code, without credentials', () => {
  expect(RECORD.checks).toEqual([
    { code: 'REG211', path: 'ingress', status: 'fail', observed: '404 [redacted]' },
    { code: 'REG211', path: 'service', status: 'fail', observed: '404 [redacted]' },
    { code: 'REG312', status: 'skip', observed: 'no credential' },
  ]);
  expect(JSON.stringify(RECORD)).not.toContain('hunter2');
});

it('is read back as it was written, and differs in nothing from itself', () => {
  const read = readRecord(JSON.stringify(RECORD));
  expect(read).toEqual(RECORD);
  const { regressions, improvements, changes } = compareRecords(RECORD, read);
  expect([regressions, improvements, changes]).toEqual([[], [], []]);
});

it('says what to look at again', () => {
  expect(subjectOf(RECORD)).toEqual({ repository: 'coulomb/hub', ssh: 'git.example.org:2222' });
});

it('keeps texts that look like a token', () => {
  const checks = [{ code: 'REG211', status: 'pass', observed: 'a'.repeat(40) }];
  const text = JSON.stringify({ ...RECORD, checks });
  expect(readRecord(text).checks).toEqual(checks);
});

it.each([
  ['no JSON', '{', 'the record is no JSON: give a file of `doctor --save` (REG660)'],
  ['a list', '[]', 'the record a list must be an object (REG660)'],
  ['nothing', 'null', 'the record null must be an object (REG660)'],
  [
    'of a later release',
    JSON.stringify({ schemaVersion: '2', new: true }),
    "schemaVersion '2' must be '1': another release wrote the record; compare with that release, or save a new one (REG660)",
  ],
  [
    'with a standing nobody knows',
    JSON.stringify({ ...RECORD, hosting: [{ ...RECORD.hosting[0], standing: 'well' }] }),
    "hosting[0].standing 'well' must be 'works' or 'refuses' or 'fails' (REG660)",
  ],
  [
    'with a repository that leads elsewhere',
    JSON.stringify({ ...RECORD, repository: '../admin' }),
    "repository '../admin' must be 'OWNER/REPO' (REG660)",
  ],
  [
    'with a time nobody knows',
    JSON.stringify({ ...RECORD, takenAt: 'yesterday' }),
    "takenAt 'yesterday' must be a time in UTC such as '2026-11-21T10:00:00.000Z' (REG660)",
  ],
])('is refused when it is %s', (_, text, message) => {
  expect(() => readRecord(text)).toThrow(message);
});

it('is refused with a message, whatever is in the file', () => {
  const fields = fc.constantFrom(...Object.keys(RECORD), 'more');
  fc.assert(
    fc.property(fields, fc.oneof(fc.jsonValue(), anyText()), (field, value) => {
      const text = JSON.stringify({ ...RECORD, [field]: value });
      try {
        readRecord(text);
      } catch (error) {
        expect(error).toBeInstanceOf(DeclarationError);
      }
    }),
  );
});
