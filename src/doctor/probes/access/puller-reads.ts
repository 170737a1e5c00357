import type { RegistryToken } from '../../../client/oci/registry-token';
import { imageSubjects, MOST_SUBJECTS } from '../../observe/image-subjects';
import { pullSignedIn, signedIn } from '../../observe/signed-in';
import type { TagRead } from '../../observe/tag-reads';
import { anonymousReads, credentialReads, pullReads } from '../../observe/tag-reads';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Probe } from '../../probe';
import type { Sight } from '../../sight';
import type { Severity } from '../../../rules/check';
import { closedToAccount, lockedOut } from './account-usable';
import { ACTIONS } from './actions-token';
import { countOf, namesOf } from './read-words';
import { mayRead } from './scopes';
import { listed } from './shown';
import { readSignIn, SIGN_IN_FAULTS } from './sign-in';
import { kindFaults } from './token-kind';
import { scopeless } from './token-scope';

const CODE = 'REG323';

/**
 * P11: the pull credential reads every image that is declared. Without one the credential of the path stands for it,
 * with a warning only: it may be there for something else.
 */
export const pullerReads: Probe = {
  code: CODE,
  step: 'P11',
  scope: 'registry',
  needs: ['REG311'],
  names: ['REG312', 'REG314', 'REG322', ...SIGN_IN_FAULTS],
  sends:
    'GET /v2/token with the pull credential; GET /v2/OWNER/IMAGE/tags/list with its token, for each image',
  decide: (sight) => (sight.request.pullCredential ? ofPuller(sight) : ofPath(sight)),
};

async function ofPuller(sight: Sight): Promise<Outcome[]> {
  const credential = sight.request.pullCredential!;
  const answer = await sight.see(pullSignedIn);
  if (answer === undefined) {
    return [
      skipped(
        CODE,
        `a way to '${new URL(credential.origin).host}', which the pull credential is for`,
      ),
    ];
  }
  const signIn = readSignIn(answer, 'the pull credential');
  if (signIn.kind === 'not') {
    return [signIn.outcome];
  }
  if (signIn.kind === 'scopeless' || !mayRead(signIn.token)) {
    return [scopeless()];
  }
  const [anonymous, reads] = await Promise.all([sight.see(anonymousReads), sight.see(pullReads)]);
  return [
    judged(anonymous, reads, 'error') ?? read(sight, reads),
    ...kindFaults(credential, signIn.token),
  ];
}

async function ofPath(sight: Sight): Promise<Outcome[]> {
  const token = (await sight.see(signedIn))?.token;
  if (!isAccountToken(token) || !mayRead(token)) {
    return [];
  }
  const [anonymous, reads] = await Promise.all([
    sight.see(anonymousReads),
    sight.see(credentialReads),
  ]);
  const fault = judged(anonymous, reads, 'warning');
  // An account that may do nothing is the word of REG322.
  return fault?.code === CODE ? [fault] : [];
}

function isAccountToken(token: RegistryToken | undefined): token is RegistryToken {
  return token !== undefined && token.userId !== ACTIONS;
}

function judged(
  anonymous: readonly TagRead[],
  reads: readonly TagRead[],
  severity: Severity,
): Outcome | undefined {
  const locked = closedToAccount(anonymous, reads);
  if (locked.length > 0) {
    return lockedOut(locked);
  }
  const hidden = reads.filter(({ verdict }) => verdict === 'public-only');
  if (hidden.length > 0) {
    return broken('REG314', {
      severity,
      observed: `the token is limited to public owners, and refused: ${listed(namesOf(hidden))}`,
      expected: "a token without 'public-only'",
    });
  }
  const closed = reads.filter(({ verdict }) => verdict === 'closed');
  return closed.length === 0
    ? undefined
    : broken(CODE, {
        severity,
        observed: `signed in, and may not read ${countOf(closed)}`,
        expected: 'a team of the owner whose packages unit is Read, or the account of the owner',
      });
}

function read({ request }: Sight, reads: readonly TagRead[]): Outcome {
  const readable = reads.filter(({ verdict }) => verdict === 'readable');
  const left = imageSubjects(request).length - MOST_SUBJECTS;
  const note = left > 0 ? `${left} more images were not looked at` : undefined;
  if (reads.length === 0) {
    return skipped(CODE, 'an owner or image to read: a declaration, or owners by name');
  }
  return readable.length === 0
    ? skipped(CODE, `an answer of an owner that exists: ${listed(namesOf(reads))}`)
    : passed(CODE, `the pull credential reads ${countOf(readable)}`, note);
}
