import { serverText } from '../../../client/server-text';
import type { Fix } from '../../outcome';
import { passed } from '../../outcome';
import type { Shaken } from './shown-certificate';
import { certificateProbe, trustFault } from './shown-certificate';

const CODE = 'REG123';

/** Names of test authorities: Let's Encrypt staging, and what its imitation Pebble issues. */
const STAGING = /\(STAGING\)|^Fake LE |^Pebble /i;

/** P2: whether the chain ends at an authority that is trusted here. Its needs are those of the one before: whose certificate is a made-up one has no issuer to trust. */
export const issuerTrusted = certificateProbe(CODE, 'REG121', (sight, shown) => {
  const fault = faultOf(shown);
  if (fault) {
    return trustFault(sight, CODE, { ...fault, expected: 'a chain to a trusted authority' });
  }
  const isPrivate = sight.options.dial?.ca !== undefined;
  return passed(
    CODE,
    issuerOf(shown),
    isPrivate ? 'judged with the certificates given; each node must have them too' : undefined,
  );
});

interface Fault {
  readonly observed: string;
  readonly fix?: Fix;
}

function faultOf(shown: Shaken): Fault | undefined {
  const { leaf, distrust } = shown;
  if (distrust === undefined) {
    return undefined;
  }
  if (/^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/.test(distrust)) {
    return isTimely(shown)
      ? { observed: `a certificate of the chain of ${issuerOf(shown)} is not valid today` }
      : undefined;
  }
  if (leaf.isSelfIssued) {
    return { observed: `the certificate is signed by itself (${distrust})` };
  }
  if (STAGING.test(leaf.issuer)) {
    return {
      observed: `the issuer ${issuerOf(shown)} is a test authority`,
      fix: { kind: 'text', text: 'point the Issuer at the production directory of the authority' },
    };
  }
  if (leaf.chainLength === 1) {
    return {
      observed: leaf.namesIssuerUrl
        ? `the certificate of its issuer ${issuerOf(shown)} is not sent (${distrust})`
        : `its issuer ${issuerOf(shown)} is not trusted, or an intermediate certificate is not sent (${distrust})`,
      fix: {
        kind: 'text',
        text: 'put leaf and intermediate certificates into `tls.crt`, in this order; a private authority goes onto each node, and here into --ca-file',
      },
    };
  }
  return { observed: `its issuer ${issuerOf(shown)} is not trusted here (${distrust})` };
}

/** Whether the leaf itself is valid; `now` would not be the clock OpenSSL used. */
function isTimely({ leaf }: Shaken): boolean {
  return leaf.notBefore <= Date.now() && Date.now() < leaf.notAfter;
}

function issuerOf({ leaf }: Shaken): string {
  return `'${serverText(leaf.issuer || 'without a name', 60)}'`;
}
