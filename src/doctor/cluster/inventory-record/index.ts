/** The record of a registry's state: what a change ticket begins with. */
import type { Diagnosis } from '../../diagnosis';
import type { DoctorOptions, DoctorRequest } from '../../request';
import { Sight } from '../../sight';
import { liveBackups } from '../capacity/backups';
import { dataRoom } from '../capacity/headroom';
import { liveEstate } from '../live-estate';
import { liveReleases } from '../live-releases';
import type { Missing } from '../missing';
import { accessPathsOf } from './access';
import { appIniOf, rootUrlOf } from './app-ini';
import { imagesOf } from './images';
import { certificatesOf, routesOf, servicesOf } from './network';
import type { Inventory, InventoryAppIni, InventoryDrift } from './record';
import { INVENTORY_VERSION } from './record';
import { releasesOf, valuesSourcesOf } from './releases';
import { volumesOf } from './volumes';

export type * from './record';

/**
 * The inventory of a registry, as JSON without secrets: objects of the cluster were masked when they were read.
 *
 * Each list of the cluster was read in the run before, or is read once here; `GET /v2/` is sent once a path.
 *
 * @param diagnosis of the run on the same request
 */
export async function inventoryOf(
  request: DoctorRequest,
  diagnosis: Diagnosis,
  options: DoctorOptions = {},
): Promise<Inventory> {
  const sights: Sight[] = [];
  request.paths.forEach((path) => sights.push(new Sight(path, request, options, sights)));
  try {
    return await taken(sights, diagnosis, new Date((options.now ?? Date.now)()).toISOString());
  } finally {
    sights.forEach((sight) => sight.close());
  }
}

async function taken(
  sights: readonly Sight[],
  diagnosis: Diagnosis,
  takenAt: string,
): Promise<Inventory> {
  const [sight] = sights;
  const { host, server } = diagnosis;
  const appIni = await appIniOf(sight);
  const [releases, valuesSources, rootUrl, services, routes, volumes, images, accessPaths] =
    await Promise.all([
      releasesOf(sight),
      valuesSourcesOf(sight),
      rootUrlOf(sight),
      servicesOf(sight),
      routesOf(sight),
      volumesOf(sight),
      imagesOf(sight),
      accessPathsOf(sights, diagnosis),
    ]);
  const drift = driftOf(diagnosis);
  return {
    ...{ schemaVersion: INVENTORY_VERSION, takenAt, host },
    ...(server !== undefined && { server }),
    isClusterRead: ((await sight.see(liveEstate))?.estate.manifests.length ?? 0) > 0,
    ...{ releases, valuesSources, appIni },
    ...(rootUrl !== undefined && { rootUrl }),
    ...{ services, routes, certificates: await certificatesOf(sight, routes), volumes },
    packageDirectory: 'not measured',
    backups: (await sight.see(liveBackups))?.backups ?? [],
    ...{ images, accessPaths },
    ...(drift && { drift }),
    unread: await unreadOf(sight, appIni),
  };
}

/** Declared, released and running settings, and pods older than what they read. */
const DRIFT = new Set(['REG622', 'REG623', 'REG635']);

/** What the probes of drift found; undefined where none of them could look. */
function driftOf({ results }: Diagnosis): InventoryDrift[] | undefined {
  const looked = results.filter(({ code, status }) => DRIFT.has(code) && status !== 'skip');
  return looked.length === 0
    ? undefined
    : looked
        .filter(({ status }) => status !== 'pass')
        .map(({ code, observed = '' }) => ({ code, observed }));
}

async function unreadOf(sight: Sight, appIni: InventoryAppIni): Promise<Missing[]> {
  const [live, releases, backups, room] = await Promise.all([
    sight.see(liveEstate),
    sight.see(liveReleases),
    sight.see(liveBackups),
    sight.see(dataRoom),
  ]);
  const all = [
    ...(live?.missing ?? []),
    ...(releases?.missing ?? []),
    ...(backups?.missing ?? []),
    ...('unread' in appIni ? [{ what: 'app.ini', why: appIni.unread }] : []),
    ...(room && 'unread' in room ? [{ what: 'room on the volume', why: room.unread }] : []),
    { what: 'size of the package folder', why: "only 'cat' and 'df' run in a pod" },
  ];
  return [...new Map(all.map((one) => [one.what, one])).values()];
}
