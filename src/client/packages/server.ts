import type { Feature } from '../../declaration/gates';
import { supports } from '../../declaration/gates';
import type { Flavor } from '../../declaration/model';
import type { ForgeVersion } from '../../declaration/version';
import { atLeast, parseForgeVersion } from '../../declaration/version';
import { serverText } from '../server-text';
import type { Api } from './api';
import { ApiDocument } from './api-document';

/** What answers: product and version. */
export interface ForgeServer {
  readonly product: Flavor;
  /** As the server writes it. */
  readonly text: string;
  /** @default - the text is no version that can be compared, such as a build by hand */
  readonly version?: ForgeVersion;
}

/**
 * Asks for product and version: without credential first, because a wrong one is refused even here; with it where
 * nobody is answered who is not signed in.
 *
 * @throws ClientError REG910 when no API answers, or the code of the refusal
 */
export async function detectServer(api: Api): Promise<ForgeServer> {
  const purpose = 'read the version of the server';
  const path = '/api/v1/version';
  const answer =
    (await api.find(
      { path, purpose, isAnonymous: true },
      ({ id }) => id === 'sign-in-required' || id === 'no-token-seen',
    )) ?? (await api.read({ path, purpose }));
  return serverOf(versionText(answer.document), () => productOf(api));
}

/**
 * The server that tells this version.
 *
 * @param askProduct asks for the product; called where the version could be that of either
 */
export async function serverOf(
  text: string,
  askProduct: () => Promise<Flavor>,
): Promise<ForgeServer> {
  const version = parsed(text);
  const product = productBy(version) ?? (await askProduct());
  const known = product === 'forgejo' ? parsed(text, 'forgejo') : version;
  return { product, text, ...(known && { version: known }) };
}

/**
 * Whether a server has a feature.
 *
 * @returns undefined when its version does not tell: no version, or a build on the way to the first release with it
 */
export function hasFeature({ version }: ForgeServer, feature: Feature): boolean | undefined {
  if (version === undefined) {
    return undefined;
  }
  if (supports(version, feature)) {
    return true;
  }
  return supports({ ...version, preRelease: false }, feature) ? undefined : false;
}

/** `Gitea 1.25.4`, for messages. */
export function describeServer({ product, text }: ForgeServer): string {
  return `${product === 'forgejo' ? 'Forgejo' : 'Gitea'} ${text}`;
}

/** Releases of Gitea from here on share their number with no Forgejo: after 1.21 came 7.0, which names itself. */
const FIRST_GITEA_ALONE = '1.22.0';

/** What a version tells of its product; undefined when it could be either. */
function productBy(version: ForgeVersion | undefined): Flavor | undefined {
  if (version === undefined || version.flavor === 'forgejo') {
    return version?.flavor;
  }
  return atLeast(version, FIRST_GITEA_ALONE) ? 'gitea' : undefined;
}

/** Forgejo before 7 names itself only here. */
async function productOf(api: Api): Promise<Flavor> {
  const answer = await api.find(
    { path: '/api/forgejo/v1/version', purpose: 'read the product of the server' },
    () => true,
  );
  return answer === undefined ? 'gitea' : 'forgejo';
}

function versionText(document: unknown): string {
  return serverText(ApiDocument.of(document, 'the version').text('version'), 80);
}

function parsed(text: string, flavor?: Flavor): ForgeVersion | undefined {
  try {
    return parseForgeVersion(text, flavor);
  } catch {
    return undefined;
  }
}
