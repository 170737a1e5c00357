import { goTime } from './api/documents';
import type { FakeAnswer } from './exchange';
import type { Forge } from './forge';

/** `GET /api/healthz`: database and cache, never the package store (section 8 of the reference). */
export function healthAnswer(forge: Forge): FakeAnswer {
  const { healthCache } = forge.behavior;
  const passed = [{ status: 'pass', time: goTime(forge.settings.now()) }];
  const report = {
    status: 'pass',
    description: forge.settings.appName,
    checks: { 'cache:ping': passed, 'database:ping': passed },
  };
  return {
    status: 200,
    headers: [
      ...(healthCache === undefined ? [] : [['Cache-Control', healthCache] as const]),
      ['Content-Type', 'application/json'],
    ],
    body: JSON.stringify(report, undefined, 2),
  };
}
