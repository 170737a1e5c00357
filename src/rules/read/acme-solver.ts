import type { Cursor } from '../cursor';
import type { Manifest } from '../manifest';
import { selectorMatches } from './label-selector';
import type { LabelLookup } from './label-selector';

/** How well the selector of a solver fits, the weightiest first: names, length of the zone, labels. */
type Fit = readonly [names: number, zone: number, labels: number];

/**
 * The solver an ACME issuer takes for a host (cert-manager, `pkg/controller/acmeorders`): a name beats a zone, a longer
 * zone a shorter one, a zone labels; of equals the first. Undefined where none fits.
 *
 * @param labelOf labels of the Certificate
 */
export function solverFor(
  issuer: Manifest,
  host: string,
  labelOf: LabelLookup,
): Cursor | undefined {
  let best: { readonly solver: Cursor; readonly fit: Fit } | undefined;
  for (const solver of issuer.root.get('spec', 'acme', 'solvers').items()) {
    const fit = fitOf(solver.get('selector'), host, labelOf);
    if (fit && (!best || isBetter(fit, best.fit))) {
      best = { solver, fit };
    }
  }
  return best?.solver;
}

function isBetter(fit: Fit, best: Fit): boolean {
  const decisive = fit.findIndex((weight, index) => weight !== best[index]);
  return decisive >= 0 && fit[decisive] > best[decisive];
}

function fitOf(selector: Cursor, host: string, labelOf: LabelLookup): Fit | undefined {
  const names = textsOf(selector.get('dnsNames'));
  const zones = textsOf(selector.get('dnsZones'));
  const inZone = zones.filter((zone) => host === zone || host.endsWith(`.${zone}`));
  const fits =
    (names.length === 0 || names.includes(host)) &&
    (zones.length === 0 || inZone.length > 0) &&
    selectorMatches(selector, labelOf);
  return fits
    ? [
        names.length > 0 ? 1 : 0,
        Math.max(0, ...inZone.map(({ length }) => length)),
        selector.get('matchLabels').entries().length,
      ]
    : undefined;
}

function textsOf(list: Cursor): string[] {
  return list.items().flatMap(({ text }) => text?.toLowerCase() ?? []);
}
