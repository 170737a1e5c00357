import type { Estate } from '../estate';
import { tagOf } from '../read/forge-image';
import type { TraefikStatic } from '../read/traefik-static';

/** Since when Traefik does something: the release, and the chart that first brings it. */
export interface TraefikGate {
  readonly version: string;
  readonly chart: string;
}

/**
 * Whether a Traefik is new enough. What is left open (`v3`, `latest`, a digest, no chart version) counts as new: such
 * references move.
 */
export function isTraefikFrom(gate: TraefikGate, traefik: TraefikStatic, estate: Estate): boolean {
  const tag = tagOfTraefik(traefik);
  return !tag ? reaches(chartVersionOf(traefik, estate), gate.chart) : reaches(tag, gate.version);
}

function tagOfTraefik({ version, at }: TraefikStatic): string | undefined {
  const image = at.get('image');
  return version ?? (image.get('tag').scalar || tagOf(image.text ?? ''));
}

function chartVersionOf({ at }: TraefikStatic, estate: Estate): string {
  return estate.values.find(({ root }) => root === at)?.chartVersion?.text ?? '';
}

/** Compares number by number; where `text` ends early it stands for the newest of its line. */
function reaches(text: string, least: string): boolean {
  const known = /^v?(\d+(?:\.\d+){0,2})/.exec(text)?.[1].split('.').map(Number) ?? [];
  const wanted = least.split('.').map(Number);
  const differing = known.findIndex((part, index) => part !== wanted[index]);
  return differing < 0 || known[differing] > wanted[differing];
}
