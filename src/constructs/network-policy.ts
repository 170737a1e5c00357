import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { LABELS } from '../declaration/labels';
import type {
  NetworkPeerDeclaration,
  NetworkPolicyDeclaration,
  ReleaseDeclaration,
} from '../declaration/model';
import { networkPolicySchema } from '../declaration/network-policy';
import { checked } from '../declaration/checked';

/** Pods of one namespace. */
export interface NetworkPeer {
  /** Namespace of the pods (its label `kubernetes.io/metadata.name`, which Kubernetes sets). */
  readonly namespace: string;

  /**
   * Labels of the pods.
   * @default - all pods of the namespace
   */
  readonly podLabels?: { readonly [label: string]: string };
}

/** Who may reach the pods of the release. Everybody else is refused: a NetworkPolicy isolates what it selects. */
export interface AddNetworkPolicyOptions {
  /** The controller of the route: it is admitted to the http port. */
  readonly ingressController: NetworkPeer;

  /**
   * The Prometheus that reads `/metrics`, which is on the http port.
   * @default - none is admitted
   */
  readonly prometheus?: NetworkPeer;

  /**
   * Pods that ask the Service of the release: runners, bots, deployment tools, the jobs of other teams.
   * @default - none; in-cluster clients go through the ingress controller
   */
  readonly clients?: NetworkPeer[];

  /**
   * Ranges admitted to the http port, such as `10.0.0.0/24`: nodes whose ingress controller uses the network of its
   * node, and whoever takes the NodePort or a tunnel. Must be given, empty perhaps, where a NodePort is declared.
   * @default - none
   */
  readonly addresses?: string[];

  /**
   * Ranges admitted to ssh, for git. An empty list closes it.
   * @default - everybody, as without a policy
   */
  readonly sshFrom?: string[];

  /**
   * Labels of the pods of the release, where `nameOverride` of the chart changed them.
   * @default - `app.kubernetes.io/name` and `app.kubernetes.io/instance` of the chart
   */
  readonly podLabels?: { readonly [label: string]: string };

  /**
   * Name of the NetworkPolicy.
   * @default - `<release>-registry`
   */
  readonly name?: string;
}

/** Name of the ssh port in the pods of both charts, rootless or not (`deployment.yaml`, `containerPort`). */
const SSH = 'ssh';

/** Label Kubernetes gives each namespace (since 1.22, "Well-Known Labels"). */
const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/**
 * The policy with every default resolved.
 *
 * @throws DeclarationError naming the refused option
 */
export function networkPolicyDeclaration(
  options: AddNetworkPolicyOptions,
  { name: release, flavor }: ReleaseDeclaration,
): NetworkPolicyDeclaration {
  const { ingressController, prometheus, clients = [], addresses, sshFrom } = options;
  return checked(
    networkPolicySchema,
    {
      name: options.name ?? `${release}-registry`,
      podLabels: options.podLabels ?? {
        'app.kubernetes.io/name': flavor,
        'app.kubernetes.io/instance': release,
      },
      ingressController,
      ...(prometheus && { prometheus }),
      clients: [...clients],
      ...(addresses && { addresses: [...addresses] }),
      ...(sshFrom && { sshFrom: [...sshFrom] }),
    },
    'networkPolicy',
  );
}

/** Renders the NetworkPolicy beside the release. What leaves the pods is not restricted: webhooks, mail, the database. */
export function renderNetworkPolicy(
  scope: Construct,
  policy: NetworkPolicyDeclaration,
  { namespace, httpService }: ReleaseDeclaration,
): void {
  new ApiObject(new Construct(scope, 'NetworkPolicy'), 'Resource', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: policy.name, namespace, labels: { ...LABELS } },
    spec: Lazy.any({
      produce: () => ({
        podSelector: { matchLabels: { ...policy.podLabels } },
        policyTypes: ['Ingress'],
        ingress: [
          // A policy sees the port of the pod, never the Service's.
          { from: httpPeers(policy), ports: [tcp(httpService.appPort)] },
          ...sshRules(policy),
        ],
      }),
    }),
  });
}

function httpPeers({
  ingressController,
  prometheus,
  clients,
  addresses = [],
}: NetworkPolicyDeclaration): object[] {
  return [
    ...[ingressController, ...(prometheus ? [prometheus] : []), ...clients].map(podPeer),
    ...addresses.map(rangePeer),
  ];
}

function sshRules({ sshFrom }: NetworkPolicyDeclaration): object[] {
  if (sshFrom === undefined) {
    return [{ ports: [tcp(SSH)] }];
  }
  return sshFrom.length === 0 ? [] : [{ from: sshFrom.map(rangePeer), ports: [tcp(SSH)] }];
}

function podPeer({ namespace, podLabels }: NetworkPeerDeclaration): object {
  return {
    namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: namespace } },
    ...(podLabels && { podSelector: { matchLabels: { ...podLabels } } }),
  };
}

function rangePeer(cidr: string): object {
  return { ipBlock: { cidr } };
}

function tcp(port: number | string): object {
  return { protocol: 'TCP', port };
}
