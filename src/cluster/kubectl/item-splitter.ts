const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_MAP = 0x7b;
const CLOSE_MAP = 0x7d;
const BLANK = 0x20;

/** Largest item that is read: etcd takes objects of 1.5 MiB. */
const LARGEST_ITEM = 16 * 1024 * 1024;

/** Depth inside the list of items: the outer map, and the list. */
const IN_ITEMS = 2;

/** Longest text at the top that is looked at: `items` has five letters. */
const LONGEST_KEY = 60;

/**
 * Gives the entries of `items` of a Kubernetes List one by one, while its JSON arrives: nothing but the entry that is
 * being read stays in memory. Text outside the entries is scanned for brackets and quotes only.
 */
export class ItemSplitter {
  private depth = 0;
  private isText = false;
  private isEscaped = false;
  /** Bytes of the text at the top of the document that is being read: it may be the key `items`. */
  private key: number[] | undefined;
  /** The last text at the top, until what follows tells whether it was a key. */
  private lastText = '';
  private lastKey = '';
  private isItems = false;
  private wasList = false;
  /** Pieces of the entry that is being read, from earlier chunks. */
  private pieces: Buffer[] = [];
  private pieceBytes = 0;
  /** Where the entry begins in this chunk; -1 between entries. */
  private start = -1;

  /** @param give is called with each entry, parsed. What it throws ends the reading. */
  public constructor(private readonly give: (item: unknown) => void) {}

  /**
   * Reads the next piece, however the text was cut.
   *
   * @throws SyntaxError for an entry that is no JSON, RangeError for one above 16 MiB
   */
  public write(chunk: Buffer): void {
    this.start = this.pieceBytes > 0 ? 0 : -1;
    for (let index = 0; index < chunk.length; index++) {
      if (this.isText) {
        index = this.readText(chunk, index);
      } else {
        this.readByte(chunk, index);
      }
    }
    if (this.start >= 0) {
      // A copy, because the pool behind a chunk may be large.
      this.hold(Buffer.from(chunk.subarray(this.start)));
    }
  }

  /** @throws SyntaxError when the document is not over, or had no list of items */
  public end(): void {
    if (!this.wasList || this.depth !== 0 || this.isText) {
      throw new SyntaxError('the text ends before the list does');
    }
  }

  /** Reads on in a text; returns the index of the last byte read. */
  private readText(chunk: Buffer, from: number): number {
    let index = from;
    for (; index < chunk.length; index++) {
      const byte = chunk[index];
      if (this.isEscaped) {
        this.isEscaped = false;
      } else if (byte === BACKSLASH) {
        this.isEscaped = true;
      } else if (byte === QUOTE) {
        this.isText = false;
        this.endText();
        return index;
      }
      this.remember(byte);
    }
    return index;
  }

  private remember(byte: number): void {
    this.key?.push(byte);
    if (this.key && this.key.length > LONGEST_KEY) {
      this.key = undefined;
      this.lastText = '';
    }
  }

  private endText(): void {
    if (this.key) {
      this.lastText = JSON.parse(`"${Buffer.from(this.key).toString('utf8')}"`) as string;
      this.key = undefined;
    }
  }

  private readByte(chunk: Buffer, index: number): void {
    const byte = chunk[index];
    if (byte <= BLANK) {
      return;
    }
    const between = this.isItems && this.depth === IN_ITEMS;
    if (between && (byte === COMMA || byte === CLOSE_LIST)) {
      this.endItem(chunk, index);
    } else if (between && this.start < 0) {
      this.start = index;
    }
    this.follow(byte);
  }

  private follow(byte: number): void {
    switch (byte) {
      case QUOTE:
        this.isText = true;
        this.key = this.depth === 1 ? [] : undefined;
        break;
      case COLON:
        this.lastKey = this.depth === 1 ? this.lastText : this.lastKey;
        break;
      case OPEN_LIST:
      case OPEN_MAP:
        this.open(byte);
        break;
      case CLOSE_LIST:
      case CLOSE_MAP:
        this.close();
        break;
    }
  }

  private open(byte: number): void {
    if (this.depth === 1 && byte === OPEN_LIST && this.lastKey === 'items') {
      this.isItems = true;
      this.wasList = true;
    }
    this.depth++;
  }

  private close(): void {
    this.depth--;
    if (this.depth < 0) {
      throw new SyntaxError('a bracket is closed that was not opened');
    }
    if (this.depth < IN_ITEMS) {
      this.isItems = false;
    }
  }

  private endItem(chunk: Buffer, end: number): void {
    if (this.start < 0) {
      return;
    }
    this.hold(chunk.subarray(this.start, end));
    const bytes = this.pieces.length === 1 ? this.pieces[0] : Buffer.concat(this.pieces);
    this.pieces = [];
    this.pieceBytes = 0;
    this.start = -1;
    this.give(JSON.parse(bytes.toString('utf8')));
  }

  private hold(piece: Buffer): void {
    this.pieces.push(piece);
    this.pieceBytes += piece.length;
    if (this.pieceBytes > LARGEST_ITEM) {
      throw new RangeError(`an entry has more than ${LARGEST_ITEM} bytes`);
    }
  }
}
