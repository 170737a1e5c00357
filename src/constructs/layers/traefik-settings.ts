import type { Duration } from 'cdk8s';
import { LABEL } from '../../declaration/free-text';
import { durationSeconds } from '../../declaration/go-duration';
import type { Grammar } from '../../declaration/grammar';
import { IP_RANGE } from '../../declaration/ip-range';
import type { RegistryDeclaration } from '../../declaration/model';
import { checked } from '../../declaration/checked';
import { refuse } from '../../declaration/problem';
import { entryPointsOf } from '../../declaration/route';
import { list, text } from '../../declaration/schema';
import { CHART_VERSION } from '../../declaration/version';
import type { EntryPointSettings } from '../../delivery/traefik-values';

/** What the entry points of Traefik must let through for the registry. */
export interface TraefikSettings {
  /** Version of the installed Traefik chart, such as `37.1.1`; its major decides the keys. K3s adds `+up37.1.0`. */
  readonly chartVersion: string;

  /**
   * Entry points that carry the registry.
   * @default - those of the route, else `websecure`
   */
  readonly entryPoints?: string[];

  /**
   * Longest time Traefik reads one request, body included: docker sends a layer as one. Give the longest of all, where
   * several registries share the entry point.
   * @default - the push budget of the registry
   */
  readonly readTimeout?: Duration;

  /**
   * How long a connection may stay open between two requests.
   * @default - not written; Traefik's is three minutes, which cuts no push
   */
  readonly idleTimeout?: Duration;

  /**
   * Addresses of a proxy in front of Traefik at which TLS ends. Traefik then believes its `X-Forwarded-*`; without, the
   * token realm becomes `http://` (REG240). Whoever sends from there can forge them: name the proxy and nothing else.
   * @default - not written
   */
  readonly trustedIps?: string[];
}

/** Majors of the Traefik chart whose keys are known. */
const OLDEST = 25;
const NEWEST = 41;

const LINE = 'REG641';

/** Everybody; whoever reaches Traefik could then say who and by which scheme he is. */
const EVERYBODY = /\/0$/;

const PROXY_RANGE: Grammar = {
  ...IP_RANGE,
  allowed: `${IP_RANGE.allowed}, and not everybody: whoever sends from there is believed`,
  code: 'REG240',
  accepts: (range) => !EVERYBODY.test(range) && IP_RANGE.accepts!(range),
};

const entryPointNames = list(text(LABEL), 10, 1);
const proxyRanges = list(text(PROXY_RANGE), 100);

/**
 * Major version of the chart.
 *
 * @throws DeclarationError REG641 for a version nobody tried
 */
export function traefikLine({ chartVersion }: TraefikSettings): number {
  const version = checked(text({ ...CHART_VERSION, code: LINE }), chartVersion, 'chartVersion');
  const major = Number(version.split('.', 1)[0]);
  if (major < OLDEST || major > NEWEST) {
    refuse(
      'chartVersion',
      version,
      `is of a line of the Traefik chart nobody tried; tried: ${OLDEST}.x to ${NEWEST}.x. Helm would drop keys it does not know, or refuse them all`,
      LINE,
    );
  }
  return major;
}

/**
 * What to write, with every default resolved. Called late: the route may be declared after.
 *
 * @throws DeclarationError for a readTimeout below the push budget (REG440), a range that is none
 */
export function entryPointSettings(
  settings: TraefikSettings,
  { route, limits }: RegistryDeclaration,
): EntryPointSettings {
  const { readTimeout, idleTimeout } = settings;
  const budget = durationSeconds(limits.pushBudget)!;
  const read = readTimeout?.toSeconds() ?? budget;
  if (read !== 0 && read < budget) {
    refuse(
      'readTimeout',
      readTimeout!.toHumanString(),
      `must be at least the push budget, '${limits.pushBudget}', or zero for no limit: an upload that takes longer is cut`,
      'REG440',
    );
  }
  return {
    entryPoints: checked(
      entryPointNames,
      settings.entryPoints ?? entryPointsOf(route) ?? ['websecure'],
      'entryPoints',
    ),
    readTimeout: read,
    ...(idleTimeout && { idleTimeout: idleTimeout.toSeconds() }),
    trustedIps: checked(proxyRanges, settings.trustedIps ?? [], 'trustedIps'),
  };
}
