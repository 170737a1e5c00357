import type { Cursor } from '../cursor';
import type { ConfigSource } from './config-sources';

/** What restarts a pod when this source changes, as far as annotations tell. */
export type RestartTrigger = (source: ConfigSource) => boolean;

/**
 * Reads the annotations of a Deployment and of its pods. A checksum that is called after one of the sources stands for
 * that one; any other may be over all of them.
 *
 * @param annotations maps of annotations
 * @param sources everything the pods read
 */
export function restartTrigger(
  annotations: readonly Cursor[],
  sources: readonly ConfigSource[],
): RestartTrigger {
  const written = annotations.flatMap((map) => map.entries());
  const names = new Set(sources.map(({ name }) => name));
  const checksums = written.map(([key]) => key).filter((key) => CHECKSUM.test(key));
  const meant = (key: string): string | undefined => [...names].find((name) => isAfter(key, name));
  const isGeneral = checksums.some((key) => meant(key) === undefined);
  return ({ kind, name }) =>
    isGeneral ||
    checksums.some((key) => meant(key) === name) ||
    written.some(([key, at]) => isReloader(key, at, kind, name));
}

/** `checksum/config`, `example.org/config-hash`, … */
const CHECKSUM = /checksum|hash/i;

/** Whether an annotation is called after an object: `checksum/gitea-admin`, `gitea-admin-hash`. */
function isAfter(key: string, name: string): boolean {
  const words = key.slice(key.indexOf('/') + 1).replace(/[-._]?(checksum|hash|sha256)[-._]?/gi, '');
  return words === name;
}

/** Annotations of Reloader on a workload: all it reads, those that ask for it, or those named. */
function isReloader(key: string, at: Cursor, kind: ConfigSource['kind'], name: string): boolean {
  const word = kind.toLowerCase();
  switch (key) {
    case 'reloader.stakater.com/auto':
    case 'reloader.stakater.com/search':
    case `${word}.reloader.stakater.com/auto`:
      return at.scalar === 'true';
    case `${word}.reloader.stakater.com/reload`:
      return (at.text ?? '').split(',').some((one) => one.trim() === name);
    default:
      return false;
  }
}
