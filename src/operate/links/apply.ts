import { ClientError } from '../../client/error';
import type { LinkDeclaration } from '../../declaration/model';
import { formatPackageReference } from '../../declaration/package-reference';
import { failsForAll } from '../fails-for-all';
import type { LinkingClient } from './move';
import { moveLink } from './move';
import type { LinksPlan, LinkStep } from './plan';
import { isChange } from './plan';

/** What became of one step that asked for a write. */
export type LinkResult = {
  readonly link: LinkDeclaration;
} & (
  | { readonly outcome: 'linked' | 'moved' | 'unchanged' }
  | { readonly outcome: 'failed'; readonly error: ClientError }
  /** The run ended before it. */
  | { readonly outcome: 'not-reached' }
);

/** How a plan is carried out. */
export interface ApplyOptions {
  /** Ends the run between two changes, never within one. @default - nothing does */
  readonly signal?: AbortSignal;
  /** Told of each result as it comes. @default - nobody */
  readonly onResult?: (result: LinkResult) => void;
}

/**
 * Carries the links of a plan out, one after the other. One that fails stops no other, unless it would fail for all: a
 * refused credential, or a server that no longer answers.
 *
 * @param client must not be aborted by the signal of the run: a move that ends in the middle leaves no link
 * @returns a result for each step that asks for a write, in order
 */
export async function applyLinks(
  plan: Pick<LinksPlan, 'steps'>,
  client: LinkingClient,
  { signal, onResult }: ApplyOptions = {},
): Promise<LinkResult[]> {
  const results: LinkResult[] = [];
  let isOver = false;
  for (const step of plan.steps.filter(isChange)) {
    isOver ||= signal?.aborted === true;
    const result: LinkResult = isOver
      ? { link: step.link, outcome: 'not-reached' }
      : await carryOut(step, client);
    isOver ||= result.outcome === 'failed' && failsForAll(result.error);
    results.push(result);
    onResult?.(result);
  }
  return results;
}

async function carryOut(
  step: LinkStep & { readonly action: 'link' | 'move' },
  client: LinkingClient,
): Promise<LinkResult> {
  const { link } = step;
  try {
    if (step.action === 'move') {
      await moveLink(client, link, { repository: link.repository, from: step.current });
      return { link, outcome: 'moved' };
    }
    const outcome = await client.link(link, link.repository, { current: null });
    return outcome.kind === 'linked-elsewhere'
      ? { link, outcome: 'failed', error: linkedElsewhere(link, outcome.repository) }
      : { link, outcome: outcome.kind };
  } catch (error) {
    if (!(error instanceof ClientError)) {
      throw error;
    }
    return { link, outcome: 'failed', error };
  }
}

/** The plan saw no link: somebody made one since, or the account may not see the repository. */
function linkedElsewhere(link: LinkDeclaration, repository: string | undefined): ClientError {
  const name = formatPackageReference(link);
  return repository === undefined
    ? new ClientError(
        `'${name}' is linked to a repository this account cannot see: 'gitea-registry link ${name} ${link.repository} --move' moves it`,
        'REG917',
      )
    : new ClientError(`'${name}' was linked to '${repository}' meanwhile: plan again`, 'REG917');
}
