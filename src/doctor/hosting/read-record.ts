import { DeclarationError, refuse } from '../../declaration/problem';
import type { Problem } from '../../declaration/problem';
import type { Schema } from '../../declaration/schema';
import { list, object, oneOf, optional, yesOrNo } from '../../declaration/schema';
import type { Status } from '../outcome';
import type { HostingObservation } from './observation';
import { HOSTING_SURFACES, STANDINGS } from './observation';
import { isRepository } from './repository';
import type { HostingRecord, RecordedCheck } from './record';
import { RECORD_VERSION } from './record';

/** Code of a document that is not what it should be. */
const FORM = 'REG660';

/** More than any run makes; a list without end is no record. */
const MOST_ENTRIES = 100_000;

const line = textOf((text) => text.length <= 10_000, 'must be a text of at most 10000 characters');

const observation = object<HostingObservation>({
  path: optional(line),
  surface: oneOf(...HOSTING_SURFACES),
  asked: line,
  isSignedIn: yesOrNo,
  standing: oneOf(...STANDINGS),
  observed: line,
});

const check = object<RecordedCheck>({
  code: textOf((text) => /^REG\d{3}$/.test(text), "must be a code such as 'REG230'"),
  path: optional(line),
  status: oneOf<Status>('pass', 'warn', 'fail', 'skip'),
  observed: optional(line),
});

const record = object<HostingRecord>({
  schemaVersion: oneOf(RECORD_VERSION),
  takenAt: textOf(
    (text) => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) && !Number.isNaN(Date.parse(text)),
    "must be a time in UTC such as '2026-11-21T10:00:00.000Z'",
  ),
  host: line,
  server: optional(line),
  repository: optional(textOf(isRepository, "must be 'OWNER/REPO'")),
  hosting: list(observation, MOST_ENTRIES),
  checks: list(check, MOST_ENTRIES),
});

/**
 * Reads a record that was saved.
 *
 * @throws DeclarationError REG660 for what is no JSON, no record, or one of another version
 */
export function readRecord(text: string): HostingRecord {
  const value = parsed(text);
  const { schemaVersion } = (value ?? {}) as { readonly schemaVersion?: unknown };
  if (typeof schemaVersion === 'string' && schemaVersion !== RECORD_VERSION) {
    // Its other fields would be refused one by one.
    refuse(
      'schemaVersion',
      schemaVersion,
      `must be '${RECORD_VERSION}': another release wrote the record; compare with that release, or save a new one`,
      FORM,
    );
  }
  const problems: Problem[] = [];
  record.check(value, '', problems);
  if (problems.length > 0) {
    throw new DeclarationError(problems.map(named).slice(0, 5));
  }
  return value as HostingRecord;
}

/** The schema calls the whole document a declaration. */
function named(problem: Problem): Problem {
  return problem.path === 'the declaration' ? { ...problem, path: 'the record' } : problem;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const allowed = 'is no JSON: give a file of `doctor --save`';
    throw new DeclarationError([{ path: 'the record', allowed, code: FORM }]);
  }
}

/** Text of others as it was recorded: it may look like anything. */
function textOf(accepts: (text: string) => boolean, allowed: string): Schema<string> {
  return {
    json: () => ({ type: 'string' }),
    check: (value, path, problems) => {
      if (typeof value !== 'string' || !accepts(value)) {
        problems.push({ path, ...(value !== undefined && { value }), allowed, code: FORM });
      }
    },
  };
}
