import { IP_RANGE } from './ip-range';
import { LABEL_KEY, LABEL_VALUE, NAMESPACE, OBJECT_NAME } from './kubernetes-name';
import type { RegistryDeclaration } from './model';
import type { Problem } from './problem';
import { list, map, object, optional, text } from './schema';

/** Pods of one namespace. */
export interface NetworkPeerDeclaration {
  readonly namespace: string;
  /** Labels of the pods; absent: all pods of the namespace. */
  readonly podLabels?: { readonly [label: string]: string };
}

/** Who may reach the pods of the release, once a NetworkPolicy isolates them. */
export interface NetworkPolicyDeclaration {
  /** Name of the NetworkPolicy, in the namespace of the release. */
  readonly name: string;
  /** Labels of the release's own pods, and of no others. */
  readonly podLabels: { readonly [label: string]: string };
  /** Pods that serve the access path `ingress`. */
  readonly ingressController: NetworkPeerDeclaration;
  /** Pods that read `/metrics`, on the http port too. */
  readonly prometheus?: NetworkPeerDeclaration;
  /** Pods that take the access path `service`. */
  readonly clients: NetworkPeerDeclaration[];
  /** Addresses admitted to the http port: of `nodePort`, of tunnels, of a controller in the network of its node. */
  readonly addresses?: string[];
  /** Addresses admitted to ssh; absent: everybody, empty: nobody. */
  readonly sshFrom?: string[];
}

const CODE = 'REG563';

const labels = map(LABEL_KEY, text(LABEL_VALUE), 5);

const peer = object<NetworkPeerDeclaration>({
  namespace: text(NAMESPACE),
  podLabels: optional(labels),
});

const ranges = list(text(IP_RANGE), 50);

/** Who may reach the pods of the release. */
export const networkPolicySchema = object<NetworkPolicyDeclaration>({
  name: text(OBJECT_NAME),
  podLabels: labels,
  ingressController: peer,
  prometheus: optional(peer),
  clients: list(peer, 20),
  addresses: optional(ranges),
  sshFrom: optional(ranges),
});

/** What no single field can say: a declared access path the policy would close, and labels that select every pod. */
export function networkPolicyProblems({ networkPolicy, release }: RegistryDeclaration): Problem[] {
  if (networkPolicy === undefined) {
    return [];
  }
  const selectsAll = Object.keys(networkPolicy.podLabels).length === 0;
  const closesNodePort =
    release.httpService.nodePort !== undefined && networkPolicy.addresses === undefined;
  return [
    ...(selectsAll
      ? [
          {
            path: 'networkPolicy.podLabels',
            allowed:
              'is empty, which selects every pod of the namespace, the database among them: name the labels of the pods of the release',
            code: CODE,
          },
        ]
      : []),
    ...(closesNodePort
      ? [
          {
            path: 'networkPolicy.addresses',
            allowed: `is missing: NodePort ${release.httpService.nodePort} is a declared access path, and its packets come from addresses, not from pods. Name the ranges of the nodes and of whoever asks them, or an empty list to close it`,
            code: CODE,
          },
        ]
      : []),
  ];
}
