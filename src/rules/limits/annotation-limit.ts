import { quote } from '../../declaration/problem';
import type { Violation } from '../rule';
import type { RegistryIngress } from './registry-ingress';
import { isTemplate } from './template-text';

/** A limit that an annotation of an Ingress sets. */
export interface AnnotationLimit {
  /** Whole name of the annotation. */
  readonly name: string;
  /** The limit as the controller reads it; undefined for what it cannot read. */
  readonly read: (text: string) => number | undefined;
  /** What holds without the annotation, in the same grammar. */
  readonly preset: string;
  /** Whether a limit is high enough. */
  readonly enough: (limit: number) => boolean;
}

/** What is wrong with a limit, and where; undefined when it is fine or cannot be seen. */
export function limitFault(
  ingress: RegistryIngress,
  limit: AnnotationLimit,
): Pick<Violation, 'at' | 'observed'> | undefined {
  const at = ingress.annotations.get(limit.name);
  const observed = at.exists
    ? writtenFault(at.value, limit)
    : ingress.complete && missingFault(limit);
  return observed ? { at: at.exists ? at : ingress.at, observed } : undefined;
}

function writtenFault(value: unknown, { name, read, enough }: AnnotationLimit): string | undefined {
  if (typeof value !== 'string') {
    return `\`${name}\` is ${quote(value)}, and annotations must be strings`;
  }
  if (isTemplate(value)) {
    return undefined;
  }
  const limit = read(value);
  if (limit === undefined) {
    return `\`${name}\` is ${quote(value)}, which the controller cannot read`;
  }
  return enough(limit) ? undefined : `\`${name}\` is ${quote(value)}`;
}

function missingFault({ name, read, preset, enough }: AnnotationLimit): string | undefined {
  const limit = read(preset);
  return limit === undefined || enough(limit)
    ? undefined
    : `no annotation \`${name}\`; without it ${quote(preset)} holds`;
}
