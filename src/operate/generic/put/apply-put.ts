import { ClientError } from '../../../client/error';
import type { GenericContext } from '../context';
import type { Content } from '../digests';
import { LocalError } from '../local-error';
import { changed, lookAt } from './local-file';
import { inParallel } from '../parallel';
import { formatPlace } from '../place';
import type { PutPlan } from './put-plan';
import type { PutStep } from './put-step';
import { sizeOf } from './put-step';
import { holds } from './store';
import type { StoredFiles } from '../stored/stored-files';
import { listFiles } from '../stored/stored-version';
import type { Upload } from './upload';
import { presentIn, uploadParts, uploadWhole, withdrawn } from './upload';

/** What became of one file. */
export type PutResult = {
  readonly name: string;
  /** How many parts it was put in. @default - as it is */
  readonly parts?: number;
} & (
  | { readonly status: 'uploaded' | 'unchanged' | 'replaced'; readonly content: Content }
  | { readonly status: 'failed'; readonly error: Error }
);

/** Files that are sent at once. */
export const FILES_AT_ONCE = 4;

type Sending = Extract<PutStep, { readonly action: 'upload' | 'replace' }>;

/**
 * Carries a plan out. A file that fails stops no other. Afterwards what the server lists is compared with what was sent.
 *
 * @returns a result for each step, in order; aborted ones failed with the reason of the signal
 */
export async function applyPut(context: GenericContext, plan: PutPlan): Promise<PutResult[]> {
  const run = new PutRun(context, plan);
  const first = plan.stored === undefined ? smallestUpload(plan.steps) : undefined;
  const done = new Map<PutStep, Outcome>();
  if (first) {
    // Two uploads that both create the package or the version: some releases answer one of them 500.
    done.set(first, await run.step(first));
  }
  const outcomes = await inParallel(
    plan.steps,
    FILES_AT_ONCE,
    async (step) => done.get(step) ?? run.step(step),
  );
  return run.verified(outcomes);
}

/** A result, and what was stored for it. */
interface Outcome {
  readonly result: PutResult;
  readonly upload?: Upload;
}

class PutRun {
  public constructor(
    private readonly context: GenericContext,
    private readonly plan: PutPlan,
  ) {}

  public async step(step: PutStep): Promise<Outcome> {
    const { name } = step.input;
    if (step.action === 'unchanged') {
      return { result: { name, status: 'unchanged', content: step.content } };
    }
    if (step.action === 'conflict') {
      return { result: { name, status: 'failed', error: step.error } };
    }
    const watched = this.context.watch.begin(name, 'uploading', { total: sizeOf(step.input) });
    const outcome = await this.send(step, (at) => watched.at(at));
    watched.end(outcome.result.status);
    return outcome;
  }

  /** The outcomes as results, where the server lists what was sent. */
  public async verified(outcomes: readonly Outcome[]): Promise<PutResult[]> {
    const isNew = outcomes.some(({ upload }) => upload?.stored.some((stored) => stored.isNew));
    if (!isNew || this.context.signal?.aborted) {
      return outcomes.map(({ result }) => result);
    }
    const listed = await listFiles(this.context, this.plan.version).catch((error: unknown) =>
      error instanceof ClientError ? error : Promise.reject(error),
    );
    return Promise.all(outcomes.map((outcome) => this.verify(outcome, listed)));
  }

  private async verify(
    { result, upload }: Outcome,
    listed: StoredFiles | ClientError | undefined,
  ): Promise<PutResult> {
    const { name } = result;
    if (!upload || result.status === 'failed') {
      return result;
    }
    if (listed instanceof ClientError) {
      const error = new ClientError(
        `'${formatPlace(this.plan.version, name)}' was stored, but its checksum cannot be compared: ${wordsOf(listed)}; repeat the command to compare it`,
        listed.code,
        listed.facts,
        { cause: listed },
      );
      return { name, status: 'failed', error };
    }
    const wrong = upload.stored.find(
      (stored) => stored.isNew && !holds(listed?.find(stored.name), stored.content),
    );
    if (!wrong) {
      return result;
    }
    const error = await withdrawn({ context: this.context, version: this.plan.version }, wrong);
    return { name, status: 'failed', error };
  }

  private async send(step: Sending, onRead: (at: number) => void): Promise<Outcome> {
    const { input, parts } = step;
    const { name } = input;
    try {
      this.context.signal?.throwIfAborted();
      const upload =
        step.action === 'replace'
          ? await this.replace(step, onRead)
          : await this.upload(step, onRead);
      const isNew = upload.stored.some((stored) => stored.isNew);
      const status = step.action === 'replace' ? 'replaced' : isNew ? 'uploaded' : 'unchanged';
      const count = parts && { parts: parts.length };
      return { result: { name, status, content: upload.content, ...count }, upload };
    } catch (error) {
      return { result: { name, status: 'failed', error: error as Error } };
    }
  }

  private async upload(step: Sending, onRead: (at: number) => void): Promise<Upload> {
    const { input, parts } = step;
    const target = { context: this.context, version: this.plan.version, onRead };
    const deleted = step.action === 'replace' ? step.deletes : [];
    return parts && 'file' in input
      ? uploadParts(target, input, parts, presentIn(this.plan.stored, deleted))
      : uploadWhole(target, input, step.action === 'replace' ? step.content.sha256 : undefined);
  }

  private async replace(
    step: Extract<PutStep, { readonly action: 'replace' }>,
    onRead: (at: number) => void,
  ): Promise<Upload> {
    const { input, deletes } = step;
    const { deleting, signal } = this.context;
    const { version } = this.plan;
    await this.checkStillPlanned(step);
    let isGone = false;
    try {
      for (const { name } of deletes) {
        signal?.throwIfAborted();
        await deleting.deleteFile(version, name);
        isGone = true;
      }
      return await this.upload(step, onRead);
    } catch (error) {
      const place = `'${formatPlace(version, input.name)}'`;
      throw isGone ? missingNow(place, input.file.shown, error) : error;
    }
  }

  /** Nothing is deleted that was not in the plan, or for bytes that are no longer there. */
  private async checkStillPlanned({
    input: { file },
    deletes,
  }: Extract<PutStep, { readonly action: 'replace' }>): Promise<void> {
    if ((await lookAt(file.path, file.shown)).mark !== file.mark) {
      throw changed(file);
    }
    const listed = await listFiles(this.context, this.plan.version);
    const other = deletes.find(({ name, id }) => listed?.find(name)?.id !== id);
    if (other) {
      throw new ClientError(
        `'${formatPlace(this.plan.version, other.name)}' was changed by somebody else since the plan: nothing was deleted; repeat the command`,
        'REG920',
      );
    }
  }
}

/** The worst that can happen: the old file is gone and the new one is not there. */
function missingNow(place: string, local: string, cause: unknown): Error {
  const message = `${place} IS MISSING NOW: the old file was deleted, and the new one is not stored: ${wordsOf(cause)}; '${local}' is as it was, repeat the same command to put it`;
  return cause instanceof ClientError
    ? new ClientError(message, cause.code, cause.facts, { cause })
    : new LocalError(message, { cause });
}

function wordsOf(error: unknown): string {
  const { message } = error as Error;
  return error instanceof ClientError ? message.replace(` (${error.code})`, '') : message;
}

function smallestUpload(steps: readonly PutStep[]): PutStep | undefined {
  return steps
    .filter(({ action }) => action === 'upload')
    .toSorted((a, b) => (sizeOf(a.input) ?? Infinity) - (sizeOf(b.input) ?? Infinity))[0];
}
