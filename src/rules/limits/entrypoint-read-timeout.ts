import { quote } from '../../declaration/problem';
import type { Severity } from '../check';
import type { Cursor } from '../cursor';
import type { Manifest } from '../manifest';
import { namespaceOrDefault } from '../manifest';
import type { StaticOption, TraefikStatic } from '../read/traefik-static';
import { option } from '../read/traefik-static';
import type { RegistryView } from '../registry-view';
import type { Rule, Violation } from '../rule';
import { traefikSeconds } from './proxy-duration';
import { describeBudget, pushBudget } from './push-budget';
import { isTemplate } from './template-text';
import { v2EntryPoints } from './traefik-entry-points';
import type { TraefikGate } from './traefik-version';
import { isTraefikFrom } from './traefik-version';

/** First release whose readTimeout is 60 s by default; every 3.x has it. */
const DEFAULT_TIMEOUT: TraefikGate = { version: '2.11.2', chart: '27.0.2' };

/** REG440: a layer is one PATCH; Traefik's readTimeout covers its whole body. */
export const entrypointReadTimeout: Rule = {
  code: 'REG440',
  slug: 'entrypoint-read-timeout',
  title: 'the entry point of `/v2` lets one upload run for the push budget',
  severity: 'error',
  gate: 'Traefik 2.11.2 and later, all 3.x',
  why: 'docker sends a layer as one PATCH, and the readTimeout of the entry point, 60 s by default, covers the whole body: on an ordinary uplink every large layer is cut',
  shows: [
    'docker push: a layer is `Retrying in …` again and again, each time after a minute',
    "Traefik's access log: `PATCH /v2/…/blobs/uploads/…` 504 (499 in older releases), 60000 ms",
    "Gitea's log: `unexpected EOF`, `500 Internal Server Error in 60000.6ms`",
  ],
  fix: 'chart 28 and later: `ports.websecure.transport.respondingTimeouts.readTimeout: 0`; older: argument `--entryPoints.websecure.transport.respondingTimeouts.readTimeout=0`',
  links: [
    'https://doc.traefik.io/traefik/migration/v2/#entrypointtransportrespondingtimeoutsreadtimeout',
    'https://github.com/traefik/traefik/issues/10805',
    'https://github.com/go-gitea/gitea/issues/31865',
  ],
  judgeRegistry: (registry) =>
    registry.estate.traefiks.flatMap((traefik) =>
      v2EntryPoints(registry, traefik).flatMap((name) => judged(traefik, name, registry)),
    ),
};

function judged(traefik: TraefikStatic, name: string, registry: RegistryView): Violation[] {
  const written = readTimeout(traefik, name);
  const observed = written
    ? shortTimeout(written, pushBudget(registry))
    : missingTimeout(traefik, name, registry);
  return observed === undefined
    ? []
    : [
        {
          at: written?.at ?? placeOf(traefik, name),
          severity: severityOf(traefik.manifest),
          observed: `entry point ${quote(name)} has ${observed}`,
          expected: `readTimeout 0 (no limit), or ${describeBudget(registry)}`,
          fix: fixOf(traefik, name, written),
        },
      ];
}

function readTimeout(traefik: TraefikStatic, name: string): StaticOption | undefined {
  return option(traefik, `entrypoints.${name}.transport.respondingtimeouts.readtimeout`);
}

function shortTimeout({ text }: StaticOption, budget: number): string | undefined {
  if (isTemplate(text)) {
    return undefined;
  }
  const seconds = traefikSeconds(text);
  if (seconds === undefined) {
    return `readTimeout ${quote(text)}, which Traefik cannot read`;
  }
  // Zero and below mean no limit (Go, http.Server).
  return seconds > 0 && seconds < budget ? `readTimeout ${quote(text)}` : undefined;
}

function missingTimeout(
  traefik: TraefikStatic,
  name: string,
  { estate }: RegistryView,
): string | undefined {
  const provable = traefik.complete
    ? traefik.entryPoints.some((known) => known.name === name)
    : writesTimeouts(traefik, name);
  return provable &&
    !mayBeSetElsewhere(traefik, name, estate) &&
    isTraefikFrom(DEFAULT_TIMEOUT, traefik, estate)
    ? "no readTimeout, and Traefik's default is 60s"
    : undefined;
}

/** Values over unseen values prove an absence only where they write the other timeouts. */
function writesTimeouts({ options }: TraefikStatic, name: string): boolean {
  const prefix = `entrypoints.${name}.transport.respondingtimeouts.`;
  return options.some((known) => known.name.startsWith(prefix));
}

/** Values of one Traefik may stand in several places; a HelmChart lies below its HelmChartConfig. */
function mayBeSetElsewhere(
  traefik: TraefikStatic,
  name: string,
  estate: RegistryView['estate'],
): boolean {
  const { manifest, at } = traefik;
  const isConfigured =
    manifest.kind === 'HelmChart' &&
    estate.object('HelmChartConfig', namespaceOrDefault(manifest), manifest.name) !== undefined;
  const isChart = estate.values.some(({ root }) => root === at);
  return isConfigured || (isChart && estate.traefiks.some((other) => readTimeout(other, name)));
}

function placeOf({ at, manifest }: TraefikStatic, name: string): Cursor {
  const places = [
    at.get('args'),
    at.get('ports', name, 'transport', 'respondingTimeouts'),
    at.get('ports', name),
    at.get('entryPoints', name),
  ];
  // The root of values in a text has no path of its own.
  const isText = at.step === undefined && at !== manifest.root;
  return places.find(({ exists }) => exists) ?? (isText ? manifest.root.get('spec') : at);
}

/** What is read from a cluster, or comes with k3s, is changed elsewhere. */
function severityOf(manifest: Manifest): Severity {
  return isLive(manifest) || isBundled(manifest) ? 'warning' : 'error';
}

function isLive({ root }: Manifest): boolean {
  return root.get('metadata', 'uid').exists;
}

/** The HelmChart k3s writes anew at each start: its chart comes from the server itself. */
function isBundled({ kind, root }: Manifest): boolean {
  return (
    kind === 'HelmChart' && (root.get('spec', 'chart').text ?? '').includes('%{KUBERNETES_API}%')
  );
}

function fixOf(
  { manifest, at }: TraefikStatic,
  name: string,
  written: StaticOption | undefined,
): string {
  const key = `${name}.transport.respondingTimeouts.readTimeout`;
  if (isBundled(manifest)) {
    return `a HelmChartConfig with the name and namespace of this HelmChart and \`ports.${key}: 0\` in its values; k3s overwrites the HelmChart`;
  }
  if (written?.at.text?.startsWith('-') || at.get('image').text !== undefined) {
    return `argument \`--entryPoints.${key}=0\``;
  }
  return at.get('entryPoints').isMap ? `\`entryPoints.${key}: 0\`` : `\`ports.${key}: 0\``;
}
