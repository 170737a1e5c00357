import { serverText } from '../../../client/server-text';
import { passed } from '../../outcome';
import { certificateProbe, trustFault } from './shown-certificate';

const CODE = 'REG122';

/** Names shown of a certificate that covers many. */
const MOST_NAMES = 5;

/** P2: whether the certificate covers the host. */
export const sanCoversHost = certificateProbe(CODE, 'REG121', (sight, { leaf }) => {
  const { names, coversHost, subject } = leaf;
  const expected = `it covers '${sight.path.origin.hostname}'`;
  if (names.length === 0) {
    // Go reads no common name since 1.15: docker and containerd refuse what Node and curl accept.
    const observed = `the certificate has no subjectAltName, only the common name '${serverText(subject, 60)}'`;
    return trustFault(sight, CODE, { observed, expected });
  }
  return coversHost
    ? passed(CODE, listed(names))
    : trustFault(sight, CODE, { observed: `the certificate covers ${listed(names)}`, expected });
});

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => `'${serverText(name, 80)}'`);
  const more = names.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
