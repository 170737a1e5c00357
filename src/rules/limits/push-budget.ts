import { durationSeconds, formatDuration } from '../../declaration/go-duration';
import type { RegistryView } from '../registry-view';

/** Without a declaration only what would cut an ordinary push is a fault. */
const UNDECLARED_SECONDS = 600;

/** Seconds one upload may take. */
export function pushBudget({ declaration }: RegistryView): number {
  const declared = declaration && durationSeconds(declaration.limits.pushBudget);
  return declared ?? UNDECLARED_SECONDS;
}

/** `at least 1h (the declared push budget)`. */
export function describeBudget(registry: RegistryView): string {
  return `at least ${formatDuration(pushBudget(registry))}${origin(registry)}`;
}

/** The same for a setting that takes seconds without a unit. */
export function describeBudgetInSeconds(registry: RegistryView): string {
  return `at least ${pushBudget(registry)}, seconds without unit${origin(registry)}`;
}

function origin({ declaration }: RegistryView): string {
  return declaration ? ' (the declared push budget)' : '';
}
