import type { Answered } from '../ask';
import { ask, isAnswered } from '../ask';
import type { Observation } from '../sight';
import { version } from './server';

/** Asked again so often. */
const REPEATS = 4;

/** Answers of `GET /api/v1/version` that name a version, the one of `version` first; none where it names none. */
export const versions: Observation<readonly Answered[]> = async (sight) => {
  const first = await sight.see(version);
  if (!isAnswered(first) || first.status !== 200) {
    return [];
  }
  const others = await Promise.all(
    Array.from({ length: REPEATS }, () => ask(sight, { url: '/api/v1/version', surface: 'api' })),
  );
  return [first, ...others.filter(isAnswered)].filter(({ status }) => status === 200);
};
