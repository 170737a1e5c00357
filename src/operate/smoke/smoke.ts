import { randomBytes } from 'node:crypto';
import { ClientError } from '../../client/error';
import { bodyOf } from '../../client/http/message';
import type { Descriptor } from '../../client/oci/descriptor';
import { OciClient } from '../../client/oci/oci-client';
import type { RegistryTarget } from '../../client/target';
import { UNWATCHED } from '../generic/watch';
import { issueToken } from '../token/issued-token';
import { mintingWarning, requireScope } from '../token/package-scope';
import { cleanUp } from './clean-up';
import { genericRoundTrip } from './generic-round-trip';
import { CONFIG_TYPE, LAYER_TYPE, probeConfig, probeManifest } from './probe-image';
import { randomBody, sha256Of } from './random-bytes';
import type { SmokePlan, SmokeRun, Told } from './smoke-run';
import { PROBE_NAME, uncut } from './smoke-run';
import type { SmokeStep, SmokeStepName } from './step';
import { SMOKE_STEPS, STEP_CODES } from './step';

/**
 * Pushes an image made on the spot, pulls and compares it, does the same with a generic file, and deletes all of it.
 * Each step is told as it ends; after a failure the rest is skipped, but never the cleanup. Aborting stops the work, and
 * what was stored by then is still deleted.
 *
 * @throws the reason of the target's signal, after the cleanup
 */
export async function* smoke(target: RegistryTarget, plan: SmokePlan): AsyncGenerator<SmokeStep> {
  const run: SmokeRun = {
    target,
    repository: `${plan.owner}/${PROBE_NAME}`,
    version: `smoke-${randomBytes(4).toString('hex')}`,
  };
  const work = new Smoke(run, plan);
  let failed: SmokeStepName | undefined;
  let isBegun = false;
  try {
    for (const name of SMOKE_STEPS.slice(0, -1)) {
      if (failed !== undefined && !(name === 'generic' && failed !== 'login')) {
        yield { name, status: 'skip', code: STEP_CODES[name], note: `waits for ${failed}` };
        continue;
      }
      isBegun ||= name !== 'login';
      const step = await work.step(name);
      failed ??= step.status === 'fail' ? name : undefined;
      yield step;
    }
  } finally {
    if (isBegun) {
      work.cleanup = await cleanUp(run);
    }
  }
  yield (
    work.cleanup ?? {
      name: 'cleanup',
      status: 'skip',
      code: STEP_CODES.cleanup,
      note: 'nothing was stored',
    }
  );
}

/** Gitea's `UserID` of a token that was given without a credential. */
const NOBODY = -1;

class Smoke {
  public cleanup?: SmokeStep;
  private readonly oci: OciClient;
  private layer?: Descriptor;
  private config?: Descriptor;

  public constructor(
    private readonly run: SmokeRun,
    private readonly plan: SmokePlan,
  ) {
    this.oci = new OciClient(run.target);
  }

  public async step(name: SmokeStepName): Promise<SmokeStep> {
    const code = STEP_CODES[name];
    try {
      const { observed, note, status = 'pass' } = await this.work(name);
      return { name, status, code, observed, ...(note !== undefined && { note }) };
    } catch (error) {
      this.run.target.signal?.throwIfAborted();
      if (error instanceof ClientError) {
        return { name, status: 'fail', code: error.code, observed: error.message };
      }
      throw error;
    }
  }

  private work(name: SmokeStepName): Promise<Told> {
    switch (name) {
      case 'login':
        return this.logIn();
      case 'push blob':
        return this.push();
      case 'put manifest':
        return this.putManifest();
      case 'pull':
        return this.pull();
      default:
        return genericRoundTrip(this.run, this.plan);
    }
  }

  private async logIn(): Promise<Told> {
    const { credential, origin } = this.run.target;
    const token = await issueToken(this.run.target);
    if (token.userId === NOBODY) {
      throw new ClientError(
        `'${origin.host}' gave a token for nobody: something on the way takes the Authorization header off`,
        'REG311',
      );
    }
    requireScope(token, 'write', `push to '${origin.host}'`);
    const scopes = token.scopes?.length ? ` (${token.scopes.join(', ')})` : '';
    return {
      observed: `token for ${credential?.user ?? 'nobody'}${scopes}`,
      note: mintingWarning(token),
    };
  }

  private async push(): Promise<Told> {
    const { repository } = this.run;
    const { size } = this.plan;
    const layer = await this.watched(size, (onProgress) =>
      this.oci.pushBlob(repository, randomBody(size), { mediaType: LAYER_TYPE, onProgress }),
    );
    this.layer = layer;
    this.config = await this.oci.pushBlob(repository, bodyOf(probeConfig(layer.digest)), {
      mediaType: CONFIG_TYPE,
    });
    return { observed: `${size} bytes in one request, digest matches` };
  }

  private async watched<T>(
    total: number,
    work: (onProgress: (sent: number) => void) => Promise<T>,
  ): Promise<T> {
    const watched = (this.plan.watch ?? UNWATCHED).begin('layer', 'uploading', { total });
    let outcome = 'failed';
    try {
      const done = await work((sent) => watched.at(sent));
      outcome = 'uploaded';
      return done;
    } finally {
      watched.end(outcome);
    }
  }

  private async putManifest(): Promise<Told> {
    const { repository, version } = this.run;
    const manifest = probeManifest(this.config!, this.layer!);
    const oci = new OciClient(uncut(this.run.target));
    const { digest } = await oci.putManifest(repository, version, manifest);
    return { observed: `${repository}:${version} ${digest}` };
  }

  private async pull(): Promise<Told> {
    const { repository, version } = this.run;
    const byTag = await this.oci.getManifest(repository, version);
    await this.oci.getManifest(repository, byTag.descriptor.digest);
    for (const { digest, size } of [this.config!, this.layer!]) {
      // The stream fails when its bytes are not those of the digest.
      await sha256Of((await this.oci.getBlob(repository, digest, size)).stream);
    }
    return { observed: 'manifest by tag and digest, config and layer: bytes identical' };
  }
}
