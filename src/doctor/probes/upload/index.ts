import { ANSWERED_CODES, UNANSWERED_CODES } from './codes';
import type { Probe } from '../../probe';
import type { DoctorRequest } from '../../request';
import { uploadRepository } from '../../observe/upload-repository';
import type * as bodyLimitModule from './body-limit';
import type * as packageLimitsModule from './package-limits';
import type * as sessionModule from './session';
import type * as timeLimitModule from './time-limit';

/** Who may not sign in, or with too little, need not try (section 3 of the catalogue, P9). */
const SIGNED_IN = ['REG312', 'REG314', 'REG315'];

/** Upload sessions and the limits of uploads; only on demand, for they write. What decides is loaded then. */
export const UPLOAD_PROBES: readonly Probe[] = [
  {
    code: 'REG321',
    step: 'P9',
    scope: 'path',
    needs: SIGNED_IN,
    names: [...ANSWERED_CODES, ...UNANSWERED_CODES, 'REG316', 'REG462'],
    sends:
      'POST /v2/OWNER/IMAGE/blobs/uploads/ with the credential; the session is cancelled by DELETE',
    writes: true,
    isAsked: ({ publish, limits }) => publish !== undefined || limits === true,
    decide: async (sight) =>
      uploadRepository(sight) === undefined
        ? []
        : (require('./session') as typeof sessionModule).session(sight),
  },
  {
    code: 'REG450',
    step: 'P9',
    scope: 'path',
    needs: ['REG321'],
    names: ANSWERED_CODES,
    sends:
      'the head of a PATCH of 101 MiB, then of 5 GiB, with Expect: 100-continue and never a byte of body',
    writes: true,
    isAsked: asksForLimits,
    decide: (sight) => (require('./body-limit') as typeof bodyLimitModule).bodyLimits(sight),
  },
  {
    code: 'REG440',
    step: 'P9',
    scope: 'path',
    needs: ['REG321'],
    names: ANSWERED_CODES,
    sends: 'a PATCH of 16 random bytes, one every 5 s',
    writes: true,
    isAsked: asksForLimits,
    decide: (sight) => (require('./time-limit') as typeof timeLimitModule).timeLimits(sight),
  },
  {
    code: 'REG460',
    step: 'P9',
    scope: 'registry',
    needs: ['REG321'],
    names: ['REG461'],
    sends: 'nothing: only an upload shows the limits of packages',
    isAsked: asksForLimits,
    decide: (sight) =>
      (require('./package-limits') as typeof packageLimitsModule).packageLimits(sight),
  },
];

function asksForLimits({ limits }: DoctorRequest): boolean {
  return limits === true;
}
