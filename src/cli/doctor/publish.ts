import { checkedReference, checkedRepository } from '../../client/oci/names';
import { refuse } from '../../declaration/problem';
import type { PublishSubject } from '../../doctor';

/** An image somebody fails to publish, and the host its reference names. */
export interface NamedImage extends PublishSubject {
  /** `host[:port]`. @default - the registry that is meant */
  readonly host?: string;
}

/**
 * Reads `[HOST/]OWNER/IMAGE[:TAG|@DIGEST]`. Names are judged as OCI has them, for the registry need not be a Gitea.
 *
 * @throws DeclarationError, ClientError REG470
 */
export function parsePublish(text: string): NamedImage {
  const [named, digest] = splitAt(text, text.indexOf('@'));
  const colon = named.lastIndexOf(':');
  const [name, tag] = splitAt(named, colon > named.lastIndexOf('/') ? colon : -1);
  const parts = name.split('/');
  const host = isHost(parts) ? parts[0] : undefined;
  const repository = (host === undefined ? parts : parts.slice(1)).join('/');
  if (!repository.includes('/') || name.includes('://')) {
    refuse(
      '--publish',
      text,
      "must be '[HOST/]OWNER/IMAGE[:TAG]' such as 'coulomb/state-hub:6186a99': without a scheme, with an owner",
      'REG470',
    );
  }
  const reference = digest ?? tag;
  return {
    ...(host !== undefined && { host }),
    repository: checkedRepository(repository, 'oci'),
    ...(reference !== undefined && { reference: checkedReference(reference) }),
  };
}

/**
 * docker sees a host in a first part with a dot or a port, or `localhost` (distribution/reference). Of two parts the
 * first is an owner, which may have a dot, unless it can be nothing but a host.
 */
function isHost([first, ...rest]: readonly string[]): boolean {
  return first.includes(':') || first === 'localhost' || (first.includes('.') && rest.length > 1);
}

function splitAt(text: string, index: number): [before: string, after?: string] {
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}
