import { DIGEST, IMAGE_NAME, TAG } from '../../declaration/image-reference';
import type { Grammar } from '../../declaration/grammar';
import { matches } from '../../declaration/grammar';
import { OWNER_NAME } from '../../declaration/owner-name';
import { ClientError } from '../error';
import { serverText } from '../server-text';
import type { Digest } from './digest';

/**
 * Which names pass before a request is made. `gitea`: `owner/image` as Gitea and Forgejo take it. `oci`: what the OCI
 * distribution spec allows, for other registries: one part or more, with `__` and runs of `-`.
 */
export type Naming = 'gitea' | 'oci';

const OCI_PART = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';

/** OCI distribution spec 1.1, "Pulling manifests". */
const OCI_NAME: Grammar = {
  allowed:
    "must be a repository name of OCI: lower-case letters and digits, '.', '_', '__' or '-' between them, parts separated by '/'",
  code: 'REG470',
  pattern: new RegExp(`^${OCI_PART}(?:/${OCI_PART})*$`),
  maxLength: 255,
};

/**
 * A repository name as it goes into a URL. Gitea takes the owner in any case and writes it in lower case itself.
 *
 * @throws ClientError REG320 (the owner), REG470 (the image)
 */
export function checkedRepository(repository: string, naming: Naming): string {
  if (naming === 'oci') {
    return checked('repository', repository, OCI_NAME, repository);
  }
  const slash = repository.indexOf('/');
  if (slash < 0) {
    throw new ClientError(
      `repository '${serverText(repository)}' must be 'owner/image', the owner a user or organization`,
      'REG470',
    );
  }
  const owner = repository.slice(0, slash);
  const image = repository.slice(slash + 1);
  checked('repository', repository, OWNER_NAME, owner, 'its owner ');
  checked('repository', repository, IMAGE_NAME, image, 'its image ');
  return `${owner.toLowerCase()}/${image}`;
}

/**
 * A tag or digest as it goes into a URL.
 *
 * @throws ClientError REG470
 */
export function checkedReference(reference: string): string {
  return reference.includes(':')
    ? checkedDigest(reference)
    : checked('tag', reference, TAG, reference);
}

/**
 * A digest as it goes into a URL.
 *
 * @throws ClientError REG470
 */
export function checkedDigest(digest: string): Digest {
  return checked('digest', digest, DIGEST, digest) as Digest;
}

function checked(what: string, shown: string, grammar: Grammar, text: string, part = ''): string {
  if (!matches(grammar, text)) {
    throw new ClientError(
      `${what} '${serverText(shown)}' is refused: ${part}${grammar.allowed}`,
      grammar.code,
    );
  }
  return text;
}
