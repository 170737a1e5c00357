import { ClientError } from '../../client/error';
import type { PackagesClient } from '../../client/packages/packages-client';
import { unsupportedLink } from '../../client/packages/link-support';
import type { ForgeServer } from '../../client/packages/server';
import type { LinkDeclaration } from '../../declaration/model';
import { formatPackageReference } from '../../declaration/package-reference';
import type { DeclaredLinks } from './declared-links';
import type { OwnedPackage, OwnerPackages } from './owner-packages';
import { packageKey, packagesOf } from './owner-packages';
import { privacyWarnings } from './privacy-warnings';

/** What one declared link needs. */
export type LinkStep = {
  readonly link: LinkDeclaration;
  /** `owner/name` of the repository it is linked to today. @default - none that this account can see */
  readonly current?: string;
} & (
  | { readonly action: 'link' | 'none' }
  | { readonly action: 'move'; readonly current: string }
  /** It cannot be made: why, ending with the code. */
  | { readonly action: 'impossible'; readonly reason: string; readonly code: string }
);

/** A package that is linked although nobody declared it. */
export interface UndeclaredLink {
  readonly owner: string;
  readonly type: string;
  readonly name: string;
  /** `owner/name`. */
  readonly repository: string;
}

/** What the declared links need, and what else was seen. */
export interface LinksPlan {
  /** In the order of the declaration. */
  readonly steps: readonly LinkStep[];
  readonly undeclared: readonly UndeclaredLink[];
  /** Packages of the same owners that are neither linked nor declared. */
  readonly unlinked: number;
  /** Sentences for people, each with its code. */
  readonly warnings: readonly string[];
}

/**
 * What planning asks the server. Without `server` nothing is ruled out by its release: whoever carries the plan out at
 * once is told so by the first refusal, and spares the requests.
 */
export type PlanningClient = Pick<PackagesClient, 'list'> & Partial<Pick<PackagesClient, 'server'>>;

/**
 * Compares the declared links with the server. Each owner's versions are read once; an owner that cannot be read makes
 * its links impossible and not those of others.
 *
 * @throws ClientError when the server cannot be asked, or refuses the credential; the reason of `signal`
 */
export async function planLinks(
  declared: DeclaredLinks,
  client: PlanningClient,
  signal?: AbortSignal,
): Promise<LinksPlan> {
  const owners = new Map<string, OwnerPackages | ClientError>();
  for (const { owner } of declared.links) {
    const key = owner.toLowerCase();
    if (!owners.has(key)) {
      owners.set(key, await readOwner(client, owner, signal));
    }
  }
  const steps = declared.links.map((link) => stepOf(link, owners.get(link.owner.toLowerCase())!));
  const read = [...owners].flatMap(([key, found]) =>
    found instanceof ClientError ? [] : [{ ...found, owner: found.owner ?? key }],
  );
  const others = read.flatMap((owner) => undeclaredOf(owner, declared.links));
  return {
    steps: await judged(steps, client),
    undeclared: others.filter(isLinked),
    unlinked: others.filter((other) => !isLinked(other)).length,
    warnings: privacyWarnings(declared, read),
  };
}

async function readOwner(
  client: PlanningClient,
  owner: string,
  signal: AbortSignal | undefined,
): Promise<OwnerPackages | ClientError> {
  try {
    return await packagesOf(client.list(owner), signal);
  } catch (error) {
    if (error instanceof ClientError && isAboutOwner(error)) {
      return error;
    }
    throw error;
  }
}

/** A credential without the scope is refused for every owner alike. */
function isAboutOwner({ code, facts: { status } }: ClientError): boolean {
  return (status === 404 || status === 403) && code !== 'REG314' && code !== 'REG910';
}

function stepOf(link: LinkDeclaration, found: OwnerPackages | ClientError): LinkStep {
  if (found instanceof ClientError) {
    return { link, action: 'impossible', reason: found.message, code: found.code };
  }
  const owned = found.packages.get(packageKey(link));
  if (!owned) {
    return impossible(
      link,
      undefined,
      `there is no package '${formatPackageReference(link)}': push it first; 'gitea-registry ls ${link.owner}' shows what there is`,
      'REG913',
    );
  }
  const { repository: current } = owned;
  if (found.owner!.toLowerCase() !== link.owner.toLowerCase()) {
    return impossible(
      link,
      current,
      `owner '${link.owner}' was renamed to '${found.owner}': declare the new name`,
      'REG320',
    );
  }
  if (current === undefined) {
    return { link, action: 'link' };
  }
  return { link, current, action: isSame(current, link) ? 'none' : 'move' };
}

function isSame(repository: string, link: LinkDeclaration): boolean {
  return repository.toLowerCase() === `${link.owner}/${link.repository}`.toLowerCase();
}

function impossible(
  link: LinkDeclaration,
  current: string | undefined,
  reason: string,
  code: string,
): LinkStep {
  return {
    link,
    action: 'impossible',
    reason: `${reason} (${code})`,
    code,
    ...(current !== undefined && { current }),
  };
}

/** Takes out what the server cannot do at all; asked only where something is to be done. */
async function judged(steps: readonly LinkStep[], client: PlanningClient): Promise<LinkStep[]> {
  const server = steps.some(isChange) ? await serverIfTold(client) : undefined;
  return steps.map((step) => {
    const unsupported =
      server && isChange(step) ? unsupportedLink(step.link.name, server) : undefined;
    return unsupported
      ? impossible(step.link, step.current, unsupported.reason, unsupported.row.code)
      : step;
  });
}

/** The server, unless it hides its version: then the requests themselves show what it can do. */
async function serverIfTold(client: PlanningClient): Promise<ForgeServer | undefined> {
  try {
    return await client.server?.();
  } catch (error) {
    if (error instanceof ClientError && error.facts.status !== undefined) {
      return undefined;
    }
    throw error;
  }
}

/** Whether a step asks for a write. */
export function isChange(step: LinkStep): step is LinkStep & { readonly action: 'link' | 'move' } {
  return step.action === 'link' || step.action === 'move';
}

type Other = OwnedPackage & { readonly owner: string };

function isLinked(other: Other): other is Other & UndeclaredLink {
  return other.repository !== undefined;
}

function undeclaredOf(
  { owner, packages }: OwnerPackages & { readonly owner: string },
  links: readonly LinkDeclaration[],
): Other[] {
  const declared = new Set(
    links.filter((link) => link.owner.toLowerCase() === owner.toLowerCase()).map(packageKey),
  );
  return [...packages]
    .filter(([key]) => !declared.has(key))
    .map(([, owned]) => ({ owner, ...owned }));
}
