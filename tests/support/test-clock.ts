import type { Clock } from '#lib/clock.ts';

/** A clock that a test turns. */
export interface TestClock extends Clock {
  /** Lets so many ms pass, on the wall and beside it. */
  pass(ms: number): void;
  /** Sets the wall alone, as a person or a network does. */
  set(now: number): void;
}

/** 20:00 on 1 March 2026 in Shanghai. */
const START = Date.parse('2026-03-01T12:00:00Z');

export function createTestClock(start = START): TestClock {
  let now = start;
  let monotonic = 0;
  return {
    now: () => now,
    monotonic: () => monotonic,
    pass(ms) {
      now += ms;
      monotonic += ms;
    },
    set(next) {
      now = next;
    },
  };
}
