/** Seconds of each unit of Go's time.ParseDuration. */
const GO_UNITS: { readonly [unit: string]: number } = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/** Seconds of each unit of nginx (nginx.org/en/docs/syntax.html). */
const NGINX_UNITS: { readonly [unit: string]: number } = {
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  M: 2_592_000,
  y: 31_536_000,
};

/** Longest text that is read as a duration. */
const MOST_CHARACTERS = 64;

/** Seconds of a Go duration (time.ParseDuration): `1h30m`, `1.5h`, `500ms`, `0`. */
export function goSeconds(text: string): number | undefined {
  const parts = /^([+-]?)(.*)$/s.exec(text)!;
  const sum =
    parts[2] === '0' ? 0 : sumOf(parts[2], /(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/g, GO_UNITS);
  return sum === undefined || parts[1] !== '-' ? sum : -sum;
}

/** Seconds of a duration of Traefik (paerser types.Duration): a Go duration, or a bare number of seconds. */
export function traefikSeconds(text: string): number | undefined {
  return wholeSeconds(text) ?? goSeconds(text);
}

/** Seconds of a time of nginx: `3600`, `60s`, `1h 30m`. */
export function nginxSeconds(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : sumOf(text, /(\d+)(ms|[smhdwMy])\s*/g, NGINX_UNITS);
}

/** A bare whole number, as ingress-nginx takes its timeouts: seconds without a unit. */
export function wholeSeconds(text: string): number | undefined {
  return /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}

/** The terms `pattern` finds, added up; undefined unless the whole text is made of them. */
function sumOf(
  text: string,
  pattern: RegExp,
  units: { readonly [unit: string]: number },
): number | undefined {
  if (text === '' || text.length > MOST_CHARACTERS) {
    return undefined;
  }
  let sum = 0;
  const rest = text.replace(pattern, (_, count: string, unit: string) => {
    sum += Number(count) * units[unit];
    return '';
  });
  return rest === '' ? sum : undefined;
}
