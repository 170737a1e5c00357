import type { Flavor } from '../../declaration/model';
import { matches } from '../../declaration/grammar';
import type { ForgeVersion } from '../../declaration/version';
import { APP_VERSION, parseForgeVersion } from '../../declaration/version';
import type { Cursor } from '../cursor';
import type { RegistryView } from '../registry-view';
import type { ChartValues } from './chart-values';
import { forgeOfImage, tagOf, versionOfTag } from './forge-image';
import type { Workload } from './workload';

/** A version of Gitea or Forgejo, and the place that says it. */
export interface SeenVersion {
  /** As written there. */
  readonly text: string;
  readonly version: ForgeVersion;
  /** A tag such as `1.25`, which moves from patch to patch; `version` is the first of them. */
  readonly moving: boolean;
  readonly at: Cursor;
}

/** Name of the product, as people write it. */
export const PRODUCT: { readonly [F in Flavor]: string } = { gitea: 'Gitea', forgejo: 'Forgejo' };

/** Every version of the forge itself the registry tells of: declared, then values, then rendered images. */
export function seenVersions(registry: RegistryView): readonly SeenVersion[] {
  return registry.remember('seen versions', () => [
    ...declaredVersion(registry),
    ...registry.values.flatMap(versionOfValues),
    ...registry.forges.flatMap(versionsOfWorkload),
  ]);
}

/** The seen versions without repetition, each at its first place. */
export function distinctVersions(registry: RegistryView): readonly SeenVersion[] {
  const first = new Map<string, SeenVersion>();
  for (const seen of seenVersions(registry)) {
    const { flavor, number, preRelease } = seen.version;
    const key = `${flavor} ${number} ${preRelease} ${seen.moving}`;
    if (!first.has(key)) {
      first.set(key, seen);
    }
  }
  return [...first.values()];
}

/** The version that most likely runs: a rendered image before values before the declaration. */
export function runningVersion(registry: RegistryView): ForgeVersion | undefined {
  return seenVersions(registry).at(-1)?.version;
}

/** The declared version; none without a declaration. */
export function declaredVersion(registry: RegistryView): SeenVersion[] {
  if (registry.declaration === undefined) {
    return [];
  }
  const { appVersion, flavor } = registry.declaration.release;
  return seen(appVersion, appVersion, flavor, registry.declared('release', 'appVersion'));
}

/** The version the image of these values names; none where the chart's own default applies. */
export function versionOfValues({ chart, root }: ChartValues): SeenVersion[] {
  if (chart === 'traefik') {
    return [];
  }
  const full = root.get('image', 'fullOverride');
  if (full.text) {
    return versionOfTagText(tagOf(full.text), full, chart);
  }
  const tag = root.get('image', 'tag');
  return versionOfTagText(tag.scalar, tag, chart);
}

/** The versions the images of a workload name, one for each container of the forge. */
export function versionsOfWorkload({ images }: Workload): SeenVersion[] {
  return images.flatMap(({ text, at }) => {
    const flavor = forgeOfImage(text);
    return flavor ? versionOfTagText(tagOf(text), at, flavor) : [];
  });
}

function versionOfTagText(tag: string | undefined, at: Cursor, flavor: Flavor): SeenVersion[] {
  const exact = versionOfTag(tag ?? '');
  if (tag === undefined || exact !== undefined) {
    return seen(exact, tag, flavor, at);
  }
  const minor = /^v?(\d+\.\d+)(?:-rootless)?$/.exec(tag)?.[1];
  return seen(minor && `${minor}.0`, tag, flavor, at).map((one) => ({ ...one, moving: true }));
}

function seen(
  version: string | undefined,
  text: string | undefined,
  flavor: Flavor,
  at: Cursor,
): SeenVersion[] {
  return version !== undefined && text !== undefined && matches(APP_VERSION, version)
    ? [{ text, version: parseForgeVersion(version, flavor), moving: false, at }]
    : [];
}
