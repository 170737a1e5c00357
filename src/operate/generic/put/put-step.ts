import type { Readable } from 'node:stream';
import type { ClientError } from '../../../client/error';
import type { PackageFile } from '../../../client/packages/package-version';
import type { Content } from '../digests';
import type { LocalFile } from './local-file';

/** What is to be put, and under which name. */
export type PutInput = { readonly name: string } & (
  | { readonly file: LocalFile }
  /** Standard input: read once, of unknown length. */
  | { readonly stream: Readable }
);

/** One part of a file that is put in parts. */
export interface PartRange {
  /** Name of the part among the files of the version. */
  readonly name: string;
  /** First byte. */
  readonly from: number;
  /** Byte after the last one. */
  readonly to: number;
  /** SHA-256 in hex, once the file was read. */
  readonly sha256?: string;
}

/** What one file needs. */
export type PutStep =
  | {
      readonly action: 'upload';
      readonly input: PutInput;
      /** @default - as it is */
      readonly parts?: readonly PartRange[];
    }
  | { readonly action: 'unchanged'; readonly input: PutInput; readonly content: Content }
  | {
      readonly action: 'replace';
      readonly input: PutInput & { readonly file: LocalFile };
      /** What the file held when it was read for the plan. */
      readonly content: Content;
      /** @default - as it is */
      readonly parts?: readonly PartRange[];
      /** What is deleted before, in this order; never empty. */
      readonly deletes: readonly PackageFile[];
    }
  /** It cannot be put: why. */
  | { readonly action: 'conflict'; readonly input: PutInput; readonly error: ClientError };

/** Bytes of an input. @returns undefined for a stream */
export function sizeOf(input: PutInput): number | undefined {
  return 'file' in input ? input.file.size : undefined;
}
