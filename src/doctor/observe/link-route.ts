import { basic } from '../../client/http/credential';
import { joined, packagePath } from '../../client/packages/address';
import type { PackageReference } from '../../declaration/package-reference';
import type { Seen } from '../ask';
import { ask } from '../ask';
import type { DoctorRequest } from '../request';
import type { Observation, Sight } from '../sight';
import { belongs } from './signed-in';
import { askSafely } from './token-answer';

/** A package and the repository it shall be linked to. */
export interface WantedLink {
  /** Without a version. */
  readonly reference: PackageReference;
  /** Bare name of a repository of the same owner. */
  readonly repository: string;
}

/** Answers to GET on the address that links a package: a server that has the route takes POST alone there. */
export interface LinkRoute {
  readonly wanted: WantedLink;
  readonly seen: Seen;
  /** The same with a name without a slash. @default - the name has none */
  readonly flat?: Seen;
}

/** Name of a package without a slash; nothing is looked up before a method is refused. */
const FLAT_NAME = 'doctor-probe';

/** The link that is asked about, else a declared one, one whose name has a slash first; undefined without any. */
export function wantedLink({ link, declaration }: DoctorRequest): WantedLink | undefined {
  if (link) {
    const { owner, type, name } = link.reference;
    return { reference: { owner, type, name }, repository: link.repository };
  }
  const links = declaration?.links ?? [];
  const first = links.find(({ name }) => name.includes('/')) ?? links[0];
  return first && { reference: first, repository: first.repository };
}

/** `GET …/-/link/REPO`; undefined when no link is asked about or declared. */
export const linkRoute: Observation<LinkRoute | undefined> = async (sight) => {
  const wanted = wantedLink(sight.request);
  if (wanted === undefined) {
    return undefined;
  }
  const { reference } = wanted;
  const hasSlash = reference.name.includes('/');
  const [seen, flat] = await Promise.all([
    askRoute(sight, wanted),
    hasSlash
      ? askRoute(sight, { ...wanted, reference: { ...reference, name: FLAT_NAME } })
      : undefined,
  ]);
  return { wanted, seen, ...(flat && { flat }) };
};

async function askRoute(sight: Sight, { reference, repository }: WantedLink): Promise<Seen> {
  const { credential } = sight.path;
  const { owner, type, name } = reference;
  const question = {
    url: `${packagePath({ owner, type, name })}/-/link/${joined(repository)}`,
    surface: 'api',
  } as const;
  // Strict sign-in refuses nobody before it looks for a route.
  return credential && belongs(credential, sight)
    ? askSafely(sight, () => ({ ...question, authorize: basic(credential) }))
    : ask(sight, question);
}
