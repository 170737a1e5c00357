import type { IssuerDeclaration } from '../declaration/model';
import { checked } from '../declaration/checked';
import { issuerSchema } from '../declaration/tls';

/** Reference to a cert-manager issuer (`issuerRef`). The issuer itself is the user's. */
export class IssuerRef {
  /** An issuer for all namespaces. */
  public static clusterIssuer(name: string): IssuerRef {
    return new IssuerRef(name, 'ClusterIssuer', 'cert-manager.io');
  }

  /** An issuer in the namespace of the release. */
  public static issuer(name: string): IssuerRef {
    return new IssuerRef(name, 'Issuer', 'cert-manager.io');
  }

  /** An issuer of another controller, by API group and kind. */
  public static external(group: string, kind: string, name: string): IssuerRef {
    return new IssuerRef(name, kind, group);
  }

  private readonly declaration: IssuerDeclaration;

  private constructor(name: string, kind: string, group: string) {
    this.declaration = checked(issuerSchema, { name, kind, group }, 'issuer');
  }

  /** @internal */
  public _toDeclaration(): IssuerDeclaration {
    return this.declaration;
  }
}
