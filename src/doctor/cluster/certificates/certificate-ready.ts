import type { KubeObject } from '../../../cluster';
import { serverText } from '../../../client/server-text';
import { Cursor } from '../../../rules/cursor';
import type { Outcome } from '../../outcome';
import { broken, passed, skipped } from '../../outcome';
import type { Sight } from '../../sight';
import { noteOf } from '../missing';
import type { Link } from './chain';
import { waitingLink } from './chain';
import { challengeAnswer } from './challenge-answer';
import { conditionOf, isReady } from '../conditions';
import { ownCertificates } from './own-certificates';

const CODE = 'REG552';

/** REG552: the certificate is there, or the first object on the way to it that is not says why. */
export async function certificateReady(sight: Sight): Promise<readonly Outcome[]> {
  const known = await sight.see(ownCertificates);
  if (known === undefined) {
    return [];
  }
  const { certificates, missing } = known;
  if (certificates.length === 0) {
    return missing && missing.reason !== 'no-kind' ? [skipped(CODE, noteOf(missing))] : [];
  }
  const judged = await Promise.all(certificates.map((one) => judge(sight, one)));
  return judged.flat();
}

async function judge(sight: Sight, certificate: KubeObject): Promise<readonly Outcome[]> {
  const { cluster } = sight.request;
  // Another Certificate owns its secret: REG550 speaks of both.
  if (conditionOf(certificate, 'Ready')?.get('reason').text === 'IncorrectCertificate') {
    return [];
  }
  const link = cluster && (await waitingLink(cluster, certificate));
  const isWorking = isReady(certificate);
  const isRenewing = isWorking && link !== undefined && !link.hasFailed && !isLimited(link);
  if (link === undefined || isRenewing) {
    return [passed(CODE, readyText(certificate))];
  }
  const answer = isLimited(link) ? undefined : await challengeAnswer(sight, link.object);
  return [failed(link, isWorking || isFresh(sight, link), answer)];
}

/** The authority refuses orders for a while (RFC 8555 §6.7, `rateLimited`). */
function isLimited({ message }: Link): boolean {
  return /rateLimited|too many certificates|too many failed authorizations|\b429\b/i.test(message);
}

const FRESH_MS = 5 * 60_000;

/** What was made a moment ago and did not fail is on its way. */
function isFresh(sight: Sight, { object, hasFailed }: Link): boolean {
  const now = (sight.options.now ?? Date.now)();
  const made = Date.parse(`${object.metadata.creationTimestamp}`);
  return !hasFailed && now - made < FRESH_MS;
}

function failed(link: Link, isWarning: boolean, answer: string | undefined): Outcome {
  const { object, message, fix } = link;
  const { kind, metadata } = object;
  const name = metadata.namespace === undefined ? '' : `${metadata.namespace}/`;
  return broken(isLimited(link) ? 'REG557' : CODE, {
    ...(isWarning && { severity: 'warning' }),
    observed: serverText(`${kind} ${name}${metadata.name}: ${message}`, 400),
    expected: 'a Certificate that is Ready',
    ...(!isLimited(link) && { fix: { kind: 'text', text: fix } }),
    ...(answer !== undefined && { note: answer }),
  });
}

function readyText(certificate: KubeObject): string {
  const until = new Cursor(certificate).get('status', 'notAfter').text;
  const { namespace, name } = certificate.metadata;
  return serverText(`${namespace}/${name} is ready${until === undefined ? '' : ` until ${until}`}`);
}
