import { genericPath } from '../../client/generic/file-name';
import { ClientError } from '../../client/error';
import type { GenericVersion } from '../../operate/generic/place';

/** A file of a generic package as `--output json` shows it. */
export interface FileRecord {
  readonly name: string;
  readonly version: string;
  /** Bytes; null where nobody knows. */
  readonly size: number | null;
  /** Hex; null where nobody knows. */
  readonly sha256: string | null;
  readonly sha512: string | null;
  /** Where the bytes can be had; null for a file in parts, which no single URL gives. */
  readonly url: string | null;
}

/** What is known of a file. */
export interface KnownFile {
  readonly name: string;
  readonly size?: number;
  readonly sha256?: string;
  readonly sha512?: string;
  /** @default false */
  readonly isInParts?: boolean;
}

/** The record of a file. */
export function fileRecord(
  origin: URL,
  version: GenericVersion,
  { name, size, sha256, sha512, isInParts = false }: KnownFile,
): FileRecord {
  return {
    name,
    version: version.version,
    size: size ?? null,
    sha256: sha256 ?? null,
    sha512: sha512 ?? null,
    url: isInParts ? null : new URL(genericPath(version, name), origin).href,
  };
}

/** Why something failed, as JSON shows it. */
export function failureRecord(error: Error): { readonly code?: string; readonly message: string } {
  return {
    ...(error instanceof ClientError && { code: error.code }),
    message: error.message,
  };
}
