import type { Grammar } from './grammar';
import { matches } from './grammar';
import { REGISTRY_HOST } from './host';
import { OWNER_NAME } from './owner-name';
import { refuse } from './problem';

const PART = '[a-z0-9]+([._-][a-z0-9]+)*';

/**
 * Image name below an owner, as Gitea's router takes it (routers/api/packages/container `imageNamePattern`):
 * stricter than OCI, which also admits `__` and runs of `-`.
 */
export const IMAGE_NAME: Grammar = {
  allowed:
    "must be an image name Gitea accepts: lower-case letters and digits, single '.', '_' or '-' between them, parts separated by '/'",
  code: 'REG470',
  pattern: new RegExp(`^${PART}(/${PART})*$`),
  maxLength: 255,
};

/** Tag (OCI distribution spec, "Pulling manifests"). Gitea stores it in lower case. */
export const TAG: Grammar = {
  allowed:
    "must be a tag: letters, digits, '_', '.' and '-', at most 128, not beginning with '.' or '-'",
  code: 'REG470',
  pattern: /^[A-Za-z0-9_][A-Za-z0-9._-]*$/,
  maxLength: 128,
  holdsRevision: true,
};

/** Digest; Gitea knows sha256 only. */
export const DIGEST: Grammar = {
  allowed: "must be a digest: 'sha256:' and 64 lower-case hex digits",
  code: 'REG470',
  pattern: /^sha256:[0-9a-f]{64}$/,
  holdsRevision: true,
};

/** `owner/image` without a host. */
export const REPOSITORY: Grammar = {
  allowed:
    "must be 'owner/image' with names Gitea accepts, in lower case, without host, tag or digest",
  code: 'REG470',
  pattern: /^[^/:@]+\/[^:@]+$/,
  maxLength: 296,
  accepts: (text) => {
    const slash = text.indexOf('/');
    const owner = text.slice(0, slash);
    return (
      matches(OWNER_NAME, owner) &&
      owner === owner.toLowerCase() &&
      matches(IMAGE_NAME, text.slice(slash + 1))
    );
  },
};

/** An image reference in its parts. */
export interface ImageReference {
  /** `host[:port]`. */
  readonly host: string;
  /** Gitea user or organization. */
  readonly owner: string;
  /** Image name below the owner; may hold `/`. */
  readonly image: string;
  readonly tag?: string;
  readonly digest?: string;
}

const REFERENCE = /^([^/@]+)\/([^/@:]+)\/([^@:]+)(?::([^@/:]+))?(?:@(.+))?$/;

/**
 * Parses `host/owner/image[:tag][@digest]` by Gitea's grammar.
 *
 * @throws DeclarationError REG470 (a name, tag or digest), REG111 (the host)
 */
export function parseImageReference(text: string): ImageReference {
  const parts = REFERENCE.exec(text);
  if (!parts) {
    refuse('image', text, "must be 'host/owner/image', ':tag' and '@sha256:…' optional", 'REG470');
  }
  const [, host, owner, image, tag, digest] = parts;
  for (const [name, grammar, part] of [
    ['host', REGISTRY_HOST, host],
    ['name', REPOSITORY, `${owner}/${image}`],
    ['tag', TAG, tag],
    ['digest', DIGEST, digest],
  ] as const) {
    if (part !== undefined && !matches(grammar, part)) {
      refuse('image', text, `is refused: its ${name} ${grammar.allowed}`, grammar.code);
    }
  }
  return { host, owner, image, ...(tag && { tag }), ...(digest && { digest }) };
}

/** The text {@link parseImageReference} reads back. */
export function formatImageReference(reference: ImageReference): string {
  const { host, owner, image, tag, digest } = reference;
  return `${host}/${owner}/${image}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
}
