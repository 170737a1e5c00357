import type { KubeObject } from '../../cluster';
import { Cursor } from '../../rules/cursor';

/** The condition of a type; undefined where the object has none. */
export function conditionOf(object: KubeObject, type: string): Cursor | undefined {
  const conditions = new Cursor(object).get('status', 'conditions').items();
  return conditions.find((one) => one.get('type').text === type);
}

/** Whether the condition Ready is true. */
export function isReady(object: KubeObject): boolean {
  return conditionOf(object, 'Ready')?.get('status').text === 'True';
}

/** What a condition says: its message, else its reason; undefined without either. */
export function conditionText(condition: Cursor | undefined): string | undefined {
  return condition?.get('message').text || condition?.get('reason').text;
}
