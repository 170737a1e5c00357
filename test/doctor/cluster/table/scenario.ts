import type { FakeExec, KubeObject } from '../../../../src/testing';

/** A cluster as it is found. */
export interface FoundCluster {
  readonly objects: readonly KubeObject[];
  /** @default - what the first user's pods answer after the change */
  readonly exec?: FakeExec;
  /** What the caller may not do, as FakeCluster takes it. @default - nothing is forbidden */
  readonly forbidden?: readonly string[];
}

/** A broken cluster and its true cause, decided from the catalogue of checks. */
export interface ClusterScenario {
  /** What is broken: `two Ingresses own /v2`. */
  readonly name: string;
  /** Code of the first result that is a failure; where there is none, of the first warning that is not of the base. */
  readonly code: string;
  find(): FoundCluster;
}

/** A cluster in which nothing is broken. */
export interface HealthyCluster {
  readonly name: string;
  find(): FoundCluster;
}
