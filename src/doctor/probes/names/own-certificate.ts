import type { PeerLeaf } from '../../observe/handshakes';
import { passed } from '../../outcome';
import { certificateFault, certificateProbe, nameOf } from './shown-certificate';

const CODE = 'REG121';

/** What ingress controllers make at their start (Traefik; ingress-nginx; HAProxy and Kong in their charts). */
const DEFAULT_SUBJECT =
  /^TRAEFIK DEFAULT CERT$|Ingress Controller Fake Certificate|^HAProxy .*(Default|Fake)|^Kong$/i;
const DEFAULT_NAME = /\.traefik\.default$|^ingress\.local$/;

/** P2: whether the proxy shows the certificate of the host, and not one it made up. */
export const ownCertificate = certificateProbe(CODE, 'REG120', (sight, { leaf }) =>
  isDefault(leaf)
    ? certificateFault(sight, CODE, {
        observed: `the proxy shows a certificate of its own, ${nameOf(leaf)}`,
        expected: `a certificate for '${sight.path.origin.hostname}'`,
      })
    : passed(CODE, nameOf(leaf)),
);

function isDefault(leaf: PeerLeaf): boolean {
  const { subject, names, isSelfIssued, coversHost } = leaf;
  return (
    DEFAULT_SUBJECT.test(subject) ||
    names.some((name) => DEFAULT_NAME.test(name)) ||
    (isSelfIssued && !coversHost)
  );
}
