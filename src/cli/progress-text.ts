import { sizeText } from './packages/size-text';

/** Where a transfer stands. */
export interface Standing {
  /** Bytes that are done. */
  readonly at: number;
  /** Bytes of the whole. @default - nobody knows */
  readonly total?: number;
  /** Bytes a second. @default - too early to tell */
  readonly rate?: number;
}

/** `45 %, 460 MiB of 1.00 GiB, 120 MiB/s, 5 s left`: what is known of it. */
export function standingText({ at, total, rate }: Standing): string {
  const share = total === undefined || total === 0 ? [] : [`${Math.floor((at * 100) / total)} %`];
  const size = total === undefined ? sizeText(at) : `${sizeText(at)} of ${sizeText(total)}`;
  const speed = rate === undefined ? [] : [`${sizeText(rate)}/s`];
  const left =
    rate === undefined || total === undefined
      ? []
      : [`${durationText(((total - at) / rate) * 1000)} left`];
  return [...share, size, ...speed, ...left].join(', ');
}

/** A time for people: the two largest units that matter. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
