import type { EventLoopUtilization } from 'node:perf_hooks';
import { IdleTime } from '../../../../src/operate/generic/get/network-wait';

/** A clock that shows what a test says: milliseconds, and how many of them the process was at work. */
function stoppedClock(): { now: number; active: number; idleTime: IdleTime } {
  const shown = { now: 0, active: 0 };
  const eventLoopUtilization = (
    now?: EventLoopUtilization,
    before?: EventLoopUtilization,
  ): EventLoopUtilization => {
    const [active, idle] =
      now && before
        ? [now.active - before.active, now.idle - before.idle]
        : [shown.active, shown.now - shown.active];
    return { active, idle, utilization: active / (active + idle) };
  };
  return Object.assign(shown, {
    idleTime: new IdleTime({ now: () => shown.now, eventLoopUtilization }),
  });
}

it('says nothing before it has looked for a while', () => {
  const clock = stoppedClock();
  clock.now = 10_000;
  expect(clock.idleTime.isLong()).toBe(false);
  clock.now += 20;
  expect(clock.idleTime.isLong()).toBe(false);
});

it.each([
  [100, false],
  [70, false],
  [50, true],
  [0, true],
])('after %d of 100 ms at work: %s', (active, isLong) => {
  const clock = stoppedClock();
  clock.now = 5000;
  clock.active = 300;
  clock.idleTime.isLong();
  clock.now += 100;
  clock.active += active;
  expect(clock.idleTime.isLong()).toBe(isLong);
});

it('looks at what was since it last answered', () => {
  const clock = stoppedClock();
  clock.idleTime.isLong();
  clock.now += 100;
  expect(clock.idleTime.isLong()).toBe(true);
  clock.now += 100;
  clock.active += 100;
  expect(clock.idleTime.isLong()).toBe(false);
});
