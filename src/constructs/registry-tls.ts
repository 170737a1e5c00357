import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { Certificate, toJson_CertificateSpec } from '../../imports/cert-manager.io';
import { splitHost } from '../declaration/host';
import { OBJECT_NAME } from '../declaration/kubernetes-name';
import { LABELS } from '../declaration/labels';
import type { IssuerDeclaration, TlsDeclaration } from '../declaration/model';
import { checked } from '../declaration/parse';
import { tlsSchema } from '../declaration/route';
import { text } from '../declaration/schema';
import type { IssuerRef } from './issuer-ref';

/** TLS of the route through an explicit cert-manager Certificate. */
export interface CertificateTlsProps {
  /** Name of the TLS secret, in the namespace of the release. */
  readonly secretName: string;

  /** Issuer that signs. */
  readonly issuer: IssuerRef;

  /**
   * Name of the Certificate. Give the name of a live one to take it over.
   * @default - the name of the secret
   */
  readonly name?: string;
}

/** TLS of the route through cert-manager's ingress-shim. */
export interface IngressShimTlsProps {
  /** Name of the TLS secret, in the namespace of the release. */
  readonly secretName: string;

  /** Issuer the annotation names. */
  readonly issuer: IssuerRef;
}

/** TLS of the route through a secret that somebody else makes. */
export interface ExistingSecretTlsProps {
  /** Name of the TLS secret, in the namespace of the release. */
  readonly secretName: string;

  /** Who makes the secret, in one line: a secret nobody makes is the proxy's default certificate. */
  readonly producer: string;
}

/** Where the TLS secret of the route comes from. Each secret has exactly one producer. */
export abstract class RegistryTls {
  /** A Certificate is rendered beside the route; the clearest form, and the one every route kind can use. */
  public static certificate(props: CertificateTlsProps): RegistryTls {
    return new CertificateTls(props);
  }

  /** The Ingress is annotated and cert-manager makes a Certificate named as the secret. */
  public static ingressShim(props: IngressShimTlsProps): RegistryTls {
    return new IngressShimTls(props);
  }

  /** The secret exists: a wildcard, or another team's. */
  public static existingSecret(props: ExistingSecretTlsProps): RegistryTls {
    return new ExistingSecretTls(props);
  }

  /** @internal */
  public abstract _toDeclaration(): TlsDeclaration;

  /**
   * Renders what the secret needs and gives the annotations its Ingress needs.
   * @internal
   */
  public abstract _bind(scope: Construct, target: TlsTarget): { [annotation: string]: string };
}

/** What a certificate is for. */
interface TlsTarget {
  readonly host: string;
  readonly namespace: string;
}

/** A TLS secret with its producer, checked. */
abstract class CheckedTls extends RegistryTls {
  protected readonly declaration: TlsDeclaration;

  protected constructor(declaration: unknown) {
    super();
    this.declaration = checked(tlsSchema, declaration, 'tls');
  }

  public override _toDeclaration(): TlsDeclaration {
    return this.declaration;
  }
}

class CertificateTls extends CheckedTls {
  private readonly name: string;

  public constructor({ secretName, issuer, name = secretName }: CertificateTlsProps) {
    super({ source: 'certificate', secretName, issuer: issuer?._toDeclaration() });
    this.name = checked(text(OBJECT_NAME), name, 'tls.name');
  }

  public override _bind(
    scope: Construct,
    { host, namespace }: TlsTarget,
  ): { [annotation: string]: string } {
    const { secretName, issuer } = this.declaration;
    new ApiObject(new Construct(scope, 'Certificate'), 'Resource', {
      ...Certificate.GVK,
      metadata: { name: this.name, namespace, labels: { ...LABELS } },
      spec: Lazy.any({
        produce: () =>
          toJson_CertificateSpec({
            secretName,
            dnsNames: [splitHost(host).name],
            issuerRef: { ...issuer! },
          }),
      }),
    });
    return {};
  }
}

/** Annotations of ingress-shim (cert-manager, "Annotated Ingress resource"). */
function shimAnnotations({ name, kind, group }: IssuerDeclaration): {
  [annotation: string]: string;
} {
  if (group !== 'cert-manager.io') {
    return {
      'cert-manager.io/issuer': name,
      'cert-manager.io/issuer-kind': kind,
      'cert-manager.io/issuer-group': group,
    };
  }
  return { [`cert-manager.io/${kind === 'ClusterIssuer' ? 'cluster-issuer' : 'issuer'}`]: name };
}

class IngressShimTls extends CheckedTls {
  public constructor({ secretName, issuer }: IngressShimTlsProps) {
    super({ source: 'ingress-shim', secretName, issuer: issuer?._toDeclaration() });
  }

  public override _bind(): { [annotation: string]: string } {
    return shimAnnotations(this.declaration.issuer!);
  }
}

class ExistingSecretTls extends CheckedTls {
  public constructor({ secretName, producer }: ExistingSecretTlsProps) {
    super({ source: 'existing-secret', secretName, producer });
  }

  public override _bind(): { [annotation: string]: string } {
    return {};
  }
}
