import type { HelmValue, HelmValues } from './overlay-values';

/**
 * Helm values as block YAML, without a line feed at the end: every text a double-quoted string, because a bare number
 * from 1,000,000 on reaches app.ini as `1e+06`, which Gitea reads as "unlimited".
 */
export function valuesText(values: HelmValues): string {
  return mapLines(values).join('\n');
}

function mapLines(values: HelmValues): string[] {
  return Object.entries(values).flatMap(([key, value]) => entryLines(`${name(key)}:`, value));
}

function entryLines(head: string, value: HelmValue): string[] {
  if (isScalar(value)) {
    return [`${head} ${scalar(value)}`];
  }
  const lines = isList(value) ? value.flatMap(itemLines) : mapLines(value);
  return lines.length === 0
    ? [`${head} ${isList(value) ? '[]' : '{}'}`]
    : [head, ...lines.map((line) => `  ${line}`)];
}

function itemLines(value: HelmValue): string[] {
  if (isScalar(value)) {
    return [`- ${scalar(value)}`];
  }
  const lines = isList(value) ? value.flatMap(itemLines) : mapLines(value);
  return lines.length === 0
    ? [isList(value) ? '- []' : '- {}']
    : lines.map((line, index) => `${index === 0 ? '- ' : '  '}${line}`);
}

/** Values somebody else wrote may hold null, which takes a key out of the chart's own. */
function isScalar(value: HelmValue | null): value is string | number | boolean {
  return value === null || typeof value !== 'object';
}

function isList(value: object): value is readonly HelmValue[] {
  return Array.isArray(value);
}

/** YAML 1.1, which helm reads, takes these words for booleans and null, as keys too. */
const YAML_WORDS = /^(y|n|yes|no|on|off|true|false|null)$/i;

/** Keys that need no quotes in any YAML. */
const PLAIN_KEY = /^[A-Za-z_][\w./-]*$/;

function name(text: string): string {
  return YAML_WORDS.test(text) || !PLAIN_KEY.test(text) ? JSON.stringify(text) : text;
}

/** A JSON string is a double-quoted YAML scalar (YAML 1.2 §1.3); helm's YAML 1.1 reader agrees on it. */
function scalar(value: string | number | boolean): string {
  return JSON.stringify(value);
}
