import { ClientError } from '../../client/error';
import { GenericClient } from '../../client/generic/generic-client';
import { OciClient } from '../../client/oci/oci-client';
import type { RegistryTarget } from '../../client/target';
import type { SmokeRun } from './smoke-run';
import { PROBE_NAME } from './smoke-run';
import type { SmokeStep } from './step';
import { STEP_CODES } from './step';

/** Cleaning up has its own time, also after Ctrl-C. */
const CLEAN_UP_MS = 30_000;

/**
 * Deletes what a smoke test may have stored, whether or not it got that far: an answer that was lost may have done its
 * work.
 */
export async function cleanUp({ target, repository, version }: SmokeRun): Promise<SmokeStep> {
  const own: RegistryTarget = { ...target, signal: AbortSignal.timeout(CLEAN_UP_MS) };
  const [owner] = repository.split('/');
  const results = await Promise.all([
    attempt(`${repository}:${version}`, () =>
      new OciClient(own).deleteManifest(repository, version),
    ),
    attempt(`${owner}/generic/${PROBE_NAME}@${version}`, () =>
      new GenericClient(own).deleteVersion({ owner, name: PROBE_NAME, version }),
    ),
  ]);
  const left = results.flatMap(({ left: each }) => each ?? []);
  return left.length === 0
    ? {
        name: 'cleanup',
        status: 'pass',
        code: STEP_CODES.cleanup,
        observed: results.some(({ isDeleted }) => isDeleted)
          ? 'tag and generic version deleted'
          : 'nothing was stored',
      }
    : { name: 'cleanup', status: 'warn', code: STEP_CODES.cleanup, observed: left.join('; ') };
}

/** A registry without an API has no generic version either; one that lost the route cannot be asked. */
const NOTHING_THERE = /^REG(910|913|320|321|723)$/;

async function attempt(
  what: string,
  work: () => Promise<'deleted' | 'absent'>,
): Promise<{ readonly isDeleted?: boolean; readonly left?: string }> {
  try {
    return { isDeleted: (await work()) === 'deleted' };
  } catch (error) {
    if (error instanceof ClientError) {
      return NOTHING_THERE.test(error.code)
        ? {}
        : { left: `'${what}' may be left: ${error.message}` };
    }
    return { left: `'${what}' may be left: no answer in time` };
  }
}
