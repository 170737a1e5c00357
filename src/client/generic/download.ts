import type { Readable } from 'node:stream';
import type { HttpResponse } from '../http/message';
import type { ByteRange } from './range';
import { checkedRange, totalBeyond } from './range';

/** A download of a generic file. */
export type GenericDownload =
  /** The whole file, also where a part was asked for: whoever resumes begins anew. */
  | {
      readonly kind: 'whole';
      /** Ends with a ClientError when the connection ends too early. */
      readonly body: Readable;
      /** Bytes. @default - not said */
      readonly length?: number;
      /** When the file was put, as HTTP writes dates. @default - not said */
      readonly lastModified?: string;
    }
  /** The part that was asked for, or what the file has of it. */
  | {
      readonly kind: 'part';
      readonly body: Readable;
      /** First byte. */
      readonly from: number;
      /** Last byte. */
      readonly to: number;
      /** Bytes of the whole file. @default - not said */
      readonly total?: number;
      readonly lastModified?: string;
    }
  /** The file ends before the part begins: there is nothing more. */
  | {
      readonly kind: 'beyond-end';
      /** Bytes of the whole file. @default - not said */
      readonly total?: number;
    };

/**
 * Reads a 200, 206 or 416 answer.
 *
 * @throws ClientError REG218 when the part is another one than was asked for; the body is dropped then
 */
export async function download(answer: HttpResponse, asked: ByteRange): Promise<GenericDownload> {
  const { status, headers, url } = answer;
  const lastModified = headers['last-modified'];
  const dated = lastModified === undefined ? {} : { lastModified };
  if (status === 416) {
    await answer.discard();
    const total = totalBeyond(headers['content-range']);
    return { kind: 'beyond-end', ...(total !== undefined && { total }) };
  }
  if (status === 206) {
    try {
      const range = checkedRange(headers['content-range'], asked, url.host);
      return { kind: 'part', ...range, ...dated, body: answer.body };
    } catch (error) {
      answer.body.destroy();
      throw error;
    }
  }
  const length = lengthOf(answer);
  return {
    kind: 'whole',
    ...dated,
    ...(length !== undefined && { length }),
    body: answer.body,
  };
}

/** Bytes of a body (RFC 9110 §8.6); undefined when the server does not say. */
export function lengthOf({ headers }: HttpResponse): number | undefined {
  const text = headers['content-length'];
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
