import type { Inventory } from '../../doctor/cluster/inventory-record';
import { code } from './inert-code';

/** Cells of a table. */
type Rows = string[][];

/** Each cell of others as code. */
function row(...cells: readonly (string | number | undefined)[]): string[] {
  return cells.map((cell) => code(cell === undefined ? '' : `${cell}`));
}

export function pathRows({ accessPaths }: Inventory): Rows {
  return accessPaths.map(({ name, url, status, responder, realm, certificate }) =>
    row(name, url, status ?? 'no answer', responder, realm, certificate),
  );
}

export function releaseRows({ releases }: Inventory): Rows {
  return releases.map((one) =>
    row(
      `${one.namespace}/${one.name}`,
      `${one.chart} ${one.chartVersion}`,
      one.appVersion,
      one.revision,
      one.status,
      one.deployedAt,
    ),
  );
}

export function serviceRows({ services }: Inventory): Rows {
  return services.map(({ namespace, name, type, ports }) =>
    row(
      `${namespace}/${name}`,
      type,
      ports
        .map(
          ({ port, targetPort, nodePort }) =>
            `${port} to ${targetPort ?? port}${nodePort === undefined ? '' : `, NodePort ${nodePort}`}`,
        )
        .join('; '),
    ),
  );
}

export function routeRows({ routes }: Inventory): Rows {
  return routes.map((one) =>
    row(
      `${one.kind} ${one.namespace}/${one.name}`,
      `${one.host}${one.path}`,
      one.className ?? one.entryPoints?.join(', '),
      one.backends.join(', '),
      one.tlsSecrets.join(', '),
    ),
  );
}

export function certificateRows({ certificates }: Inventory): Rows {
  return certificates.map((one) =>
    row(
      `${one.namespace}/${one.name}`,
      one.dnsNames.join(', '),
      one.isReady ? 'yes' : `no: ${one.reason ?? 'no condition'}`,
      one.notAfter,
      one.issuer,
    ),
  );
}

export function volumeRows({ volumes }: Inventory): Rows {
  return volumes.map((one) =>
    row(
      `${one.namespace}/${one.claim}`,
      one.capacity ?? one.requested,
      one.storageClass,
      one.accessModes.join(', '),
      one.use ?? one.phase,
    ),
  );
}

export function backupRows({ backups }: Inventory): Rows {
  return backups.map(({ kind, namespace, name, saves, schedule, isSuspended, lastSuccess }) =>
    row(
      `${kind} ${namespace}/${name}`,
      saves.join(', '),
      isSuspended ? `${schedule ?? ''} (suspended)` : schedule,
      lastSuccess ?? 'none known',
    ),
  );
}

export function imageRows({ images }: Inventory): Rows {
  return images.map(({ image, digest, namespace, pods }) => row(image, digest, namespace, pods));
}
