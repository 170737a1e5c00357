import type { Check } from '../check';

/** What only the pods of a cluster show of a registry they pull from. */
export const PULL_CHECKS: readonly Check[] = [
  {
    code: 'REG114',
    slug: 'in-cluster-path',
    title: 'pods and nodes resolve and reach the same host as the outside',
    severity: 'error',
    why: 'images are pulled by the container runtime of the node, which has the resolver and the routes of the node: a host that only the cluster DNS or only the outside knows cannot be pulled from, however well it answers elsewhere',
    shows: [
      'pod event: `dial tcp: lookup git.example.org on 10.43.0.10:53: no such host`',
      'pod event: `dial tcp 203.0.113.10:443: i/o timeout`, while the host answers from outside (no hairpin NAT)',
    ],
    fix: 'give the resolver of the nodes the same record as the outside; where the address cannot be reached from inside, an entry in `hosts.toml` of containerd or `registries.yaml` of k3s that leads to one that can',
    links: [
      'https://kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution/',
      'https://github.com/containerd/containerd/blob/main/docs/hosts.md',
    ],
  },
  {
    code: 'REG561',
    slug: 'pods-pull',
    title: 'no pod with an image of the registry fails to pull it',
    severity: 'error',
    why: 'a pod that cannot have its image never starts, and its events are gone after an hour; the text of the pull names the cause, or nothing but the wait is left',
    shows: [
      '`kubectl get pods`: `ErrImagePull`, then `ImagePullBackOff`',
      'pod event: `Failed to pull image "git.example.org/owner/image:tag": …`',
      'pod event: `no match for platform in manifest`: the image is not built for the nodes',
    ],
    fix: 'mend what the text of the pull names, then delete the pod: its next try may be five minutes away',
    links: [
      'https://kubernetes.io/docs/concepts/containers/images/#imagepullbackoff',
      'https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/',
    ],
  },
];
