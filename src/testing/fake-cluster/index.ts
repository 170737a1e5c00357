export { FakeCluster } from './fake-cluster';
export type { ClusterRequest, FakeClusterOptions } from './fake-cluster';
export { helmRelease } from './helm-release';
export type { HelmReleaseOptions } from './helm-release';
export type { KubeMetadata, KubeObject } from './kube-object';
export type { ExecAnswer, ExecCall, FakeExec } from './fake-exec';
