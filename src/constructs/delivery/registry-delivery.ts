import type { Construct } from 'constructs';
import { deliverySchema } from '../../declaration/delivery';
import type { DeliveryDeclaration, ReleaseDeclaration } from '../../declaration/model';
import { checked } from '../../declaration/checked';
import type { ArgoCdDeliveryProps } from './argo-cd-delivery';
import { argoCdDelivery } from './argo-cd-delivery';
import type { DeliveredRegistry, DeliveryForm } from './delivery-form';
import type { HelmfileDeliveryProps, KustomizeDeliveryProps } from './file-delivery';
import { helmfileDelivery, kustomizeDelivery } from './file-delivery';
import type { FluxDeliveryProps, FluxValuesDeliveryProps } from './flux-delivery';
import { fluxDelivery, fluxValuesDelivery } from './flux-delivery';
import type { K3sHelmChartConfigDeliveryProps, K3sHelmChartDeliveryProps } from './k3s-delivery';
import { k3sHelmChartConfigDelivery, k3sHelmChartDelivery } from './k3s-delivery';

/**
 * How the overlay reaches the release. Whatever the way, the overlay is laid over all other values, and the values the
 * chart gets in the end are the same.
 */
export class RegistryDelivery {
  /** A values file for `helm upgrade`; nothing is rendered. */
  public static helmValues(): RegistryDelivery {
    return new RegistryDelivery();
  }

  /** A HelmRelease of Flux with its source. */
  public static flux(props: FluxDeliveryProps): RegistryDelivery {
    return new RegistryDelivery(fluxDelivery(props));
  }

  /** A ConfigMap for a HelmRelease of Flux that somebody else keeps. */
  public static fluxValues(props?: FluxValuesDeliveryProps): RegistryDelivery {
    return new RegistryDelivery(fluxValuesDelivery(props));
  }

  /** An Application of Argo CD. */
  public static argoCd(props: ArgoCdDeliveryProps): RegistryDelivery {
    return new RegistryDelivery(argoCdDelivery(props));
  }

  /** A HelmChart of k3s or RKE2. */
  public static k3sHelmChart(props: K3sHelmChartDeliveryProps): RegistryDelivery {
    return new RegistryDelivery(k3sHelmChartDelivery(props));
  }

  /** A HelmChartConfig for a HelmChart of k3s or RKE2 that somebody else keeps. */
  public static k3sHelmChartConfig(props?: K3sHelmChartConfigDeliveryProps): RegistryDelivery {
    return new RegistryDelivery(k3sHelmChartConfigDelivery(props));
  }

  /** A helmfile, written beside the values file. */
  public static helmfile(props?: HelmfileDeliveryProps): RegistryDelivery {
    return new RegistryDelivery(helmfileDelivery(props));
  }

  /** A `kustomization.yaml` with `helmCharts`, written beside the values file. */
  public static kustomize(props?: KustomizeDeliveryProps): RegistryDelivery {
    return new RegistryDelivery(kustomizeDelivery(props));
  }

  private constructor(private readonly form?: DeliveryForm) {}

  /** @internal */
  public _toDeclaration(release: ReleaseDeclaration): DeliveryDeclaration | undefined {
    return this.form && checked(deliverySchema, this.form.declare(release), 'delivery');
  }

  /** @internal */
  public _bind(scope: Construct, registry: DeliveredRegistry): void {
    this.form?.render?.(scope, registry);
  }
}
