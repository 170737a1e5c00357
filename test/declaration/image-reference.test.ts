import fc from 'fast-check';
import { matches } from '../../src/declaration/grammar';
import {
  DIGEST,
  formatImageReference,
  IMAGE_NAME,
  parseImageReference,
  REPOSITORY,
  TAG,
} from '../../src/declaration/image-reference';
import { anyText } from '../support/any-text';
import {
  arbitraryDigest,
  arbitraryHost,
  arbitraryImageName,
  arbitraryRepository,
  arbitraryTag,
} from '../support/arbitraries';
import { messageOf, thrown } from '../support/thrown';

/** Of routers/api/packages/container/container.go; `\A` and `\z` are the ends of the whole text. */
const GITEA_IMAGE = /^[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/;
const GITEA_TAG = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;

function nearly(...letters: string[]): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...letters), { maxLength: 9 }).map((parts) => parts.join(''));
}

describe('the image name', () => {
  it("is what Gitea's router takes for one", () => {
    fc.assert(
      fc.property(
        fc.oneof(nearly('a', '7', '.', '_', '-', '/', 'A', ':', '\n'), arbitraryImageName),
        (name) => expect(matches(IMAGE_NAME, name)).toBe(GITEA_IMAGE.test(name)),
      ),
      { numRuns: 500 },
    );
  });

  it.each(['state-hub', 'a', '0', 'a/b/c', 'a.b_c-d', 'repo/image', 'a'.repeat(255)])(
    'may be %j',
    (name) => {
      expect(matches(IMAGE_NAME, name)).toBe(true);
    },
  );

  it.each([
    ['a__b', 'OCI would take it, Gitea does not'],
    ['a--b', 'OCI would take it, Gitea does not'],
    ['A', 'it is in upper case'],
    ['a.', 'it ends with a separator'],
    ['-a', 'it begins with a separator'],
    ['a//b', 'it has an empty part'],
    ['/a', 'it has an empty part'],
    ['a/', 'it has an empty part'],
    ['', 'it is empty'],
    ['a\n', 'it ends with a line break'],
    ['a'.repeat(256), 'it is longer than the column'],
  ])('may not be %j: %s', (name) => {
    expect(matches(IMAGE_NAME, name)).toBe(false);
  });
});

describe('the tag', () => {
  it('is what Gitea takes for one', () => {
    fc.assert(
      fc.property(fc.oneof(nearly('a', 'Z', '7', '.', '_', '-', '/', ' '), arbitraryTag), (tag) =>
        expect(matches(TAG, tag)).toBe(GITEA_TAG.test(tag)),
      ),
      { numRuns: 500 },
    );
  });

  it('has at most 128 characters', () => {
    expect(matches(TAG, 'a'.repeat(128))).toBe(true);
    expect(matches(TAG, 'a'.repeat(129))).toBe(false);
  });
});

it('the digest is a sha256 in lower case', () => {
  fc.assert(fc.property(arbitraryDigest, (digest) => matches(DIGEST, digest)));
  for (const digest of [
    `sha256:${'A'.repeat(64)}`,
    `sha256:${'a'.repeat(63)}`,
    `sha256:${'a'.repeat(65)}`,
    `sha512:${'a'.repeat(128)}`,
    'a'.repeat(64),
  ]) {
    expect(matches(DIGEST, digest)).toBe(false);
  }
});

describe('the repository', () => {
  it('is an owner in lower case and an image', () => {
    fc.assert(fc.property(arbitraryRepository, (repository) => matches(REPOSITORY, repository)));
    expect(matches(REPOSITORY, `${'a'.repeat(40)}/${'b'.repeat(255)}`)).toBe(true);
  });

  it.each([
    'image',
    'owner/',
    '/image',
    'Owner/image',
    'owner/Image',
    'ghost/image',
    'git.example.org:5000/image',
    'owner/image:tag',
    'owner/image@sha256:abc',
    'a..b/image',
    '',
  ])('is not %j', (repository) => {
    expect(matches(REPOSITORY, repository)).toBe(false);
  });
});

describe('an image reference', () => {
  const parts = fc.record(
    {
      host: arbitraryHost,
      repository: arbitraryRepository,
      tag: arbitraryTag,
      digest: arbitraryDigest,
    },
    { requiredKeys: ['host', 'repository'], noNullPrototype: true },
  );

  it('is read back as it was written, part by part', () => {
    fc.assert(
      fc.property(parts, ({ repository, ...rest }) => {
        const [owner, ...image] = repository.split('/');
        const reference = { ...rest, owner, image: image.join('/') };
        const text = formatImageReference(reference);
        expect(parseImageReference(text)).toStrictEqual(reference);
        expect(formatImageReference(parseImageReference(text))).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  it('is written with host, owner, image, tag and digest in that order', () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    expect(
      formatImageReference({ host: 'h.org:8443', owner: 'o', image: 'a/b', tag: 't', digest }),
    ).toBe(`h.org:8443/o/a/b:t@${digest}`);
    expect(formatImageReference({ host: 'h.org', owner: 'o', image: 'i' })).toBe('h.org/o/i');
  });

  it.each([
    ['state-hub', 'REG470', "must be 'host/owner/image'"],
    ['coulomb/state-hub:1', 'REG470', "must be 'host/owner/image'"],
    ['', 'REG470', "must be 'host/owner/image'"],
    ['git.example.org/coulomb/a__b', 'REG470', 'must be'],
    ['git.example.org/coulomb/a--b', 'REG470', 'must be'],
    ['git.example.org/coulomb/A', 'REG470', 'must be'],
    ['git.example.org/Coulomb/a', 'REG470', 'must be'],
    ['git.example.org/ghost/a', 'REG470', 'must be'],
    ['git.example.org/coulomb/a:.x', 'REG470', 'must be a tag'],
    [`git.example.org/coulomb/a:${'x'.repeat(90)}é`, 'REG470', 'must be a tag'],
    ['git.example.org/coulomb/a@sha256:abc', 'REG470', 'must be a digest'],
    ['git.example.org/coulomb/a@', 'REG470', "must be 'host/owner/image'"],
    ['docker/coulomb/a', 'REG111', 'must be a host name'],
    ['git.example.org:443/coulomb/a', 'REG111', 'must be a host name'],
    ['localhost:5000/coulomb/a', 'REG111', 'must be a host name'],
  ])('is refused as a whole when it is %j', (text, code, allowed) => {
    const message = messageOf(() => parseImageReference(text));
    const quoted = text.length > 120 ? `'${text.slice(0, 120)}…'` : `'${text}'`;
    expect(message.startsWith(`image ${quoted} `)).toBe(true);
    expect(message).toContain(allowed);
    expect(message.endsWith(`(${code})`)).toBe(true);
    expect(thrown(() => parseImageReference(text))).toMatchObject({ code });
  });

  it('is refused without showing a credential, whichever part holds it', () => {
    const token = '0123456789abcdef0123456789abcdef01234567';
    for (const text of [
      `git.example.org/coulomb/a:-${token}`,
      `git.example.org/coulomb/a@${token}`,
      `git.example.org/${token}./a`,
      `git.example.org/coulomb/${token}/-`,
      `${token}/coulomb/a`,
      `https://user:${token}@git.example.org/coulomb/a`,
    ]) {
      expect(messageOf(() => parseImageReference(text))).not.toMatch(/0123456789|01234567/);
    }
    expect(messageOf(() => parseImageReference('git.example.org/a/password:-hunter2'))).not.toMatch(
      /hunter/,
    );
  });

  it('is refused on one line, whatever it holds', () => {
    fc.assert(
      fc.property(anyText(), fc.constantFrom(':', '@', '/'), (noise, mark) => {
        const text = `git.example.org/coulomb/a${mark}-${noise}`;
        expect(messageOf(() => parseImageReference(text))).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});
