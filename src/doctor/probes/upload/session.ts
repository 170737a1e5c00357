import { account } from '../../observe/account';
import type { NoSession } from '../../observe/upload-session';
import { uploadSession } from '../../observe/upload-session';
import { uploadRepository } from '../../observe/upload-repository';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Sight } from '../../sight';
import { answerText } from './answer-text';
import { withoutCode } from '../route/shown';
import { mayNotWrite } from './may-not-write';

/** What an upload session shows: that the owner exists, that the account may push, and that sessions stay below `/v2/`. */
export async function session(sight: Sight): Promise<Outcome[]> {
  const repository = uploadRepository(sight)!;
  const { credential } = sight.path;
  if (credential === undefined) {
    return [skipped('REG321', 'no credential for this path: give a user and an access token')];
  }
  const attempt = await sight.see(uploadSession);
  return attempt.kind === 'opened'
    ? [
        passed('REG320', `owner '${ownerOf(repository)}' exists`),
        passed('REG321', `'${credential.user}' may push to '${repository}'`),
      ]
    : noSession(sight, repository, attempt);
}

/** Owner of an image. */
export function ownerOf(repository: string): string {
  return repository.split('/')[0];
}

async function noSession(sight: Sight, repository: string, attempt: NoSession): Promise<Outcome[]> {
  if (attempt.kind === 'failed') {
    const { error } = attempt;
    return [broken(error.code, { observed: withoutCode(error) })];
  }
  const { reading } = attempt;
  const observed = answerText(attempt);
  switch (reading.id) {
    case 'package-access':
      return [
        passed('REG320', `owner '${ownerOf(repository)}' exists`),
        await mayNotWrite(sight, repository, observed),
      ];
    case 'owner-renamed':
      return renamed(repository, reading.parts.now, observed);
    case 'quota-container':
      return quota(sight, observed);
    case 'token-refused':
      // The credential is good (REG312 was asked for): it is the token made of it that is not.
      return [
        broken('REG316', { observed: `a token that was just issued is refused: ${observed}` }),
      ];
    default:
      return [broken(reading.code, { observed, ...(reading.next && text(reading.next)) })];
  }
}

function renamed(repository: string, now: string, observed: string): Outcome[] {
  const owner = ownerOf(repository);
  if (now.toLowerCase() === owner.toLowerCase()) {
    return [broken('REG219', { observed })];
  }
  return [
    broken('REG320', {
      severity: 'warning',
      observed: `'${owner}' was renamed to '${now}', and no upload follows that`,
      expected: `images below '${now}'`,
      ...text(`push to '${now}/${repository.slice(owner.length + 1)}'`),
    }),
    skipped('REG321', `waits for an owner under its current name: '${now}'`),
  ];
}

/** Which of the limits it is, an empty 403 does not tell. */
async function quota(sight: Sight, observed: string): Promise<Outcome[]> {
  const isAdmin = (await sight.see(account))?.isAdmin === true;
  return [
    isAdmin
      ? skipped('REG460', 'a site administrator passes every limit: this 403 is something else')
      : broken('REG460', {
          observed,
          expected: 'HTTP 202; a limit of the blob, or of all packages of the owner (REG461)',
        }),
    broken('REG462', {
      severity: 'warning',
      observed:
        'a limit refuses container uploads here, and each refusal deletes the stored blob of that digest',
      note: 'whether a blob is gone already was not looked at: doctor --blobs (REG735)',
    }),
    ...(isAdmin ? [skipped('REG321', `no session: ${observed}`)] : []),
  ];
}

function text(fix: string): Pick<Outcome, 'fix'> {
  return { fix: { kind: 'text', text: fix } };
}
