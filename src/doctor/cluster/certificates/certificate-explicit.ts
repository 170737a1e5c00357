import { releaseTls } from '../../../declaration/route';
import type { Outcome } from '../../outcome';
import { broken, skipped } from '../../outcome';
import type { Sight } from '../../sight';
import { ruleOutcomes } from '../rule-outcomes';
import { noteOf } from '../missing';
import { ownCertificates } from './own-certificates';

const CODE = 'REG551';

/** REG551: cert-manager makes what the route needs, where it is declared to. */
export async function certificateExplicit(sight: Sight): Promise<readonly Outcome[]> {
  const written = await ruleOutcomes(sight, { code: CODE, reads: ['certificates', 'gateways'] });
  const known = await sight.see(ownCertificates);
  const tls = releaseTls(sight.request.declaration?.route);
  const isDeclared = tls !== undefined && tls.source !== 'existing-secret';
  if (written.length > 0 || known === undefined || known.certificates.length > 0 || !isDeclared) {
    return written;
  }
  const { missing } = known;
  if (missing && missing.reason !== 'no-kind') {
    return [skipped(CODE, noteOf(missing))];
  }
  return [
    broken(CODE, {
      observed: missing
        ? 'the cluster has no cert-manager'
        : `no Certificate writes secret '${tls.secretName}'`,
      expected: 'a Certificate for the host, as it is declared',
      fix: {
        kind: 'text',
        text: missing
          ? 'install cert-manager, or declare who else makes the secret'
          : 'apply the rendered Certificate',
      },
    }),
  ];
}
