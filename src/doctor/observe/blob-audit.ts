import type { ImageIndex, ImageManifest, Manifest } from '../../client/oci/manifest';
import { partsHeld } from '../../client/oci/manifest';
import { kindOf } from '../../client/oci/media-type';
import { isAnswered } from '../ask';
import type { Seen } from '../ask';
import type { Observation, Sight } from '../sight';
import type { AuditedTag } from './audited-tags';
import { auditedTags } from './audited-tags';
import type { Part, StoredParts } from './stored-parts';
import { MANIFEST_BYTES, manifestIn, storedParts } from './stored-parts';

/** Something the database names and the registry does not give. */
export interface Hole extends Part {
  readonly repository: string;
  /** A tag that needs it. */
  readonly tag: string;
  /** `child`: a manifest an index names; `stored`: what the store should hold. */
  readonly what: 'child' | 'stored';
  readonly seen: Seen;
}

/** What an audit found. */
export interface BlobAudit {
  readonly holes: readonly Hole[];
  /** Tags, manifests and blobs that were asked for. */
  readonly tags: number;
  readonly manifests: number;
  readonly blobs: number;
  /** Answers that say neither that a part is there nor that it is missing. */
  readonly unclear: number;
}

/** Tags looked into at once: one connection is left for the rest of the run. */
const AT_ONCE = 6;

/** Tags from one line of progress to the next. */
const TOLD_EVERY = 50;

/**
 * Asks for the parts of each audited tag: its manifest by HEAD and GET, those an index names, configs and layers by
 * HEAD. Of a sample only the lowest layer: base layers are shared, so they are what a refused upload destroys (REG462).
 * Undefined without a token.
 */
export const blobAudit: Observation<BlobAudit | undefined> = async (sight) => {
  const [parts, { tags, isAll }] = await Promise.all([
    sight.see(storedParts),
    sight.see(auditedTags),
  ]);
  return parts && new Audit(sight, parts, isAll).of(tags);
};

class Audit {
  private readonly holes: Hole[] = [];
  /** Parts that were asked for: images share them. */
  private readonly asked = new Set<string>();
  private manifests = 0;
  private blobs = 0;
  private unclear = 0;

  public constructor(
    private readonly sight: Sight,
    private readonly parts: StoredParts,
    private readonly isAll: boolean,
  ) {}

  public async of(tags: readonly AuditedTag[]): Promise<BlobAudit> {
    const left = tags.values();
    let done = 0;
    const work = async (): Promise<void> => {
      // Workers share the list: each takes what is next.
      for (const tag of left) {
        this.sight.options.signal?.throwIfAborted();
        await this.tag(tag);
        done += 1;
        if (this.isAll && done % TOLD_EVERY === 0) {
          this.sight.options.progress?.(`blobs: ${done} of ${tags.length} tags looked into`);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const { holes, manifests, blobs, unclear } = this;
    return { holes, tags: tags.length, manifests, blobs, unclear };
  }

  private async tag(at: AuditedTag): Promise<void> {
    const part: Part = { kind: 'manifests', reference: at.tag };
    this.manifests += 1;
    const [head, fetched] = await Promise.all([
      this.parts.head(at.repository, part),
      this.parts.get(at.repository, part, MANIFEST_BYTES),
    ]);
    const bad = [head, fetched.seen].find((seen) => standingOf(seen) === 'missing');
    if (bad !== undefined) {
      this.holes.push({ ...at, ...part, what: 'stored', seen: bad });
      return;
    }
    const manifest = manifestIn(fetched);
    if (manifest === undefined) {
      this.unclear += 1;
      return;
    }
    await this.below(at, manifest);
  }

  private async below(at: AuditedTag, manifest: Manifest): Promise<void> {
    return manifest.kind === 'index' ? this.ofIndex(at, manifest) : this.ofImage(at, manifest);
  }

  private async ofIndex(at: AuditedTag, index: ImageIndex): Promise<void> {
    const children = partsHeld(index).filter(
      ({ digest, mediaType }) => kindOf(mediaType) !== undefined && this.isNew(at, digest),
    );
    for (const { digest } of children) {
      const part: Part = { kind: 'manifests', reference: digest };
      this.manifests += 1;
      const fetched = await this.parts.get(at.repository, part, MANIFEST_BYTES);
      const manifest = manifestIn(fetched);
      if (manifest?.kind === 'image') {
        await this.ofImage(at, manifest);
      } else {
        this.judge({ ...at, ...part, what: childFault(fetched.seen), seen: fetched.seen });
      }
    }
  }

  private async ofImage(at: AuditedTag, manifest: ImageManifest): Promise<void> {
    const held = partsHeld(manifest);
    // The config comes first, the lowest layer next.
    const looked = this.isAll ? held : held.slice(0, 2);
    await Promise.all(
      looked
        .filter(({ digest }) => this.isNew(at, digest))
        .map(async ({ digest }) => {
          const part: Part = { kind: 'blobs', reference: digest };
          this.blobs += 1;
          const seen = await this.parts.head(at.repository, part);
          this.judge({ ...at, ...part, what: 'stored', seen });
        }),
    );
  }

  private judge(hole: Hole): void {
    const standing = standingOf(hole.seen);
    if (standing === 'missing') {
      this.holes.push(hole);
    } else if (standing === 'unclear') {
      this.unclear += 1;
    }
  }

  private isNew({ repository }: AuditedTag, digest: string): boolean {
    const key = `${repository} ${digest}`;
    return !this.asked.has(key) && this.asked.add(key) !== undefined;
  }
}

/** Only Gitea itself says that something it lists is not there; the rest is a matter of the way to it. */
function standingOf(seen: Seen): 'there' | 'missing' | 'unclear' {
  if (!isAnswered(seen)) {
    return 'unclear';
  }
  const { status, reading } = seen;
  if (status < 400) {
    return 'there';
  }
  return MISSING.has(reading.id) ? 'missing' : 'unclear';
}

const MISSING: ReadonlySet<string> = new Set([
  'manifest-missing',
  'manifest-missing-head',
  'blob-missing',
  'blob-missing-head',
  'registry-failed-reading',
]);

/** A manifest whose row is there and whose file is gone is none that was deleted. */
function childFault(seen: Seen): Hole['what'] {
  return isAnswered(seen) && seen.reading.id === 'manifest-missing' ? 'child' : 'stored';
}
