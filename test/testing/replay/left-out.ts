import { lineIn } from './arrangements';
import type { LineNumbers, RecordedRelease } from './arrangements';

/** Lines the fake does not give, and why. */
export interface LeftOut {
  readonly lines: readonly LineNumbers[];
  /** What differs; the rest of the answer is right. */
  readonly parts: readonly ('status' | 'headers' | 'body')[];
  readonly reason: string;
}

/** The lines left out; everything else is given as recorded. */
export const LEFT_OUT: readonly LeftOut[] = [
  {
    lines: [
      [199, 0, 0, 0, 0],
      [200, 0, 0, 0, 0],
      [201, 0, 0, 0, 0],
    ],
    parts: ['body'],
    reason: 'the recording lost the body of these pages',
  },
  {
    lines: [[224, 225, 225, 225, 225]],
    parts: ['body'],
    reason: "the API description is somebody else's text; the fake lists its own routes",
  },
  {
    lines: [
      [0, 0, 0, 0, 268],
      [0, 0, 0, 0, 287],
      [0, 0, 0, 0, 305],
    ],
    parts: ['headers'],
    reason: 'these bodies just fit the 2,048 bytes below which Go tells a length; ours are longer',
  },
  {
    lines: [[223, 224, 224, 224, 224]],
    parts: ['status', 'headers', 'body'],
    reason: 'no signing key: commits are not signed here',
  },
  {
    lines: [[228, 229, 229, 229, 229]],
    parts: ['status', 'headers', 'body'],
    reason: 'no list of cron tasks: the fake has one task',
  },
  {
    lines: [
      [484, 478, 484, 477, 479],
      [485, 479, 485, 478, 480],
      [486, 480, 486, 479, 481],
      [487, 481, 487, 480, 482],
      [509, 503, 509, 502, 504],
      [510, 504, 510, 503, 505],
      [511, 505, 511, 504, 506],
      [512, 506, 512, 505, 507],
      [513, 507, 513, 506, 508],
      [529, 523, 529, 522, 524],
    ],
    parts: ['status', 'headers', 'body'],
    reason: 'web pages: sign-in and the forms of the cleanup rules',
  },
];

/** Lines of a recording that are left out in some part. */
export function leftOutLines(release: RecordedRelease): ReadonlyMap<number, LeftOut> {
  const entries = LEFT_OUT.flatMap((left) =>
    left.lines.map((lines) => [lineIn(release, lines), left] as const),
  );
  return new Map(entries.filter(([line]) => line !== 0));
}
