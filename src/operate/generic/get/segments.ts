import type { RangeSet } from './range-set';

/** Where the bytes of a file come from: one stored file, or the parts in order. */
export interface Piece {
  /** Name of the stored file. */
  readonly name: string;
  /** First byte of it in the whole file. */
  readonly offset: number;
  /** Bytes. */
  readonly size: number;
}

/** Bytes that are asked for at once. */
export interface Segment {
  readonly piece: Piece;
  /** First byte, in the whole file. */
  readonly from: number;
  /** Byte after the last one, in the whole file. */
  readonly to: number;
}

/** The stored files one after the other. */
export function piecesOf(
  files: readonly { readonly name: string; readonly size: number }[],
): Piece[] {
  let offset = 0;
  return files.map(({ name, size }) => {
    const piece = { name, offset, size };
    offset += size;
    return piece;
  });
}

/**
 * What is still to be asked for, from the start on, so that what is there grows without a gap and can be digested.
 *
 * @param most bytes of one segment
 */
export function segments(pieces: readonly Piece[], done: RangeSet, most: number): Segment[] {
  return pieces.flatMap((piece) =>
    done
      .missing(piece.offset, piece.offset + piece.size)
      .flatMap(([from, to]) => cut(from, to, most).map((range) => ({ piece, ...range }))),
  );
}

function cut(from: number, to: number, most: number): { from: number; to: number }[] {
  const count = Math.max(1, Math.ceil((to - from) / most));
  return Array.from({ length: count }, (_, index) => ({
    from: from + index * most,
    to: Math.min(to, from + (index + 1) * most),
  }));
}
