import { checked } from '../declaration/checked';
import { refuse } from '../declaration/problem';
import { text } from '../declaration/schema';
import { formatSize, giteaSize, SIZE } from '../declaration/size';

/**
 * A size limit in Gitea's own grammar, always written as text: Helm turns a number from 1,000,000 on into
 * `1e+06`, which Gitea reads as "unlimited".
 */
export class PackageSize {
  /** No limit: `-1`. The only safe value for containers. */
  public static unlimited(): PackageSize {
    return new PackageSize('-1');
  }

  /**
   * A size in bytes.
   *
   * @param amount whole number above zero
   */
  public static bytes(amount: number): PackageSize {
    if (!Number.isSafeInteger(amount) || amount <= 0) {
      refuse('size', amount, 'must be whole bytes, above zero', 'REG621');
    }
    return PackageSize.parse(formatSize(amount));
  }

  /**
   * A size in mebibytes.
   *
   * @param amount units of 1024² bytes, above zero
   */
  public static mebibytes(amount: number): PackageSize {
    return PackageSize.parse(`${amount} MiB`);
  }

  /**
   * A size in gibibytes.
   *
   * @param amount units of 1024³ bytes, above zero
   */
  public static gibibytes(amount: number): PackageSize {
    return PackageSize.parse(`${amount} GiB`);
  }

  /**
   * A size as text, such as `500 MiB`. Refused is what Gitea would silently read as another size or as
   * unlimited: `5,5 GiB`, `10 gibibytes`, `1e6`, `-2`.
   */
  public static parse(size: string): PackageSize {
    return new PackageSize(checked(text(SIZE), size, 'size'));
  }

  private constructor(private readonly size: string) {}

  /** The bytes Gitea reads; -1 when unlimited. */
  public toBytes(): number {
    return giteaSize(this.size);
  }

  /** The text written to app.ini. */
  public toIni(): string {
    return this.size;
  }
}
