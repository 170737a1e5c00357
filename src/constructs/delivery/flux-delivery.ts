import type { Duration } from 'cdk8s';
import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type * as helm from '../../../imports/helm.toolkit.fluxcd.io';
import { DURATION, formatDuration } from '../../declaration/go-duration';
import { OBJECT_NAME } from '../../declaration/kubernetes-name';
import { LABELS } from '../../declaration/labels';
import type { FluxDeliveryDeclaration, ReleaseDeclaration } from '../../declaration/model';
import { checked } from '../../declaration/checked';
import { text } from '../../declaration/schema';
import type { HelmValues } from '../../delivery/overlay-values';
import type { BaseValues } from './base-values';
import { baseValuesDeclaration } from './base-values';
import type { DeliveredRegistry, DeliveryForm } from './delivery-form';
import { renderFluxSource } from './flux-source';
import { ValuesConfigMap } from './values-config-map';

/** Where the overlay of a HelmRelease stands. */
export enum FluxOverlay {
  /** In `spec.values`, which wins over all of `spec.valuesFrom`. */
  INLINE = 'inline',
  /** In a ConfigMap, the last entry of `spec.valuesFrom`. */
  CONFIG_MAP = 'config-map',
}

/** What helm-controller does about objects that are no longer as the chart rendered them. */
export enum FluxDriftDetection {
  /** They are set back. */
  ENABLED = 'enabled',
  /** They are reported. */
  WARN = 'warn',
  /** They are not looked at. */
  DISABLED = 'disabled',
}

/** The release through a HelmRelease of Flux (`helm.toolkit.fluxcd.io/v2`). */
export interface FluxDeliveryProps {
  /**
   * Values of the release below the overlay, lowest first, in the namespace of the HelmRelease; one at least.
   */
  readonly baseValues: BaseValues[];

  /**
   * Name of the HelmRelease. Give the name of a live one to take it over.
   * @default - the name of the release
   */
  readonly name?: string;

  /**
   * Namespace of the HelmRelease, its source and its values.
   * @default - the namespace of the release
   */
  readonly namespace?: string;

  /**
   * Where the overlay stands.
   * @default FluxOverlay.INLINE
   */
  readonly overlay?: FluxOverlay;

  /**
   * Name of the ConfigMap of `FluxOverlay.CONFIG_MAP`.
   * @default - `<release>-registry-values`
   */
  readonly configMapName?: string;

  /**
   * Helm repository, or folder of the chart in an OCI registry (`oci://…`), that a HelmRepository stands for.
   * @default - an OCIRepository is rendered for the `oci://` of `release.chart`
   */
  readonly chartRepository?: string;

  /**
   * Name of the OCIRepository or HelmRepository.
   * @default - `<release>-chart`
   */
  readonly sourceName?: string;

  /**
   * How often the release is compared with its HelmRelease.
   * @default Duration.minutes(10)
   */
  readonly interval?: Duration;

  /**
   * How long one helm action may take; a start with migrations of the database is part of it.
   * @default Duration.minutes(15)
   */
  readonly timeout?: Duration;

  /**
   * What to do about drift.
   * @default FluxDriftDetection.WARN
   */
  readonly driftDetection?: FluxDriftDetection;
}

/** Values for a HelmRelease that somebody else keeps. */
export interface FluxValuesDeliveryProps {
  /**
   * Name of the HelmRelease.
   * @default - the name of the release
   */
  readonly name?: string;

  /**
   * Namespace of the HelmRelease; the ConfigMap goes there.
   * @default - the namespace of the release
   */
  readonly namespace?: string;

  /**
   * Name of the ConfigMap.
   * @default - `<release>-registry-values`
   */
  readonly configMapName?: string;
}

/** The generated types and mapper, loaded on use. */
const generated = (): typeof helm => require('../../../imports/helm.toolkit.fluxcd.io');

/** Times of a HelmRelease, as Flux writes them. */
interface Times {
  readonly interval: string;
  readonly timeout: string;
}

/** A HelmRelease with its source. */
export function fluxDelivery(props: FluxDeliveryProps): DeliveryForm {
  const times = {
    interval: duration(props.interval, 600, 'delivery.interval'),
    timeout: duration(props.timeout, 900, 'delivery.timeout'),
  };
  const declare = (release: ReleaseDeclaration): FluxDeliveryDeclaration => ({
    mode: 'flux',
    name: props.name ?? release.name,
    namespace: props.namespace ?? release.namespace,
    overlay: props.overlay ?? FluxOverlay.INLINE,
    configMap: props.configMapName ?? configMapName(release),
    baseValues: baseValuesDeclaration(props.baseValues ?? []),
    ...(props.chartRepository !== undefined && { chartRepository: props.chartRepository }),
  });
  return {
    declare,
    render: (scope, registry) => renderRelease(scope, registry, props, times, declare),
  };
}

function renderRelease(
  scope: Construct,
  { release, values }: DeliveredRegistry,
  { sourceName = `${release.name}-chart`, driftDetection }: FluxDeliveryProps,
  times: Times,
  declare: (release: ReleaseDeclaration) => FluxDeliveryDeclaration,
): void {
  const delivery = declare(release);
  const { HelmRelease, toJson_HelmReleaseSpec } = generated();
  const source = {
    name: checked(text(OBJECT_NAME), sourceName, 'delivery.sourceName'),
    namespace: delivery.namespace,
  };
  const chart = renderFluxSource(scope, source, release, delivery.chartRepository, times.interval);
  if (delivery.overlay === FluxOverlay.CONFIG_MAP) {
    const { configMap: name, namespace } = delivery;
    new ValuesConfigMap(scope, 'Values', { name, namespace }, values);
  }
  new ApiObject(new Construct(scope, 'HelmRelease'), 'Resource', {
    ...HelmRelease.GVK,
    metadata: { name: delivery.name, namespace: delivery.namespace, labels: { ...LABELS } },
    spec: Lazy.any({
      produce: () =>
        toJson_HelmReleaseSpec({
          ...times,
          ...chart,
          ...placeOf(release, delivery),
          ...handlingOf(driftDetection),
          ...valuesOf(delivery, values()),
        }),
    }),
  });
}

/** The existing release is taken over only with its own name, namespace and storage. */
function placeOf(
  { name, namespace }: ReleaseDeclaration,
  delivery: FluxDeliveryDeclaration,
): Pick<helm.HelmReleaseSpec, 'releaseName' | 'targetNamespace' | 'storageNamespace'> {
  return {
    releaseName: name,
    ...(delivery.namespace !== namespace && {
      targetNamespace: namespace,
      storageNamespace: namespace,
    }),
  };
}

/** What happens on failure: nothing is ever uninstalled, a failed upgrade goes back. */
function handlingOf(
  drift: FluxDriftDetection = FluxDriftDetection.WARN,
): Pick<helm.HelmReleaseSpec, 'driftDetection' | 'install' | 'upgrade'> {
  const { HelmReleaseSpecUpgradeRemediationStrategy: Strategy } = generated();
  return {
    driftDetection: { mode: drift as string as helm.HelmReleaseSpecDriftDetectionMode },
    // Remediation of an install is an uninstall.
    install: { remediation: { retries: 0, remediateLastFailure: false } },
    upgrade: {
      remediation: { retries: 2, remediateLastFailure: true, strategy: Strategy.ROLLBACK },
    },
  };
}

function valuesOf(
  { baseValues, overlay, configMap }: FluxDeliveryDeclaration,
  values: HelmValues,
): Pick<helm.HelmReleaseSpec, 'values' | 'valuesFrom'> {
  const { HelmReleaseSpecValuesFromKind: Kind } = generated();
  const isInline = overlay === FluxOverlay.INLINE;
  const valuesFrom = [
    ...baseValues.map(({ kind, name, key, optional }) => ({
      kind: kind as helm.HelmReleaseSpecValuesFromKind,
      name,
      valuesKey: key,
      ...(optional && { optional }),
    })),
    ...(isInline ? [] : [{ kind: Kind.CONFIG_MAP, name: configMap }]),
  ];
  return {
    valuesFrom,
    ...(isInline && { values }),
  };
}

/** The overlay as a ConfigMap alone. */
export function fluxValuesDelivery(props: FluxValuesDeliveryProps = {}): DeliveryForm {
  const target = (release: ReleaseDeclaration): { name: string; namespace: string } => ({
    name: props.name ?? release.name,
    namespace: props.namespace ?? release.namespace,
  });
  const configMap = (release: ReleaseDeclaration): string =>
    props.configMapName ?? configMapName(release);
  return {
    declare: (release) => ({
      mode: 'flux-values',
      ...target(release),
      configMap: configMap(release),
    }),
    render: (scope, { release, values }) => {
      const metadata = { name: configMap(release), namespace: target(release).namespace };
      new ValuesConfigMap(scope, 'Values', metadata, values);
    },
  };
}

function configMapName({ name }: ReleaseDeclaration): string {
  return `${name}-registry-values`;
}

function duration(given: Duration | undefined, fallback: number, path: string): string {
  return checked(text(DURATION), formatDuration(given?.toSeconds() ?? fallback), path);
}
