import type { Cursor } from '../cursor';
import type { Estate } from '../estate';
import type { Manifest } from '../manifest';
import { groupOf, namespaceOrDefault } from '../manifest';
import type { KnownLabels } from './known-labels';
import { mayMatch, namespaceLabels } from './known-labels';

/** A NetworkPolicy that decides who may reach the pods it selects (networking.k8s.io/v1). */
export interface IngressPolicy {
  readonly manifest: Manifest;
  readonly podSelector: Cursor;
  /** What it admits; none: nothing. */
  readonly rules: readonly Cursor[];
}

/** Pods that ask others. */
export interface PolicySource {
  readonly namespace: string;
  readonly labels: KnownLabels;
}

/** A port of a pod, as a policy may name it. */
export interface PolicyPort {
  /** Its numbers, where several places name different ones. */
  readonly numbers: ReadonlySet<number>;
  /** Whether it may bear this name. */
  readonly mayBe: (name: string) => boolean;
}

/** The NetworkPolicies that isolate pods against requests. */
export function ingressPolicies(estate: Estate): readonly IngressPolicy[] {
  return estate.remember('ingress policies', () =>
    estate
      .ofKind('NetworkPolicy')
      .filter((manifest) => groupOf(manifest) === GROUP)
      .map((manifest) => ({ manifest, spec: manifest.root.get('spec') }))
      .filter(({ spec }) => isolates(spec))
      .map(({ manifest, spec }) => ({
        manifest,
        podSelector: spec.get('podSelector'),
        rules: spec.get('ingress').items(),
      })),
  );
}

const GROUP = 'networking.k8s.io';

/** Without types every policy is one of ingress. */
function isolates(spec: Cursor): boolean {
  const types = spec.get('policyTypes').items();
  return types.length === 0 || types.some(({ text }) => text === 'Ingress');
}

/** Kinds whose permissions add to those of a NetworkPolicy. */
const OTHERS: readonly string[] = [
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'CiliumClusterwideNetworkPolicy',
  'CiliumNetworkPolicy',
  'ClusterNetworkPolicy',
  'GlobalNetworkPolicy',
];

/** Whether policies of a network plugin are here, which may admit more. */
export function hasOtherPolicies(estate: Estate): boolean {
  return (
    estate.ofKind(...OTHERS).length > 0 ||
    estate.ofKind('NetworkPolicy').some((manifest) => groupOf(manifest) !== GROUP)
  );
}

/** Whether a rule is for this port: without ports it is for all. */
export function isForPort(rule: Cursor, port: PolicyPort): boolean {
  const ports = rule.get('ports').items();
  return ports.length === 0 || ports.some((one) => takesPort(one, port));
}

function takesPort(at: Cursor, { numbers, mayBe }: PolicyPort): boolean {
  const wanted = at.get('port');
  if ((at.get('protocol').text ?? 'TCP') !== 'TCP') {
    return false;
  }
  if (wanted.number === undefined) {
    return wanted.text === undefined || mayBe(wanted.text);
  }
  const first = wanted.number;
  const last = at.get('endPort').number ?? first;
  return [...numbers].some((number) => first <= number && number <= last);
}

/** Whether a rule may let these pods through, as far as their labels are known. */
export function mayAdmit(
  rule: Cursor,
  { manifest }: IngressPolicy,
  source: PolicySource,
  estate: Estate,
): boolean {
  const peers = rule.get('from').items();
  const labels = namespaceLabels(source.namespace, estate);
  return (
    peers.length === 0 ||
    peers.some((peer) => {
      const namespaces = peer.get('namespaceSelector');
      const pods = peer.get('podSelector');
      const isNear =
        manifest.namespace === undefined || namespaceOrDefault(manifest) === source.namespace;
      return (
        // Addresses of pods may be any.
        peer.get('ipBlock').exists ||
        ((namespaces.exists ? mayMatch(namespaces, labels) : isNear) &&
          (!pods.exists || mayMatch(pods, source.labels)))
      );
    })
  );
}
