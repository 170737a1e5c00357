import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { NAMESPACE, OBJECT_NAME } from '../../declaration/kubernetes-name';
import { checked } from '../../declaration/checked';
import { refuse } from '../../declaration/problem';
import { text } from '../../declaration/schema';
import { traefikValues } from '../../delivery/traefik-values';
import { valuesText } from '../../delivery/values-text';
import { claim } from '../claims';
import { K3sFailurePolicy } from '../delivery/k3s-delivery';
import type { GiteaRegistry } from '../gitea-registry';
import { renderHelmChartConfig } from '../helm-chart-config';
import { existingChartValues } from './existing-values';
import type { TraefikSettings } from './traefik-settings';
import { entryPointSettings, traefikLine } from './traefik-settings';

/** The entry points of the Traefik that K3s or RKE2 installs. */
export interface TraefikEntryPointsProps extends TraefikSettings {
  /** The registry whose uploads must get through. */
  readonly registry: GiteaRegistry;

  /**
   * What the `valuesContent` of the HelmChartConfig says today, parsed; `{}` where there is none. There is one
   * HelmChartConfig for a HelmChart and it is replaced whole: what is missing here is lost. A password belongs into
   * `valuesSecrets`, which a JSON patch of the object adds.
   */
  readonly existingValues: { readonly [key: string]: unknown };

  /**
   * Name of the HelmChart, which is that of the HelmChartConfig.
   * @default 'traefik'
   */
  readonly name?: string;

  /**
   * Namespace of the HelmChart: one in another namespace is not found by the controller.
   * @default 'kube-system'
   */
  readonly namespace?: string;

  /**
   * What helm-controller does when the upgrade of Traefik fails.
   * @default K3sFailurePolicy.ABORT
   */
  readonly failurePolicy?: K3sFailurePolicy;
}

/**
 * A HelmChartConfig (`helm.cattle.io/v1`) that lets the entry points of Traefik take uploads as long as the push budget:
 * no object of a route can. It is the ingress of everything in the cluster, so it goes into a chart of its own, for the
 * people who own that layer; applying it restarts Traefik. For a Traefik installed otherwise see
 * `registry.addTraefikValues`.
 *
 * @example
 * new TraefikEntryPoints(new Chart(app, 'traefik'), 'EntryPoints', {
 *   registry, chartVersion: '37.1.1+up37.1.0', existingValues: {},
 * });
 */
export class TraefikEntryPoints extends Construct {
  /**
   * @throws DeclarationError for a chart version nobody tried (REG641), a chart that is the registry's own (REG630), or a
   *   namespace that is not the chart's
   */
  public constructor(scope: Construct, id: string, props: TraefikEntryPointsProps) {
    super(scope, id);
    const { registry, failurePolicy = K3sFailurePolicy.ABORT } = props;
    const line = traefikLine(props);
    const name = checked(text(OBJECT_NAME), props.name ?? 'traefik', 'name');
    const namespace = checked(text(NAMESPACE), props.namespace ?? 'kube-system', 'namespace');
    const existing = existingChartValues(props.existingValues);
    this.requireOwnChart(registry, namespace);
    claim(this, 'HelmChartConfig', `${namespace}/${name}`);
    const settings = (): ReturnType<typeof entryPointSettings> =>
      entryPointSettings(props, registry._toDeclaration());
    settings();
    renderHelmChartConfig(this, {
      name,
      namespace,
      policy: failurePolicy,
      valuesContent: () => valuesText(traefikValues(settings(), line, existing)),
    });
  }

  private requireOwnChart(registry: GiteaRegistry, namespace: string): void {
    const chart = Chart.of(this);
    if (chart === Chart.of(registry)) {
      refuse(
        'TraefikEntryPoints',
        this.node.path,
        "is in the chart of the registry: Traefik is another layer's. Put it into a chart of its own, which its owners apply",
        'REG630',
      );
    }
    if (chart.namespace !== undefined && chart.namespace !== namespace) {
      refuse(
        'chart.namespace',
        chart.namespace,
        `must be the namespace of the HelmChart, '${namespace}', or unset: elsewhere the controller does not find a HelmChartConfig`,
        'REG651',
      );
    }
  }
}
