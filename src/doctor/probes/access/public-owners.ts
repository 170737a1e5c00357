import { anonymousToken } from '../../observe/anonymous-token';
import type { TagRead } from '../../observe/tag-reads';
import { anonymousReads } from '../../observe/tag-reads';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Probe } from '../../probe';
import { countOf, namesOf } from './read-words';
import { listed } from './shown';

const CODE = 'REG310';

/** P11: what is declared public is read by anybody. That nobody reads at all is the word of P6. */
export const publicOwners: Probe = {
  code: CODE,
  step: 'P11',
  scope: 'registry',
  needs: ['REG230'],
  sends: 'GET /v2/OWNER/IMAGE/tags/list with the token for nobody, for each owner declared public',
  decide: async (sight) => {
    if (!(await sight.see(anonymousToken)).token) {
      return [];
    }
    const reads = await sight.see(anonymousReads);
    const open = reads.filter(({ visibility }) => visibility === 'public');
    return open.length === 0 ? [] : [judged(open)];
  },
};

function judged(open: readonly TagRead[]): Outcome {
  const closed = open.filter(({ verdict }) => verdict === 'closed');
  if (closed.length > 0) {
    return broken(CODE, {
      severity: 'warning',
      observed: `nobody reads without signing in, and declared public: ${listed(namesOf(closed))}`,
      expected: 'packages that anybody may read',
    });
  }
  const readable = open.filter(({ verdict }) => verdict === 'readable');
  return readable.length === 0
    ? skipped(CODE, `an owner that exists: ${listed(namesOf(open))}`)
    : passed(CODE, `anybody reads ${countOf(readable)}`);
}
