import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type * as argo from '../../../imports/argoproj.io';
import { chartLocation, withoutOciScheme } from '../../declaration/chart-repository';
import { LINE_OF_TEXT } from '../../declaration/free-text';
import { OBJECT_NAME } from '../../declaration/kubernetes-name';
import { LABELS } from '../../declaration/labels';
import type { ArgoCdDeliveryDeclaration, ReleaseDeclaration } from '../../declaration/model';
import { checked } from '../../declaration/checked';
import { text } from '../../declaration/schema';
import { argoCdValueFiles } from '../../delivery/argo-cd-files';
import type { HelmValues } from '../../delivery/overlay-values';
import type { DeliveredRegistry, DeliveryForm } from './delivery-form';

/** Where the overlay of an Application stands. */
export enum ArgoCdOverlay {
  /** In the values file of the side files, the last of `helm.valueFiles`; it is committed beside the others. */
  FILE = 'file',
  /** In `helm.valuesObject`, which wins over all of `helm.valueFiles`. */
  INLINE = 'inline',
}

/** The release through an Application of Argo CD (`argoproj.io/v1alpha1`) with two sources: chart and values. */
export interface ArgoCdDeliveryProps {
  /** Git repository of `release.valuesFiles` and of the overlay, as Argo CD knows it. */
  readonly valuesRepository: string;

  /**
   * Branch, tag or commit of it.
   * @default 'HEAD'
   */
  readonly valuesRevision?: string;

  /**
   * Folder in it the paths of the values files begin at.
   * @default - the root of the repository
   */
  readonly valuesPath?: string;

  /**
   * Whether the repo-server runs helm through the wrapper of helm-secrets (`HELM_SECRETS_WRAPPER_ENABLED=true`) and so
   * decrypts `*.sops.yaml`. Argo CD itself does not; it resolves `$values` at the start of a path only, so `secrets://`
   * cannot stand there.
   * @default false
   */
  readonly decrypts?: boolean;

  /**
   * Name of the Application. Give the name of a live one to take it over.
   * @default - the name of the release
   */
  readonly name?: string;

  /**
   * Namespace of the Application.
   * @default 'argocd'
   */
  readonly namespace?: string;

  /**
   * Project of the Application.
   * @default 'default'
   */
  readonly project?: string;

  /**
   * Cluster of the release, as Argo CD names it (`destination.server`).
   * @default 'https://kubernetes.default.svc'
   */
  readonly server?: string;

  /**
   * Where the overlay stands.
   * @default ArgoCdOverlay.FILE
   */
  readonly overlay?: ArgoCdOverlay;

  /**
   * `repoURL` of the chart: a Helm repository, or the folder of the chart in an OCI registry without `oci://`.
   * @default - the `oci://` of `release.chart`, without the scheme
   */
  readonly repoUrl?: string;

  /**
   * Whether Argo CD syncs by itself. It never prunes and never heals then: both are yours to add with a patch.
   * @default false
   */
  readonly automated?: boolean;
}

/** The generated types and mapper, loaded on use. */
const generated = (): typeof argo => require('../../../imports/argoproj.io');

/** What of an Application the declaration does not hold. */
type Settings = Required<Pick<ArgoCdDeliveryProps, 'project' | 'server' | 'automated'>>;

/** An Application with the chart and the Git repository of the values as sources. */
export function argoCdDelivery(props: ArgoCdDeliveryProps): DeliveryForm {
  const settings = {
    project: checked(text(OBJECT_NAME), props.project ?? 'default', 'delivery.project'),
    server: checked(
      text(LINE_OF_TEXT),
      props.server ?? 'https://kubernetes.default.svc',
      'delivery.server',
    ),
    automated: props.automated ?? false,
  };
  const declare = (release: ReleaseDeclaration): ArgoCdDeliveryDeclaration => ({
    mode: 'argo-cd',
    name: props.name ?? release.name,
    namespace: props.namespace ?? 'argocd',
    overlay: props.overlay ?? ArgoCdOverlay.FILE,
    valuesRepository: props.valuesRepository,
    valuesRevision: props.valuesRevision ?? 'HEAD',
    decrypts: props.decrypts ?? false,
    ...(props.valuesPath !== undefined && { valuesPath: props.valuesPath }),
    ...(props.repoUrl !== undefined && { repoUrl: props.repoUrl }),
  });
  return {
    declare,
    render: (scope, registry) => renderApplication(scope, registry, settings, declare),
  };
}

function renderApplication(
  scope: Construct,
  { release, values }: DeliveredRegistry,
  { project, server, automated }: Settings,
  declare: (release: ReleaseDeclaration) => ArgoCdDeliveryDeclaration,
): void {
  const delivery = declare(release);
  const { Application, toJson_ApplicationSpec } = generated();
  new ApiObject(new Construct(scope, 'Application'), 'Resource', {
    ...Application.GVK,
    metadata: { name: delivery.name, namespace: delivery.namespace, labels: { ...LABELS } },
    spec: Lazy.any({
      produce: () =>
        toJson_ApplicationSpec({
          project,
          destination: { server, namespace: release.namespace },
          sources: [chartSource(release, delivery, values()), valuesSource(delivery)],
          ...(automated && { syncPolicy: { automated: { prune: false, selfHeal: false } } }),
        }),
    }),
  });
}

function chartSource(
  release: ReleaseDeclaration,
  delivery: ArgoCdDeliveryDeclaration,
  values: HelmValues,
): argo.ApplicationSpecSources {
  const { name: chart, repository } = chartLocation(release, delivery.repoUrl)!;
  return {
    repoUrl: withoutOciScheme(repository) ?? repository,
    chart,
    targetRevision: release.chartVersion,
    helm: {
      releaseName: release.name,
      valueFiles: argoCdValueFiles(release, delivery),
      ...(delivery.overlay === ArgoCdOverlay.INLINE && { valuesObject: values }),
    },
  };
}

function valuesSource({
  valuesRepository,
  valuesRevision,
}: ArgoCdDeliveryDeclaration): argo.ApplicationSpecSources {
  return { repoUrl: valuesRepository, targetRevision: valuesRevision, ref: 'values' };
}
