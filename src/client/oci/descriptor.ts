import { ClientError } from '../error';
import { serverText } from '../server-text';
import type { Digest } from './digest';
import { isDigest } from './digest';

/** Names content (OCI image spec, "Content Descriptors"). */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  /** Bytes. */
  readonly size: number;
  /** What an image of an index runs on. */
  readonly platform?: Platform;
  readonly annotations?: { readonly [name: string]: string };
  readonly artifactType?: string;
  /** Elsewhere the content may be found; registries need not hold it then. */
  readonly urls?: readonly string[];
}

/** What an image runs on (OCI image index). */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

type JsonObject = { readonly [name: string]: unknown };

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads a descriptor out of a manifest. Its digest goes into URLs, so it is judged here.
 *
 * @param at where it stands, for messages: `layers[2]`
 * @throws ClientError REG471
 */
export function readDescriptor(value: unknown, at: string): Descriptor {
  if (!isObject(value)) {
    throw malformed(at, 'must be a descriptor');
  }
  const { mediaType, digest, size, platform, annotations, artifactType, urls } = value;
  if (typeof mediaType !== 'string') {
    throw malformed(`${at}.mediaType`, 'must be a text');
  }
  if (!isDigest(digest)) {
    const shown = serverText(String(digest), 80);
    throw malformed(`${at}.digest`, `'${shown}' must be 'sha256:' and 64 hex digits`);
  }
  if (!Number.isSafeInteger(size) || (size as number) < 0) {
    throw malformed(`${at}.size`, 'must be a number of bytes');
  }
  return {
    mediaType,
    digest,
    size: size as number,
    ...(isPlatform(platform) && { platform }),
    ...(isTextMap(annotations) && { annotations }),
    ...(typeof artifactType === 'string' && { artifactType }),
    ...(isTextList(urls) && { urls }),
  };
}

/** A manifest that is none. */
export function malformed(at: string, problem: string): ClientError {
  return new ClientError(`the manifest cannot be read: ${at} ${problem}`, 'REG471');
}

function isPlatform(value: unknown): value is Platform {
  return isObject(value) && typeof value.os === 'string' && typeof value.architecture === 'string';
}

/** Whether a value is an object of texts, such as annotations. */
export function isTextMap(value: unknown): value is { readonly [name: string]: string } {
  return isObject(value) && Object.values(value).every((text) => typeof text === 'string');
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}
