import { joined } from '../../client/packages/address';
import type { Seen } from '../ask';
import { ask, isAnswered } from '../ask';
import type { Observation, Sight } from '../sight';
import { signedAnswer } from './signed-answer';

/** A repository as this account sees it. */
export interface SeenRepository {
  readonly kind: 'found';
  /** `owner/name`. */
  readonly fullName: string;
  readonly isPrivate: boolean;
  /** Whether its packages unit is on. @default - the server does not say */
  readonly hasPackages?: boolean;
  /** Whether the account administers it, or may push code to it; neither is told to who has not signed in. */
  readonly isAdmin: boolean;
  readonly mayPush: boolean;
}

/** What became of the name of a repository. */
export type RepositorySeen =
  | SeenRepository
  /** `to`: `owner/name`. */
  | { readonly kind: 'renamed'; readonly to: string }
  /** Nothing, or nothing this account may see. */
  | { readonly kind: 'absent' }
  /** The token may not look (`read:repository`), or no answer came. */
  | { readonly kind: 'unknown'; readonly seen: Seen };

/** A repository document, with the one it is a fork of. */
const READ = { readBytes: 64 * 1024 };

/** `GET /api/v1/repos/OWNER/REPO`, once for each: with the credential, and as nobody where that may not look. */
export const repositories: Observation<
  (owner: string, name: string) => Promise<RepositorySeen>
> = async (sight) => {
  const known = new Map<string, Promise<RepositorySeen>>();
  return (owner, name) => {
    const key = `${owner}/${name}`.toLowerCase();
    const looking = known.get(key) ?? look(sight, owner, name);
    looking.catch(() => undefined);
    known.set(key, looking);
    return looking;
  };
};

async function look(sight: Sight, owner: string, name: string): Promise<RepositorySeen> {
  const path = `/repos/${joined(owner, name)}`;
  const seen = await signedAnswer(sight, path, READ);
  const found = seen && readRepository(seen);
  // A public repository needs no scope; of another, nobody is told that there is none.
  return (
    found ?? orUnknown(await ask(sight, { url: `/api/v1${path}`, surface: 'api', ...READ }), seen)
  );
}

function orUnknown(seen: Seen, first = seen): RepositorySeen {
  const found = readRepository(seen);
  return found?.kind === 'found' || found?.kind === 'renamed'
    ? found
    : { kind: 'unknown', seen: first };
}

function readRepository(seen: Seen): RepositorySeen | undefined {
  if (!isAnswered(seen)) {
    return undefined;
  }
  const { status, reading, body } = seen;
  if (status === 200) {
    return documentIn(body);
  }
  if (reading.id === 'repository-renamed') {
    return { kind: 'renamed', to: `${reading.parts.owner}/${reading.parts.now}` };
  }
  return /^(repository-missing|owner-unknown)$/.test(reading.id) ? { kind: 'absent' } : undefined;
}

interface RepositoryDocument {
  readonly full_name?: unknown;
  readonly private?: unknown;
  readonly has_packages?: unknown;
  readonly permissions?: { readonly admin?: unknown; readonly push?: unknown };
}

function documentIn(body: string): SeenRepository | undefined {
  try {
    const document = JSON.parse(body) as RepositoryDocument;
    const { full_name: fullName, has_packages: hasPackages, permissions } = document;
    return typeof fullName === 'string'
      ? {
          kind: 'found',
          fullName,
          isPrivate: document.private === true,
          ...(typeof hasPackages === 'boolean' && { hasPackages }),
          isAdmin: permissions?.admin === true,
          mayPush: permissions?.push === true,
        }
      : undefined;
  } catch {
    return undefined;
  }
}
