import type { Cursor } from '../cursor';
import type { Manifest } from '../manifest';
import { namespaceOrDefault } from '../manifest';
import { annotation } from './ingress';

/** Something that makes cert-manager write a TLS secret. */
export interface CertificateProducer {
  /** `certificate`: a Certificate object. `shim`: an annotated Ingress, Gateway or ListenerSet. */
  readonly source: 'certificate' | 'shim';
  readonly manifest: Manifest;
  readonly secretName: string;
  readonly namespace: string;
  /** Names in the certificate, in lower case. */
  readonly dnsNames: readonly string[];
  /** Where the secret is named. */
  readonly at: Cursor;
  readonly issuer?: IssuerName;
}

/** The issuer a producer asks. */
export interface IssuerName {
  readonly kind: string;
  readonly name: string;
  /** API group; cert-manager's own unless an external issuer is named. */
  readonly group: string;
  readonly at: Cursor;
}

/** Annotations that make cert-manager's shim act (https://cert-manager.io/docs/usage/ingress/). */
const ISSUER_ANNOTATIONS = [
  ['cert-manager.io/cluster-issuer', 'ClusterIssuer'],
  ['cert-manager.io/issuer', 'Issuer'],
] as const;

/** Group of Issuer and ClusterIssuer. */
export const CERT_MANAGER = 'cert-manager.io';

/** The issuer the annotations of an object name; undefined where the shim has nothing to do. */
export function shimIssuer(manifest: Manifest): IssuerName | undefined {
  for (const [name, kind] of ISSUER_ANNOTATIONS) {
    const at = annotation(manifest, name);
    if (at.text) {
      return { name: at.text, at, ...(kind === 'Issuer' ? anyKind(manifest) : own(kind)) };
    }
  }
  const acme = annotation(manifest, 'kubernetes.io/tls-acme');
  return acme.scalar === 'true' ? { name: '', at: acme, ...own('ClusterIssuer') } : undefined;
}

/** `cert-manager.io/issuer` names an issuer of any kind when the annotations beside it say so. */
function anyKind(manifest: Manifest): Pick<IssuerName, 'kind' | 'group'> {
  return {
    kind: annotation(manifest, 'cert-manager.io/issuer-kind').text ?? 'Issuer',
    group: annotation(manifest, 'cert-manager.io/issuer-group').text ?? CERT_MANAGER,
  };
}

function own(kind: string): Pick<IssuerName, 'kind' | 'group'> {
  return { kind, group: CERT_MANAGER };
}

/** Kinds that make cert-manager produce something. */
export const PRODUCER_KINDS = [
  'Certificate',
  'Ingress',
  'Gateway',
  'ListenerSet',
  'XListenerSet',
] as const;

/** What a manifest makes cert-manager produce: a Certificate, an annotated Ingress, Gateway or ListenerSet. */
export function certificateProducers(manifest: Manifest): CertificateProducer[] {
  switch (manifest.kind) {
    case 'Certificate':
      return ofCertificate(manifest);
    case 'Ingress':
      return ofShim(manifest, ingressSecrets(manifest));
    case 'Gateway':
    case 'ListenerSet':
    case 'XListenerSet':
      return ofShim(manifest, listenerSecrets(manifest));
    default:
      return [];
  }
}

function ofCertificate(manifest: Manifest): CertificateProducer[] {
  const spec = manifest.root.get('spec');
  const at = spec.get('secretName');
  const issuer = spec.get('issuerRef');
  return !at.text || isMadeByShim(manifest)
    ? []
    : [
        {
          source: 'certificate',
          manifest,
          secretName: at.text,
          namespace: namespaceOrDefault(manifest),
          dnsNames: lowerCase([...spec.get('dnsNames').items(), spec.get('commonName')]),
          at,
          issuer: {
            kind: issuer.get('kind').text ?? 'Issuer',
            name: issuer.get('name').text ?? '',
            group: issuer.get('group').text ?? CERT_MANAGER,
            at: issuer,
          },
        },
      ];
}

/** A Certificate read from a cluster may be the shim's own; its owner is the producer then. */
function isMadeByShim(manifest: Manifest): boolean {
  return manifest.root
    .get('metadata', 'ownerReferences')
    .items()
    .some((owner) => PRODUCER_KINDS.some((kind) => kind === owner.get('kind').text));
}

/** A secret an annotated object names, with the hosts beside it. */
interface NamedSecret {
  readonly at: Cursor;
  readonly hosts: readonly Cursor[];
}

function ofShim(manifest: Manifest, secrets: readonly NamedSecret[]): CertificateProducer[] {
  const issuer = shimIssuer(manifest);
  if (issuer === undefined) {
    return [];
  }
  return secrets.flatMap(({ at, hosts }) =>
    at.text
      ? [
          {
            source: 'shim' as const,
            manifest,
            secretName: at.text,
            namespace: namespaceOrDefault(manifest),
            dnsNames: lowerCase(hosts),
            at,
            issuer,
          },
        ]
      : [],
  );
}

function ingressSecrets({ root }: Manifest): NamedSecret[] {
  return root
    .get('spec', 'tls')
    .items()
    .map((tls) => ({ at: tls.get('secretName'), hosts: tls.get('hosts').items() }));
}

/** The shim serves listeners that name a host and end TLS with a secret of their own namespace. */
function listenerSecrets(manifest: Manifest): NamedSecret[] {
  const namespace = namespaceOrDefault(manifest);
  return manifest.root
    .get('spec', 'listeners')
    .items()
    .filter((one) => one.get('hostname').text && one.get('tls', 'mode').text !== 'Passthrough')
    .flatMap((one) =>
      one
        .get('tls', 'certificateRefs')
        .items()
        .filter((reference) => (reference.get('namespace').text ?? namespace) === namespace)
        .map((reference) => ({ at: reference.get('name'), hosts: [one.get('hostname')] })),
    );
}

function lowerCase(names: readonly Cursor[]): string[] {
  return names.flatMap(({ text }) => text?.toLowerCase() ?? []);
}
