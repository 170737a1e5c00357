import type { HandoffOptions, VerifiedImage } from 'cdk8s-gitea-registry';
import { handoffDeclaration } from '../../src/constructs/handoff';

const image: Required<VerifiedImage> = {
  repository: 'coulomb/state-hub',
  tag: '6186a99',
  digest: `sha256:${'0'.repeat(64)}`,
  provenance: 'CUST-WP-0011',
};

it('defaults', () => {
  expect(handoffDeclaration()).toEqual({ verifiedImages: [], references: [] });
  expect(handoffDeclaration({})).toEqual({ verifiedImages: [], references: [] });
});

it('all the props', () => {
  const options: Required<HandoffOptions> = {
    verifiedImages: [image],
    references: ['CUST-WP-0011: how'],
  };
  expect(handoffDeclaration(options)).toEqual(options);
});

it('can have a revision as tag and as record', () => {
  const revision = '0123456789abcdef0123456789abcdef01234567';
  const verified = { ...image, tag: revision, provenance: revision };
  expect(handoffDeclaration({ verifiedImages: [verified] }).verifiedImages).toEqual([verified]);
});

it('does not see a list that the caller changes afterwards', () => {
  const verifiedImages = [{ ...image }];
  const handoff = handoffDeclaration({ verifiedImages });
  verifiedImages.pop();
  expect(handoff.verifiedImages).toHaveLength(1);
});

it.each<[Partial<VerifiedImage>, RegExp]>([
  [{ repository: 'git.example.org:8443/a/b' }, /verifiedImages\[0\]\.repository .*REG470\)$/],
  [{ repository: 'Coulomb/state-hub' }, /repository 'Coulomb\/state-hub' .*REG470\)$/],
  [{ tag: 'a:b' }, /tag 'a:b' .*REG470\)$/],
  [{ digest: 'sha256:12' }, /digest 'sha256:12' .*REG470\)$/],
  [{ provenance: '' }, /provenance '' .*REG660\)$/],
])('throws when an image is %j', (change, message) => {
  expect(() => handoffDeclaration({ verifiedImages: [{ ...image, ...change }] })).toThrow(message);
});

it('throws when a reference has two lines', () => {
  expect(() => handoffDeclaration({ references: ['a', 'b\nc'] })).toThrow(
    /^handoff\.references\[1\] 'b\\u000ac' .*\(REG660\)$/,
  );
});
