import { durationSeconds, formatDuration } from '../declaration/go-duration';
import type { HelmValue, HelmValues } from './overlay-values';

/** What an entry point of Traefik needs for the registry. Durations in seconds. */
export interface EntryPointSettings {
  readonly entryPoints: readonly string[];
  /** `respondingTimeouts.readTimeout`: it covers the whole body of a request. */
  readonly readTimeout: number;
  /** `respondingTimeouts.idleTimeout`, where it is to be written. */
  readonly idleTimeout?: number;
  /** `forwardedHeaders.trustedIPs`; none: not written. */
  readonly trustedIps: readonly string[];
}

/** First major of the chart with `ports.<name>.transport`. */
const TRANSPORT_SINCE = 28;

/**
 * Values of the Traefik chart with the settings in them. What `existing` says beside stays; of a list the entries, of a
 * readTimeout the longer.
 *
 * @param line major version of the chart, which decides the keys (`traefik/templates/_podtemplate.tpl` of each major)
 */
export function traefikValues(
  settings: EntryPointSettings,
  line: number,
  existing: HelmValues = {},
): HelmValues {
  const timeouts = line < TRANSPORT_SINCE ? argumentTimeouts : transportTimeouts;
  return [timeouts, trusted].reduce(
    (values, write) => merged(values, write(settings, values)),
    existing,
  );
}

function transportTimeouts(settings: EntryPointSettings, existing: HelmValues): HelmValues {
  return ofPorts(settings, (name) => ({
    transport: {
      respondingTimeouts: Object.fromEntries(
        timeoutsOf(settings).map(([key, seconds]) => [
          key,
          longer(
            at(existing, 'ports', name, 'transport', 'respondingTimeouts', key),
            seconds,
            key === READ,
          ),
        ]),
      ),
    },
  }));
}

/** Before 28 the chart has no key for timeouts: they are arguments of Traefik. */
function argumentTimeouts(settings: EntryPointSettings, existing: HelmValues): HelmValues {
  const listed = at(existing, 'additionalArguments');
  const present = (Array.isArray(listed) ? (listed as HelmValue[]) : []).map(String);
  const wanted = settings.entryPoints.flatMap((name) =>
    timeoutsOf(settings).map(([key, seconds]) => ({ key, seconds, option: optionOf(name, key) })),
  );
  const others = present.filter((one) => !wanted.some(({ option }) => isOption(one, option)));
  const written = wanted.map(({ key, seconds, option }) => {
    const before = present.findLast((one) => isOption(one, option))?.slice(option.length + 1);
    return `${option}=${longer(before, seconds, key === READ)}`;
  });
  return { additionalArguments: [...others, ...written] };
}

function optionOf(entryPoint: string, key: string): string {
  return `--entryPoints.${entryPoint}.transport.respondingTimeouts.${key}`;
}

/** Traefik reads the names of options in any case. */
function isOption(argument: string, option: string): boolean {
  return argument.toLowerCase().startsWith(`${option.toLowerCase()}=`);
}

const READ = 'readTimeout';

function timeoutsOf({ readTimeout, idleTimeout }: EntryPointSettings): [string, number][] {
  return [
    [READ, readTimeout],
    ...(idleTimeout === undefined ? [] : [['idleTimeout', idleTimeout] as [string, number]]),
  ];
}

/** A readTimeout that is there and long enough was chosen for others who share the entry point. Zero is no limit. */
function longer(
  existing: HelmValue | undefined,
  seconds: number,
  isKept: boolean,
): string | number {
  const before = isKept ? secondsOf(existing) : undefined;
  const suffices = before !== undefined && (before === 0 || before >= seconds);
  return suffices ? (existing as string | number) : formatDuration(seconds);
}

/** Seconds of a duration as Traefik reads it: with units, or a bare number. Undefined for what is none. */
function secondsOf(value: HelmValue | undefined): number | undefined {
  if (typeof value !== 'string') {
    return typeof value === 'number' ? value : undefined;
  }
  return /^\d+$/.test(value) ? Number(value) : durationSeconds(value);
}

function trusted(settings: EntryPointSettings, existing: HelmValues): HelmValues {
  return settings.trustedIps.length === 0
    ? {}
    : ofPorts(settings, (name) => {
        const listed = at(existing, 'ports', name, 'forwardedHeaders', 'trustedIPs');
        const present = Array.isArray(listed) ? (listed as HelmValue[]) : [];
        return {
          forwardedHeaders: { trustedIPs: [...new Set([...present, ...settings.trustedIps])] },
        };
      });
}

function ofPorts(
  { entryPoints }: EntryPointSettings,
  values: (name: string) => HelmValues,
): HelmValues {
  return { ports: Object.fromEntries(entryPoints.map((name) => [name, values(name)])) };
}

function at(values: HelmValues, ...keys: readonly string[]): HelmValue | undefined {
  return keys.reduce<HelmValue | undefined>(
    (value, key) => (isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    values,
  );
}

/** Maps are merged as helm merges files; anything else of `over` takes the place of what is below. */
function merged(below: HelmValues, over: HelmValues): HelmValues {
  const entries = Object.entries(over).map(([key, value]): [string, HelmValue] => {
    const present = Object.hasOwn(below, key) ? below[key] : undefined;
    return [key, isMap(value) && isMap(present) ? merged(present, value) : value];
  });
  return { ...below, ...Object.fromEntries(entries) };
}

function isMap(value: HelmValue | undefined): value is HelmValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
