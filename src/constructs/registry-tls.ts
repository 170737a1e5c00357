import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { Certificate, toJson_CertificateSpec } from '../../imports/cert-manager.io';
import { splitHost } from '../declaration/host';
import { OBJECT_NAME } from '../declaration/kubernetes-name';
import { LABELS } from '../declaration/labels';
import type {
  IssuerDeclaration,
  RegistryDeclaration,
  RouteTlsDeclaration,
  TlsDeclaration,
} from '../declaration/model';
import { checked } from '../declaration/checked';
import { text } from '../declaration/schema';
import { routeTlsSchema, tlsSchema } from '../declaration/tls';
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

  /**
   * How every node and client trusts an authority that is not public, in one line: `our root CA is in every node image`.
   * It takes the place of the warning REG123.
   * @default - the authority is public, or nobody knows
   */
  readonly nodeTrust?: string;
}

/** TLS of the route through cert-manager's ingress-shim. */
export interface IngressShimTlsProps {
  /** Name of the TLS secret, in the namespace of the release. */
  readonly secretName: string;

  /** Issuer the annotation names. */
  readonly issuer: IssuerRef;

  /**
   * How every node and client trusts an authority that is not public, in one line: `our root CA is in every node image`.
   * It takes the place of the warning REG123.
   * @default - the authority is public, or nobody knows
   */
  readonly nodeTrust?: string;
}

/** TLS of the route through a secret that somebody else makes. */
export interface ExistingSecretTlsProps {
  /** Name of the TLS secret, in the namespace of the release. */
  readonly secretName: string;

  /** Who makes the secret, in one line: a secret nobody makes is the proxy's default certificate. */
  readonly producer: string;

  /**
   * How every node and client trusts an authority that is not public, in one line: `our root CA is in every node image`.
   * It takes the place of the warning REG123.
   * @default - the authority is public, or nobody knows
   */
  readonly nodeTrust?: string;
}

/** TLS of a route through the certificate the listener of a Gateway has already. */
export interface ListenerTlsProps {
  /** Who makes the secret the listener names, in one line. */
  readonly producer: string;

  /**
   * Name of that secret, in the namespace of the Gateway.
   * @default - not said
   */
  readonly secretName?: string;

  /**
   * How every node and client trusts an authority that is not public, in one line: `our root CA is in every node image`.
   * It takes the place of the warning REG123.
   * @default - the authority is public, or nobody knows
   */
  readonly nodeTrust?: string;
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

  /** The listener of a Gateway terminates TLS with a certificate of its own. For `V2Route.gatewayHttpRoute` only. */
  public static listener(props: ListenerTlsProps): RegistryTls {
    return new ListenerTls(props);
  }

  /** @internal */
  public abstract _toDeclaration(): RouteTlsDeclaration;

  /**
   * Renders what the secret needs and gives the annotations its Ingress needs.
   * @internal
   */
  public abstract _bind(
    scope: Construct,
    registry: RegistryDeclaration,
  ): { [annotation: string]: string };
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

  public constructor({ secretName, issuer, nodeTrust, name = secretName }: CertificateTlsProps) {
    super({ source: 'certificate', secretName, issuer: issuer?._toDeclaration(), nodeTrust });
    this.name = checked(text(OBJECT_NAME), name, 'tls.name');
  }

  public override _bind(
    scope: Construct,
    { host, release: { namespace } }: RegistryDeclaration,
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
  public constructor({ secretName, issuer, nodeTrust }: IngressShimTlsProps) {
    super({ source: 'ingress-shim', secretName, issuer: issuer?._toDeclaration(), nodeTrust });
  }

  public override _bind(): { [annotation: string]: string } {
    return shimAnnotations(this.declaration.issuer!);
  }
}

class ExistingSecretTls extends CheckedTls {
  public constructor({ secretName, producer, nodeTrust }: ExistingSecretTlsProps) {
    super({ source: 'existing-secret', secretName, producer, nodeTrust });
  }

  public override _bind(): { [annotation: string]: string } {
    return {};
  }
}

class ListenerTls extends RegistryTls {
  private readonly declaration: RouteTlsDeclaration;

  public constructor({ secretName, producer, nodeTrust }: ListenerTlsProps) {
    super();
    const declared = { source: 'listener', secretName, producer, nodeTrust };
    this.declaration = checked(routeTlsSchema, declared, 'tls');
  }

  public override _toDeclaration(): RouteTlsDeclaration {
    return this.declaration;
  }

  public override _bind(): { [annotation: string]: string } {
    return {};
  }
}
