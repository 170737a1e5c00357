import { serverText } from '../../../client/server-text';
import { repositoryOf } from '../../../rules';

/**
 * What the text of a failed pull tells. `anonymous`: kubelet had no credential. `refused`: the registry does not know
 * the one it had. `denied`: it knows it, or asked nobody for one, and says no. `absent`: no such image. `told`: the
 * text names the fault itself. `other`: nothing known.
 */
export type PullReading =
  { readonly kind: 'anonymous' | 'refused' | 'denied' | 'absent' | 'other' } | ToldFault;

/** A fault that has nothing to do with credentials. */
export interface ToldFault {
  readonly kind: 'told';
  readonly code: string;
  /** In words, after "…: ". */
  readonly words: string;
  readonly fix?: string;
}

const told = (code: string, words: string, fix?: string): ToldFault => ({
  kind: 'told',
  code,
  words,
  ...(fix !== undefined && { fix }),
});

/**
 * Texts of containerd, CRI-O and docker in the messages of kubelet; the first that fits counts. What the connection
 * breaks at stands before the step that needed it: `failed to fetch anonymous token: … x509: …` is a certificate.
 */
const READINGS: readonly (readonly [shape: RegExp, reading: PullReading])[] = [
  [
    /x509: .*(expired|not yet valid)/i,
    told('REG124', 'the node takes the certificate for expired, or not yet valid'),
  ],
  [
    /x509: .*(is valid for|not valid for any names|any IP SANs|legacy Common Name)/i,
    told('REG122', 'the certificate is for another name'),
  ],
  [/x509: /i, told('REG123', 'the node does not trust the issuer of the certificate')],
  [
    /server gave HTTP response to HTTPS client|first record does not look like a TLS handshake/i,
    told('REG120', 'the node asks by https and gets plain http'),
  ],
  [
    /no such host|server misbehaving|failure in name resolution/i,
    told('REG114', 'the node does not resolve the name'),
  ],
  [
    /dial tcp\b.*(i\/o timeout|connection refused|no route to host|network is unreachable)/i,
    told('REG114', 'the node does not reach the registry'),
  ],
  [
    /no match for platform|no matching manifest for|no image found in (manifest list|image index)/i,
    told(
      'REG561',
      'the image is not built for the architecture of the node',
      'build the image for the architecture of the nodes as well (`docker buildx build --platform`), or place the pod on nodes that fit',
    ),
  ],
  [
    /oauth token\b.*\b401\b|unable to retrieve auth token|invalid username\/password/i,
    { kind: 'refused' },
  ],
  [/anonymous token|no basic auth credentials/i, { kind: 'anonymous' }],
  [
    /reqPackageAccess|insufficient_scope|pull access denied|authorization failed|\b40[13]\b|unauthorized|access denied/i,
    { kind: 'denied' },
  ],
  [/manifest unknown|name unknown|not found/i, { kind: 'absent' }],
];

/** Longest text that is read. */
const MOST_CHARACTERS = 4000;

/** Reads the text of a failed pull of an image, whose reference may hold any of the words. */
export function readPullText(text: string, image: string): PullReading {
  const message = without(text, image).replace(/\bhttps?:\/\/[^\s"]+/g, '');
  const start = message.slice(0, MOST_CHARACTERS);
  return READINGS.find(([shape]) => shape.test(start))?.[1] ?? { kind: 'other' };
}

/** What kubelet writes around the text of the runtime. */
const AROUND =
  /\b(Failed to pull image|Back-off pulling image|Error|ErrImagePull|ImagePullBackOff|rpc error|code = \w+ desc =)(?![\w-])/g;

/** The text of the runtime alone; empty where kubelet only says that it waits. */
export function pullReason(text: string, image: string): string {
  return without(text, image)
    .replace(AROUND, '')
    .replace(/^[\s":,]+|[\s":,]+$/g, '')
    .replace(/\s*["\s]*:(["\s]*:)+/g, ':');
}

/** The same as it may be shown: tokens were hidden where it was read, and `token:` only names a step. */
export function shownPullText(text: string, image: string): string {
  return serverText(pullReason(text, image).replace(/\b(token|secret|password)\s*:/gi, '$1'));
}

function without(text: string, image: string): string {
  return text.replaceAll(image, '').replaceAll(repositoryOf(image), '');
}
