import { gzipSync } from 'node:zlib';
import type { KubeObject } from './kube-object';

/** A release of Helm 3, as far as tests say it. */
export interface HelmReleaseOptions {
  readonly name: string;
  readonly namespace: string;
  /** From 1. */
  readonly revision: number;
  /** `deployed`, `superseded`, `failed`, `pending-upgrade`… */
  readonly status: string;
  readonly chart: {
    readonly name: string;
    readonly version: string;
    readonly appVersion?: string;
    /** values.yaml of the chart. @default - empty */
    readonly values?: object;
  };
  /** The user's values: `helm get values`. */
  readonly config: object;
  /** Rendered objects: `helm get manifest`. @default '' */
  readonly manifest?: string;
  /** ISO date. @default 2025-11-01T09:00:00Z */
  readonly deployed?: string;
  /** Where Helm stores it (HELM_DRIVER). @default secret */
  readonly driver?: 'secret' | 'configmap';
}

/**
 * The object Helm 3 keeps a revision in: Secret or ConfigMap `sh.helm.release.v1.NAME.vREVISION`, key `release`, base64 of
 * gzip of JSON; a Secret has its own base64 around that.
 */
export function helmRelease(options: HelmReleaseOptions): KubeObject {
  const { name, namespace, revision, status, driver = 'secret' } = options;
  const stored = gzipSync(JSON.stringify(releaseOf(options))).toString('base64');
  const metadata = {
    name: `sh.helm.release.v1.${name}.v${revision}`,
    namespace,
    labels: { modifiedAt: '1761987600', name, owner: 'helm', status, version: String(revision) },
  };
  return driver === 'configmap'
    ? { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { release: stored } }
    : {
        apiVersion: 'v1',
        kind: 'Secret',
        type: 'helm.sh/release.v1',
        metadata,
        data: { release: Buffer.from(stored).toString('base64') },
      };
}

function releaseOf(options: HelmReleaseOptions): object {
  const { name, namespace, revision, status, chart, config, manifest = '' } = options;
  const { deployed = '2025-11-01T09:00:00Z' } = options;
  const { values = {}, ...identity } = chart;
  return {
    name,
    info: {
      first_deployed: deployed,
      last_deployed: deployed,
      deleted: '',
      description: revision === 1 ? 'Install complete' : 'Upgrade complete',
      status,
    },
    chart: {
      metadata: { ...identity, apiVersion: 'v2', type: 'application' },
      lock: null,
      templates: [{ name: 'templates/NOTES.txt', data: Buffer.from(name).toString('base64') }],
      values,
      schema: null,
      files: [{ name: 'README.md', data: Buffer.from(`# ${chart.name}\n`).toString('base64') }],
    },
    config,
    manifest,
    version: revision,
    namespace,
  };
}
