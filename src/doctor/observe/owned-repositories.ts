import { joined } from '../../client/packages/address';
import type { Answered, Seen } from '../ask';
import { isAnswered } from '../ask';
import type { Observation, Sight } from '../sight';
import { signedAnswer } from './signed-answer';

/** Repositories that may be meant by the name of a link; each `owner/name`. */
export interface MeantRepositories {
  /** Of the owner of the package; none where that is not told. */
  readonly own: readonly string[];
  /** Of any owner, with the name as it is. */
  readonly namesakes: readonly string[];
}

/** Fifty repositories. */
const READ = { readBytes: 1024 * 1024 };

/**
 * Looks for a repository that is not where the link has it: `GET /api/v1/repos/search` by name, and by owner, whose
 * number comes from `GET /api/v1/users/OWNER`. What the token may not look for stays unknown.
 */
export const meantRepositories: Observation<MeantRepositories> = async (sight) => {
  const { reference, repository } = sight.request.link!;
  const [named, user] = await Promise.all([
    search(sight, { q: repository }),
    signedAnswer(sight, `/users/${joined(reference.owner)}`, READ),
  ]);
  const id = (documentIn(user) as { readonly id?: unknown } | undefined)?.id;
  const own =
    typeof id === 'number' ? await search(sight, { uid: `${id}`, exclusive: 'true' }) : [];
  const wanted = repository.toLowerCase();
  return { own, namesakes: named.filter((each) => nameOf(each).toLowerCase() === wanted) };
};

/** `name` of `owner/name`. */
export function nameOf(fullName: string): string {
  return fullName.slice(fullName.indexOf('/') + 1);
}

async function search(sight: Sight, query: { readonly [name: string]: string }): Promise<string[]> {
  const seen = await signedAnswer(
    sight,
    `/repos/search?${new URLSearchParams({ limit: '50', ...query })}`,
    READ,
  );
  const data = (documentIn(seen) as { readonly data?: unknown } | undefined)?.data;
  return Array.isArray(data)
    ? data.flatMap((each: { readonly full_name?: unknown } | null) =>
        typeof each?.full_name === 'string' ? [each.full_name] : [],
      )
    : [];
}

function documentIn(seen: Seen | undefined): unknown {
  return seen !== undefined && isAnswered(seen) && seen.status === 200 ? parsed(seen) : undefined;
}

function parsed({ body }: Answered): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
