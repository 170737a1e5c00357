import { anonymousToken } from '../../observe/anonymous-token';
import type { TagRead } from '../../observe/tag-reads';
import { anonymousReads } from '../../observe/tag-reads';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Probe } from '../../probe';
import { isSignInDemanded } from './anonymous-access';
import { countOf, namesOf } from './read-words';
import { listed } from './shown';

const CODE = 'REG330';

/** P11: what is declared private or limited is closed to who has no account. */
export const privateOwners: Probe = {
  code: CODE,
  step: 'P11',
  scope: 'registry',
  needs: ['REG310'],
  sends:
    'GET /v2/OWNER/IMAGE/tags/list with the token for nobody, for each owner declared private or limited',
  decide: async (sight) => {
    const owners = sight.request.declaration?.owners ?? [];
    if (owners.every(({ visibility }) => visibility === 'public')) {
      return [];
    }
    if (isSignInDemanded(await sight.see(anonymousToken))) {
      return [passed(CODE, 'sign-in is required to read anything')];
    }
    const reads = await sight.see(anonymousReads);
    return [judged(reads.filter(({ visibility = 'public' }) => visibility !== 'public'))];
  },
};

function judged(reads: readonly TagRead[]): Outcome {
  const open = reads.filter(({ verdict }) => verdict === 'readable');
  if (open.length > 0) {
    return broken(CODE, {
      observed: `anybody reads ${countOf(open)}, declared ${visibilities(open)}`,
      expected: 'a refusal for who has not signed in',
    });
  }
  const closed = reads.filter(({ verdict }) => verdict === 'closed');
  return closed.length === 0
    ? skipped(CODE, `an owner that exists: ${listed(namesOf(reads))}`)
    : passed(CODE, `closed to who has not signed in: ${countOf(closed)}`);
}

function visibilities(reads: readonly TagRead[]): string {
  return [...new Set(reads.flatMap(({ visibility }) => visibility ?? []))].join(' or ');
}
