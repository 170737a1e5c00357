import { quote } from '../../declaration/problem';
import { ClientError } from '../error';

/** A JSON object of the API whose fields are read one by one; fields nobody asks for are ignored. */
export class ApiDocument {
  /**
   * @param value what the server sent
   * @param what what it should be, for the message: `a package version`
   * @throws ClientError REG910 when it is no object
   */
  public static of(value: unknown, what: string): ApiDocument {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new ClientError(
        `the server sent ${quote(value)} where ${what} belongs: a proxy or another API answers there`,
        'REG910',
      );
    }
    return new ApiDocument(value as { readonly [key: string]: unknown }, what);
  }

  /**
   * Reads a list of documents.
   *
   * @throws ClientError REG910 when it is no list of objects
   */
  public static listOf(value: unknown, what: string): ApiDocument[] {
    if (!Array.isArray(value)) {
      throw new ClientError(
        `the server sent ${quote(value)} where a list of ${what}s belongs: a proxy or another API answers there`,
        'REG910',
      );
    }
    return value.map((item) => ApiDocument.of(item, `a ${what}`));
  }

  private constructor(
    private readonly fields: { readonly [key: string]: unknown },
    private readonly what: string,
  ) {}

  /** @throws ClientError REG910 when the field is no text */
  public text(key: string): string {
    const value = this.fields[key];
    return typeof value === 'string' ? value : this.refuse(key, value, 'a text');
  }

  /** Text that need not be there; undefined for null and the empty text too. */
  public textIfAny(key: string): string | undefined {
    const value = this.fields[key];
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  /**
   * A whole number, not negative.
   *
   * @param keys names the field has, depending on the release
   * @throws ClientError REG910 when it is none
   */
  public count(...keys: readonly string[]): number {
    const key = keys.find((name) => this.fields[name] !== undefined) ?? keys[0];
    const value = this.fields[key];
    return Number.isSafeInteger(value) && (value as number) >= 0
      ? (value as number)
      : this.refuse(key, value, 'a number');
  }

  /** A yes or no that need not be there. */
  public flag(key: string): boolean | undefined {
    const value = this.fields[key];
    return typeof value === 'boolean' ? value : undefined;
  }

  /**
   * A document inside this one.
   *
   * @returns undefined when it is null or not there
   * @throws ClientError REG910 when it is something else
   */
  public part(key: string): ApiDocument | undefined {
    const value = this.fields[key];
    return value === null || value === undefined
      ? undefined
      : ApiDocument.of(value, `'${key}' of ${this.what}`);
  }

  /** @throws ClientError REG910 when there is no such document inside this one */
  public needed(key: string): ApiDocument {
    return this.part(key) ?? this.refuse(key, this.fields[key], 'an object');
  }

  /**
   * A date of RFC 3339, as the server wrote it.
   *
   * @throws ClientError REG910 when it is none
   */
  public date(key: string): string {
    const value = this.text(key);
    return Number.isNaN(Date.parse(value)) ? this.refuse(key, value, 'a date') : value;
  }

  private refuse(key: string, value: unknown, expected: string): never {
    throw new ClientError(
      `the server sent ${this.what} whose '${key}' is ${quote(value)}, not ${expected}: another API may answer there, or a release this command does not know`,
      'REG910',
    );
  }
}
