import type { Seen } from '../../ask';
import { isAnswered } from '../../ask';
import { frontCode } from './front-code';
import { registryKind } from './registry-kind';

/** What a busy or half-dead backend answers now and then: one route with one fault. */
const STEADY = /^REG(215|218|220|452|560)$/;

/** Answers that are none of a registry, while others are. */
export function exceptions(repeats: readonly Seen[]): readonly Seen[] {
  const bad = repeats.filter((seen) => registryKind(seen) === undefined);
  return bad.length < repeats.length ? bad : [];
}

/** Whether the same question is led now here, now there. */
export function takesTurns(repeats: readonly Seen[]): boolean {
  return exceptions(repeats).some(
    (seen) => isAnswered(seen) && !STEADY.test(frontCode(seen) ?? ''),
  );
}
