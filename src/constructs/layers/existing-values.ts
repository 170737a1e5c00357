import { looksLikeCredential } from '../../declaration/credential';
import { refuse } from '../../declaration/problem';
import type { HelmValue, HelmValues } from '../../delivery/overlay-values';

/** Deeper nesting is no values file, but a loop. */
const DEEPEST = 30;

/**
 * Values somebody else wrote, as far as they can stand in a manifest.
 *
 * @throws DeclarationError for what is no value of YAML (REG636), or a credential (REG544)
 */
export function existingChartValues(values: unknown): HelmValues {
  if (!isMap(values)) {
    refuse(
      'existingValues',
      values,
      "must be what the HelmChartConfig holds today, as a map; '{}' where there is none: it is replaced whole",
      'REG636',
    );
  }
  return mapOf(values, 'existingValues', 0);
}

function mapOf(values: object, path: string, depth: number): HelmValues {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, valueOf(value, `${path}.${key}`, depth)]),
  );
}

function valueOf(value: unknown, path: string, depth: number): HelmValue {
  if (depth < DEEPEST && Array.isArray(value)) {
    return value.map((entry, index) => valueOf(entry, `${path}[${index}]`, depth + 1));
  }
  if (depth < DEEPEST && isMap(value)) {
    return mapOf(value, path, depth + 1);
  }
  if (typeof value === 'string' && looksLikeCredential(value)) {
    refuse(
      path,
      value,
      'looks like a credential: it belongs into a Secret, named in valuesSecrets of the HelmChartConfig',
      'REG544',
    );
  }
  if (!isScalar(value)) {
    refuse(path, value, 'must be text, a number, true, false, null, a list or a map', 'REG636');
  }
  return value;
}

function isScalar(value: unknown): value is string | number | boolean {
  return value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
