import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type * as helm from '../../../imports/helm.toolkit.fluxcd.io';
import type * as source from '../../../imports/source.toolkit.fluxcd.io';
import { chartLocation } from '../../declaration/chart-repository';
import { LABELS } from '../../declaration/labels';
import type { ReleaseDeclaration } from '../../declaration/model';

/** The generated types and mappers, loaded on use. */
const generated = (): typeof source => require('../../../imports/source.toolkit.fluxcd.io');

/** How a HelmRelease names its chart. */
type ChartOfRelease = Pick<helm.HelmReleaseSpec, 'chart' | 'chartRef'>;

/** Name and namespace of the source. */
interface SourceName {
  readonly name: string;
  readonly namespace: string;
}

/**
 * Renders where source-controller gets the chart: an OCIRepository, or a HelmRepository where the declaration names a
 * repository. Gives the part of the HelmRelease that refers to it.
 */
export function renderFluxSource(
  scope: Construct,
  metadata: SourceName,
  release: ReleaseDeclaration,
  repository: string | undefined,
  interval: string,
): ChartOfRelease {
  return repository === undefined
    ? ociRepository(scope, metadata, release, interval)
    : helmRepository(scope, metadata, release, repository, interval);
}

/** Layer of a chart (helm.sh "Use OCI-based registries"); copied, because helm-controller reads the archive itself. */
const CHART_LAYER = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';

function ociRepository(
  scope: Construct,
  metadata: SourceName,
  { chart, chartVersion }: ReleaseDeclaration,
  interval: string,
): ChartOfRelease {
  const {
    OciRepository,
    OciRepositorySpecLayerSelectorOperation: Operation,
    toJson_OciRepositorySpec,
  } = generated();
  new ApiObject(new Construct(scope, 'Source'), 'Resource', {
    ...OciRepository.GVK,
    metadata: { ...metadata, labels: { ...LABELS } },
    spec: Lazy.any({
      produce: () =>
        toJson_OciRepositorySpec({
          interval,
          url: chart,
          // A tag holds no `+`; helm pushes `_` for it.
          ref: { tag: chartVersion.replaceAll('+', '_') },
          layerSelector: { mediaType: CHART_LAYER, operation: Operation.COPY },
        }),
    }),
  });
  return {
    chartRef: { kind: 'OCIRepository' as helm.HelmReleaseSpecChartRefKind, name: metadata.name },
  };
}

function helmRepository(
  scope: Construct,
  metadata: SourceName,
  release: ReleaseDeclaration,
  repository: string,
  interval: string,
): ChartOfRelease {
  const { HelmRepository, HelmRepositorySpecType: Type, toJson_HelmRepositorySpec } = generated();
  const { name: chart, repository: url } = chartLocation(release, repository)!;
  new ApiObject(new Construct(scope, 'Source'), 'Resource', {
    ...HelmRepository.GVK,
    metadata: { ...metadata, labels: { ...LABELS } },
    spec: Lazy.any({
      produce: () =>
        toJson_HelmRepositorySpec({
          interval,
          url,
          ...(url.startsWith('oci://') && { type: Type.OCI }),
        }),
    }),
  });
  const sourceRef = {
    kind: 'HelmRepository' as helm.HelmReleaseSpecChartSpecSourceRefKind,
    name: metadata.name,
  };
  return { chart: { spec: { chart, version: release.chartVersion, sourceRef } } };
}
