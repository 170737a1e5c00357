import { matches } from '../../declaration/grammar';
import { DIGEST, IMAGE_NAME, TAG } from '../../declaration/image-reference';
import { quote } from '../../declaration/problem';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import type { HostedReference } from './hosted-reference';
import { hostedReferences } from './hosted-reference';
import { isTemplate } from './template-text';

/** REG470: Gitea's grammar of image names is narrower than that of OCI, and its tags have no case. */
export const imageName: Rule = {
  code: 'REG470',
  slug: 'image-name',
  title: "image names fit Gitea's grammar and tags differ by more than case",
  severity: 'error',
  why: 'Gitea refuses names that other registries take (`__`, `--`, no owner), and stores tags in lower case: `V1` overwrites `v1`',
  shows: [
    'docker push: `name invalid`, status 400 NAME_INVALID',
    'docker push HOST/image: 404 on `POST /v2/image/blobs/uploads/`, for there is no owner',
    'kubelet: `InvalidImageName`; or the image of another tag runs, of which only the case differs',
  ],
  fix: '`HOST/owner/name`, in lower case, each part `[a-z0-9]+([._-][a-z0-9]+)*`; tags that differ by more than case',
  links: [
    'https://docs.gitea.com/usage/packages/container/',
    'https://github.com/go-gitea/gitea/blob/main/routers/api/packages/container/container.go',
  ],
  judgeRegistry: (registry) => {
    const references = hostedReferences(registry);
    return [...references.flatMap((one) => wrongParts(one, registry)), ...caseTwins(references)];
  },
};

function wrongParts(reference: HostedReference, { host }: RegistryView): Violation[] {
  const { at, repository, tag, digest } = reference;
  const violation = (observed: string, expected: string): Violation[] => [
    { at, observed, expected },
  ];
  if (!isTemplate(repository) && !repository.includes('/')) {
    return violation(
      `image ${quote(repository)} has no owner`,
      `'${host}/OWNER/IMAGE': the first part is a user or organization`,
    );
  }
  if (isRefused(IMAGE_NAME, repository)) {
    return violation(
      `image name ${quote(repository)}`,
      "lower-case letters and digits, single '.', '_' or '-' between them, in each part",
    );
  }
  if (tag !== undefined && isRefused(TAG, tag)) {
    return violation(`tag ${quote(tag)}`, "letters, digits, '_', '.' and '-', at most 128");
  }
  return digest !== undefined && isRefused(DIGEST, digest)
    ? violation(`digest ${quote(digest)}`, "'sha256:' and 64 lower-case hex digits")
    : [];
}

function isRefused(grammar: typeof TAG, text: string): boolean {
  return !isTemplate(text) && !matches(grammar, text);
}

/** References to a tag that stands elsewhere in other case. */
function caseTwins(references: readonly HostedReference[]): Violation[] {
  const first = new Map<string, string>();
  return references.flatMap(({ repository, tag, at }) => {
    if (tag === undefined || isTemplate(`${repository}${tag}`)) {
      return [];
    }
    const key = `${repository}:${tag.toLowerCase()}`;
    const known = first.get(key) ?? tag;
    first.set(key, known);
    return known === tag
      ? []
      : [
          {
            at,
            observed: `tag ${quote(tag)} of ${quote(repository)}, which is ${quote(known)} elsewhere`,
            expected: 'one spelling: for Gitea they are one tag',
            fix: `write ${quote(tag.toLowerCase())} everywhere, or choose tags that differ by more than case`,
          },
        ];
  });
}
