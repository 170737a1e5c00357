import { ClientError } from '../error';
import { serverText } from '../server-text';

/** Bytes of a file, both ends included (RFC 9110 §14.1.2). */
export interface ByteRange {
  /** First byte. @default 0 */
  readonly from?: number;
  /** Last byte. @default - the last of the file */
  readonly to?: number;
}

/** Value of `Range`; undefined for the whole file. */
export function rangeHeader({ from, to }: ByteRange): string | undefined {
  return from === undefined && to === undefined ? undefined : `bytes=${from ?? 0}-${to ?? ''}`;
}

/** What a `Content-Range` says (RFC 9110 §14.4). */
export interface ContentRange {
  readonly from: number;
  readonly to: number;
  /** Bytes of the whole file. @default - not said */
  readonly total?: number;
}

/**
 * The range of a 206 answer, which must be the one that was asked for: bytes at the wrong place would spoil a file
 * without anybody seeing it.
 *
 * @throws ClientError REG218 when it is another one, or none
 */
export function checkedRange(
  header: string | undefined,
  asked: ByteRange,
  host: string,
): ContentRange {
  const [, first, last, all] =
    /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/i.exec(header ?? '') ?? [];
  const from = Number(first);
  const to = Number(last);
  const total = all === '*' ? undefined : Number(all);
  const end = Math.min(asked.to ?? Infinity, (total ?? Infinity) - 1);
  if (
    first === undefined ||
    from !== (asked.from ?? 0) ||
    to < from ||
    (Number.isFinite(end) && to !== end)
  ) {
    throw new ClientError(
      `'${host}' answered with '${serverText(header ?? 'no Content-Range', 60)}' to ${rangeHeader(asked)}: something on the way changes ranges; take caches off the path`,
      'REG218',
    );
  }
  return { from, to, ...(total !== undefined && { total }) };
}

/** Bytes of the whole file, from the `bytes *\/N` of a 416 answer. */
export function totalBeyond(header: string | undefined): number | undefined {
  const total = /^bytes \*\/(\d{1,15})$/i.exec(header ?? '')?.[1];
  return total === undefined ? undefined : Number(total);
}
