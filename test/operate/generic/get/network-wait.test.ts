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
  clock.now += 100;
  expect(clock.idleTime.isLong()).toBe(false);
});

it.each([
  [200, false],
  [120, false],
  [80, true],
  [0, true],
])('after %d of 200 ms at work: %s', (active, isLong) => {
  const clock = stoppedClock();
  clock.now = 5000;
  clock.active = 300;
  clock.idleTime.isLong();
  clock.now += 200;
  clock.active += active;
  expect(clock.idleTime.isLong()).toBe(isLong);
});

it('looks at what was since it last answered', () => {
  const clock = stoppedClock();
  clock.idleTime.isLong();
  clock.now += 200;
  expect(clock.idleTime.isLong()).toBe(true);
  clock.now += 200;
  clock.active += 200;
  expect(clock.idleTime.isLong()).toBe(false);
});
