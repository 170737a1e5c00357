import fc from 'fast-check';
import { splitHost } from '../../src/declaration/host';
import type {
  NetworkPeerDeclaration,
  NetworkPolicyDeclaration,
  RegistryDeclaration,
} from '../../src/declaration/model';

const ranges: fc.Arbitrary<string[]> = fc.uniqueArray(
  fc.constantFrom('10.42.0.0/16', '203.0.113.10/32', '0.0.0.0/0', 'fd00::/8', '2001:db8::10/128'),
  { maxLength: 3 },
);

const podLabels: fc.Arbitrary<{ readonly [label: string]: string }> = fc.constantFrom<{
  readonly [label: string]: string;
}>(
  { 'app.kubernetes.io/name': 'traefik' },
  { app: 'Traefik_2.x', 'app.kubernetes.io/instance': 'traefik-kube-system' },
);

function peer(namespace: fc.Arbitrary<string>): fc.Arbitrary<NetworkPeerDeclaration> {
  return fc
    .tuple(namespace, fc.option(podLabels, { nil: undefined }))
    .map(([name, labels]) => ({ namespace: name, ...(labels && { podLabels: labels }) }));
}

function networkPolicy(
  name: fc.Arbitrary<string>,
  namespace: fc.Arbitrary<string>,
  hasNodePort: boolean,
): fc.Arbitrary<NetworkPolicyDeclaration> {
  const maybe = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
    fc.option(of, { nil: undefined });
  return fc
    .record({
      name,
      podLabels,
      ingressController: peer(namespace),
      prometheus: maybe(peer(namespace)),
      clients: fc.array(peer(namespace), { maxLength: 2 }),
      addresses: hasNodePort ? ranges : maybe(ranges),
      sshFrom: maybe(ranges),
    })
    .map(({ prometheus, addresses, sshFrom, ...policy }) => ({
      ...policy,
      ...(prometheus && { prometheus }),
      ...(addresses && { addresses }),
      ...(sshFrom && { sshFrom }),
    }));
}

/** Adds, sometimes, names behind a CDN and a NetworkPolicy that fit the rest. */
export function withExposure<T extends Pick<RegistryDeclaration, 'host' | 'release'>>(
  grammars: { readonly name: fc.Arbitrary<string>; readonly namespace: fc.Arbitrary<string> },
  declaration: T,
): fc.Arbitrary<T & Pick<RegistryDeclaration, 'cdnProxied' | 'networkPolicy'>> {
  const { nodePort } = declaration.release.httpService;
  const proxied = fc
    .uniqueArray(fc.constantFrom('www.example.org', 'cdn', 'pages.example.net'), { minLength: 1 })
    .map((names) => names.filter((name) => name !== splitHost(declaration.host).name));
  return fc
    .tuple(
      fc.option(proxied, { nil: undefined }),
      fc.option(networkPolicy(grammars.name, grammars.namespace, nodePort !== undefined), {
        nil: undefined,
      }),
    )
    .map(([cdnProxied, policy]) => ({
      ...declaration,
      ...(cdnProxied && { cdnProxied }),
      ...(policy && { networkPolicy: policy }),
    }));
}
