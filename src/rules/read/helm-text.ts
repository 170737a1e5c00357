/** What Helm's template prints for a value of a values file: `printf "%v"` of Go, numbers as float64. */
export function helmText(value: unknown): string {
  if (typeof value === 'number') {
    return goFloat(value);
  }
  if (value === null || value === undefined) {
    return '<nil>';
  }
  if (Array.isArray(value)) {
    return `[${value.map(helmText).join(' ')}]`;
  }
  if (typeof value === 'object') {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `map[${entries.map(([key, inner]) => `${key}:${helmText(inner)}`).join(' ')}]`;
  }
  return `${value as string | boolean}`;
}

/** Go prints a float64 with an exponent from 1e6 on and below 1e-4 (strconv, format 'g', shortest). */
function goFloat(value: number): string {
  if (!hasExponent(value)) {
    return `${value}`;
  }
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}

/** Whether Helm prints this number as `1e+06` and the like. */
export function hasExponent(value: number): boolean {
  const size = Math.abs(value);
  return size >= 1e6 || (size > 0 && size < 1e-4);
}
