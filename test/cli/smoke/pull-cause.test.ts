import { pullCause } from '../../../src/cli/smoke/cluster/pull-cause';
import { checkOf } from '../../../src/rules';

const IMAGE = 'git.coulomb.social/team/not-found:1';
const NOBODY = 'failed to authorize: failed to fetch anonymous token: 401 Unauthorized';
const DENIED = 'pull access denied, repository does not exist: authorization failed';

const SUBJECT = {
  namespace: 'shop',
  image: IMAGE,
  host: 'git.coulomb.social',
  pullSecrets: ['robot'],
};

const failed = (text: string, isSecretMissing = false) => ({
  kind: 'failed' as const,
  texts: [`Failed to pull image "${IMAGE}": ${text}`, 'ErrImagePull'],
  isTold: true,
  isSecretMissing,
});

it.each([
  [
    'no entry for the host',
    NOBODY,
    'REG543',
    "no entry for 'git.coulomb.social' in Secret 'robot'",
  ],
  ['no right to read', DENIED, 'REG323', "the account of Secret 'robot' may not read"],
  [
    'a refused token',
    'failed to fetch oauth token: unexpected status: 401 Unauthorized',
    'REG312',
    "refuses the credential in Secret 'robot'",
  ],
  ['an untrusted certificate', 'x509: certificate signed by unknown authority', 'REG123', 'trust'],
  ['an unknown name', 'dial tcp: lookup git on 10.0.0.1:53: no such host', 'REG114', 'resolve'],
  ['a missing tag', `${IMAGE}: not found`, 'REG723', 'no such tag'],
  ['another architecture', 'no match for platform in manifest', 'REG561', 'architecture'],
  ['an unknown text', 'unexpected EOF', 'REG561', "could not pull: 'unexpected EOF'"],
])('a failed pull has a cause: %s', (_, text, code, told) => {
  const cause = pullCause(failed(text), SUBJECT);
  expect(cause).toMatchObject({ code, words: expect.stringContaining(told) });
  expect(checkOf(code)).toBeDefined();
});

it.each([NOBODY, DENIED])('a Secret that is missing comes first: %s', (text) => {
  expect(pullCause(failed(text, true), SUBJECT)).toMatchObject({
    code: 'REG540',
    words: expect.stringContaining("Secret 'robot' is not in namespace 'shop'"),
  });
  expect(pullCause(failed(text), { ...SUBJECT, pullSecrets: [] })).toMatchObject({
    code: 'REG540',
    words: expect.stringContaining('the Pod has no pull secret'),
  });
});

it('a digest is absent by another code', () => {
  const image = `git.coulomb.social/team/app@sha256:${'a'.repeat(64)}`;
  expect(pullCause(failed(`${image}: not found`), { ...SUBJECT, image }).code).toBe('REG724');
});

it('without any text the reason of kubelet is all there is', () => {
  const texts = [`Back-off pulling image "${IMAGE}"`, 'ImagePullBackOff'];
  expect(pullCause({ ...failed(''), texts, isTold: false }, SUBJECT)).toEqual({
    code: 'REG561',
    words: 'ImagePullBackOff, and no event tells why',
  });
});
