import type { Handshake } from '../../observe/handshakes';
import { handshakes } from '../../observe/handshakes';
import type { Outcome } from '../../outcome';
import { broken, holds, passed } from '../../outcome';
import type { Probe } from '../../probe';
import type { Observation, Sight } from '../../sight';
import { isLoopback } from './loopback';

const CODE = 'REG120';

/** The peer speaks TLS and knows no certificate for the name that was asked for (RFC 6066 §3, Traefik `sniStrict`). */
const NO_CERTIFICATE = /^ERR_SSL_(TLSV1_UNRECOGNIZED_NAME|TLSV1_ALERT_INTERNAL_ERROR)$/;

const REASONS: { readonly [code: string]: string } = {
  ETIMEDOUT: 'no answer to the TLS handshake',
  ECONNRESET: 'the connection is reset in the TLS handshake',
};

/** How TLS stands on a path; what needs it on https paths asks here, for a path by http is probed all the same. */
export const tlsVerdict: Observation<readonly Outcome[]> = async (sight) =>
  sight.path.origin.protocol === 'https:' ? judged(await sight.see(handshakes)) : ofHttp(sight);

/** P2: whether the port speaks TLS. */
export const speaksTls: Probe = {
  code: CODE,
  step: 'P2',
  scope: 'path',
  needs: ['REG113'],
  names: ['REG121'],
  sends: 'five TLS handshakes; where they fail, one GET by http',
  decide: (sight) => sight.see(tlsVerdict),
};

/** Whoever names the path in images needs https there. */
function ofHttp({ path: { origin, isImageHost = true } }: Sight): readonly Outcome[] {
  if (!isImageHost) {
    return [];
  }
  return isLoopback(origin.hostname)
    ? [passed(CODE, 'http', 'docker and containerd speak http to this machine itself')]
    : [
        broken(CODE, {
          observed: `images are pulled from '${origin.host}' by plain http`,
          expected: 'https',
        }),
      ];
}

function judged(shaken: readonly Handshake[]): readonly Outcome[] {
  const failed = shaken.flatMap((one) => ('error' in one ? one : []));
  const [good] = shaken.flatMap((one) => ('leaf' in one ? one : []));
  if (failed.length === 0) {
    return good ? [passed(CODE, good.protocol)] : [];
  }
  if (failed.some(({ isPlain }) => isPlain)) {
    return [broken(CODE, { observed: 'the port answers in plain http', expected: 'TLS' })];
  }
  const [{ error }] = failed;
  const reason = REASONS[error] ?? `the TLS handshake fails (${error})`;
  if (good) {
    return [
      broken(CODE, {
        severity: 'warning',
        observed: `${failed.length} of ${shaken.length} handshakes fail: ${reason}`,
        expected: good.protocol,
      }),
    ];
  }
  return NO_CERTIFICATE.test(error)
    ? [
        broken('REG121', {
          observed: `the proxy has no certificate for this name (${error})`,
          expected: 'a certificate for the host',
        }),
      ]
    : [broken(CODE, { observed: reason, expected: 'TLS' })];
}

/** The code that stops what goes by https on a path; undefined when it can go on, and for http. */
export async function tlsBlock(sight: Sight): Promise<string | undefined> {
  return sight.path.origin.protocol === 'https:'
    ? (await sight.see(tlsVerdict)).find((outcome) => !holds(outcome))?.code
    : undefined;
}
