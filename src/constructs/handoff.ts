import type { HandoffDeclaration } from '../declaration/model';
import { checked } from '../declaration/checked';
import { handoffSchema } from '../declaration/registry-schema';

/** An image somebody pulled by digest and checked. */
export interface VerifiedImage {
  /** `owner/image`, without the host. */
  readonly repository: string;

  /** Tag it was pulled by. */
  readonly tag: string;

  /** Digest it had, `sha256:…`. */
  readonly digest: string;

  /**
   * Record that tells how it was verified.
   * @default - none
   */
  readonly provenance?: string;
}

/** What the page for downstream teams says beyond the rest of the declaration. */
export interface HandoffOptions {
  /**
   * Images known to work.
   * @default - none
   */
  readonly verifiedImages?: VerifiedImage[];

  /**
   * Records and documents the page points to.
   * @default - none
   */
  readonly references?: string[];
}

/** The part of the declaration that `options` stands for. */
export function handoffDeclaration(options: HandoffOptions = {}): HandoffDeclaration {
  const { verifiedImages = [], references = [] } = options;
  return checked(
    handoffSchema,
    { verifiedImages: verifiedImages.map((image) => ({ ...image })), references: [...references] },
    'handoff',
  );
}
