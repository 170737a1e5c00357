import type { Flavor } from '../../declaration/model';

/** Which product an image holds, by the last part of its name; undefined for any other image. */
export function forgeOfImage(image: string): Flavor | undefined {
  return /^(gitea|forgejo)(?:[:@]|$)/.exec(lastPart(image))?.[1] as Flavor | undefined;
}

/** Version an image tag names: `1.25.4` of `1.25.4-rootless`. A tag of fewer numbers names no one version. */
export function versionOfTag(tag: string): string | undefined {
  return /^v?(\d+\.\d+\.\d+(?:-(?:rc|dev)[\w.-]*?)?)(?:-rootless)?$/.exec(tag)?.[1];
}

/** Tag of an image reference; a digest is cut off. */
export function tagOf(image: string): string | undefined {
  return /^[^:@]*:(\w[\w.-]*)(?:@|$)/.exec(lastPart(image))?.[1];
}

/** What follows the host and the owner: a host may hold a colon too. */
function lastPart(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1);
}
