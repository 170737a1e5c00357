import type { Cluster, KubeObject, LiveKind } from '../../../cluster';
import { Cursor } from '../../../rules/cursor';
import { conditionOf, conditionText, isReady } from '../conditions';
import { unreadyIssuer } from './issuer';

/** The object on the way to a certificate that everything before it waits for. */
export interface Link {
  readonly object: KubeObject;
  /** What it says itself. */
  readonly message: string;
  readonly fix: string;
  /** Whether it gave up, and does not just wait. */
  readonly hasFailed: boolean;
}

/**
 * Follows Certificate → CertificateRequest → Order → Challenge to the last that is not done, and looks at the issuer,
 * which comes before all of them; undefined when the certificate is ready and nothing newer is on its way.
 */
export async function waitingLink(
  cluster: Cluster,
  certificate: KubeObject,
): Promise<Link | undefined> {
  const request = await newest(cluster, 'certificaterequests', certificate);
  const isDone = isReady(certificate) && (request === undefined || isReady(request));
  if (isDone) {
    return undefined;
  }
  const issuer = await unreadyIssuer(cluster, request ?? certificate);
  if (issuer) {
    return issuer;
  }
  const order = request && (await newest(cluster, 'orders', request));
  const challenge = order && (await newest(cluster, 'challenges', order, isWaiting));
  return (
    (challenge && ofChallenge(challenge)) ??
    (order && ofOrder(order)) ??
    (request && ofRequest(request)) ??
    ofCertificate(certificate)
  );
}

/** The youngest object that another owns. */
async function newest(
  cluster: Cluster,
  kind: LiveKind,
  owner: KubeObject,
  isMeant: (object: KubeObject) => boolean = () => true,
): Promise<KubeObject | undefined> {
  const { objects } = await cluster.objects(kind);
  const owned = objects.filter((one) => isOwned(one, owner) && isMeant(one));
  return owned.sort((one, other) => madeAt(other).localeCompare(madeAt(one)))[0];
}

function isOwned({ metadata }: KubeObject, owner: KubeObject): boolean {
  const owners = new Cursor(metadata).get('ownerReferences').items();
  return (
    metadata.namespace === owner.metadata.namespace &&
    owners.some(
      (one) => one.get('kind').text === owner.kind && one.get('name').text === owner.metadata.name,
    )
  );
}

function madeAt({ metadata }: KubeObject): string {
  return typeof metadata.creationTimestamp === 'string' ? metadata.creationTimestamp : '';
}

/** States of Order and Challenge that are an end (RFC 8555 §7.1.6, and cert-manager's `errored`). */
const FAILED = ['invalid', 'expired', 'errored'];

function stateOf(object: KubeObject): string {
  return new Cursor(object).get('status', 'state').text ?? 'pending';
}

function isWaiting(object: KubeObject): boolean {
  return stateOf(object) !== 'valid';
}

function ofChallenge(challenge: KubeObject): Link {
  return {
    object: challenge,
    message: new Cursor(challenge).get('status', 'reason').text || stateOf(challenge),
    fix: 'make http://HOST/.well-known/acme-challenge/ (http01) or the TXT record (dns01) reachable from outside: the message names what was met there',
    hasFailed: FAILED.includes(stateOf(challenge)),
  };
}

function ofOrder(order: KubeObject): Link | undefined {
  return isWaiting(order)
    ? {
        object: order,
        message: new Cursor(order).get('status', 'reason').text || `state ${stateOf(order)}`,
        fix: 'mend what the order names; cert-manager orders again with a growing pause, `cmctl renew` at once',
        hasFailed: FAILED.includes(stateOf(order)),
      }
    : undefined;
}

function ofRequest(request: KubeObject): Link | undefined {
  const denied = conditionOf(request, 'Denied');
  const isDenied = denied?.get('status').text === 'True';
  const ready = conditionOf(request, 'Ready');
  return isReady(request)
    ? undefined
    : {
        object: request,
        message: conditionText(isDenied ? denied : ready) ?? 'nobody has looked at it yet',
        fix: isDenied
          ? 'let the approver policy of the cluster allow this issuer and this name'
          : 'look at the log of cert-manager for this request',
        hasFailed: isDenied || ready?.get('reason').text === 'Failed',
      };
}

function ofCertificate(certificate: KubeObject): Link {
  return {
    object: certificate,
    message: conditionText(conditionOf(certificate, 'Ready')) ?? 'no controller has looked at it',
    fix: 'look at `kubectl describe certificate` and at the log of cert-manager',
    hasFailed: false,
  };
}
