import * as fc from 'fast-check';
import {
  pullReason,
  readPullText,
  shownPullText,
} from '../../../../src/doctor/cluster/pulls/pull-text';
import { anyText } from '../../../support/any-text';

const IMAGE = 'git.example.org/acme/app:1.0';
const REALM = 'https://git.example.org/v2/token';

const failed = (text: string): string =>
  `Failed to pull image "${IMAGE}": failed to pull and unpack image "${IMAGE}": ${text}`;

const code = (text: string, image = IMAGE): string => {
  const reading = readPullText(text, image);
  return reading.kind === 'told' ? reading.code : reading.kind;
};

describe('the text of a failed pull', () => {
  it.each([
    [
      'anonymous',
      `failed to authorize: failed to fetch anonymous token: unexpected status from GET request to ${REALM}: 401 Unauthorized`,
    ],
    [
      'refused',
      `failed to authorize: failed to fetch oauth token: unexpected status from GET request to ${REALM}: 401 Unauthorized`,
    ],
    [
      'anonymous',
      'Head "https://git.example.org/v2/acme/app/manifests/1.0": no basic auth credentials',
    ],
    [
      'denied',
      'pull access denied, repository does not exist or may require authorization: authorization failed',
    ],
    [
      'denied',
      'unexpected status from HEAD request to https://git.example.org/v2/acme/app/manifests/1.0: 403 Forbidden',
    ],
    ['absent', `failed to resolve reference "${IMAGE}": ${IMAGE}: not found`],
    ['absent', 'reading manifest 1.0 in git.example.org/acme/app: manifest unknown'],
    ['REG123', 'tls: failed to verify certificate: x509: certificate signed by unknown authority'],
    [
      'REG124',
      'tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2025-11-20T12:00:00Z is after 2025-11-01T00:00:00Z',
    ],
    [
      'REG122',
      'tls: failed to verify certificate: x509: certificate is valid for other.example.org, not git.example.org',
    ],
    [
      'REG123',
      `failed to fetch anonymous token: Get "${REALM}": x509: certificate signed by unknown authority`,
    ],
    ['REG114', 'dial tcp: lookup git.example.org on 10.43.0.10:53: no such host'],
    ['REG114', 'dial tcp 203.0.113.10:443: i/o timeout'],
    ['REG120', 'http: server gave HTTP response to HTTPS client'],
    ['REG561', 'no match for platform in manifest: not found'],
    ['other', 'unexpected EOF'],
    [
      'other',
      `failed to fetch oauth token: unexpected status from GET request to ${REALM}: 502 Bad Gateway`,
    ],
  ])('is %s: %s', (expected, text) => {
    expect(code(failed(text))).toBe(expected);
  });

  it.each([
    'git.example.org/acme/unauthorized:401',
    'git.example.org/x509/not-found:manifest-unknown',
  ])('is not read from the words in the image %s', (image) => {
    const text = `Failed to pull image "${image}": Get "https://${image.replace(':', '/')}": unexpected EOF`;
    expect(code(text, image)).toBe('other');
  });

  it('is empty while kubelet only waits', () => {
    expect(pullReason(`Back-off pulling image "${IMAGE}"`, IMAGE)).toBe('');
    expect(pullReason('Error: ErrImagePull', IMAGE)).toBe('');
    expect(pullReason(`Back-off pulling image "${IMAGE}": ErrImagePull: broken pipe`, IMAGE)).toBe(
      'broken pipe',
    );
  });

  it('stays readable where a step is called token', () => {
    const text = failed('failed to fetch oauth token: unexpected status: 502 Bad Gateway');
    expect(shownPullText(text, IMAGE)).toContain('oauth token unexpected status: 502 Bad Gateway');
  });

  it('is shown in one bounded line, whatever it is', () => {
    fc.assert(
      fc.property(anyText({ maxLength: 600 }), (text) => {
        const shown = shownPullText(failed(text), IMAGE);
        expect(shown).not.toMatch(/\p{Cc}/u);
        expect([...shown].length).toBeLessThanOrEqual(201);
      }),
    );
  });
});
