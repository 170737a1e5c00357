/** One transfer as somebody watches it. */
export interface WatchedTransfer {
  /** How many bytes of the whole are done; goes back when a part is sent again. */
  at(bytes: number): void;
  /** Ends it, and says how: `uploaded`, `failed`. */
  end(outcome: string): void;
}

/** Begins watched transfers; the command shows them as progress. */
export interface Watch {
  /**
   * @param name of the file
   * @param doing `uploading`, `downloading`, `reading`
   */
  begin(name: string, doing: string, facts: TransferFacts): WatchedTransfer;
}

/** What is known when a transfer begins. */
export interface TransferFacts {
  /** Bytes of the whole. @default - nobody knows */
  readonly total?: number;
  /** Bytes that are there already, of an earlier run. @default 0 */
  readonly done?: number;
  /** Whether it is only worth a word while it lasts, such as reading a file to compare it. @default false */
  readonly isQuiet?: boolean;
}

/** Nobody watches. */
export const UNWATCHED: Watch = {
  begin: () => ({ at: () => undefined, end: () => undefined }),
};
