/** When a link hangs: once in each period, at a moment that the seed decides. */
export type StallClock = {
  /** The first moment at or after `at` (performance.now()'s scale) when the link moves. */
  freeFrom(at: number): number;
};

/** @param begin when the first period starts, on performance.now()'s scale */
export function createStallClock(
  { everyMs, forMs }: { everyMs: number; forMs: number },
  random: () => number,
  begin: number,
): StallClock {
  const starts: number[] = [];
  return {
    freeFrom(at) {
      const period = Math.max(0, Math.floor((at - begin) / everyMs));
      while (starts.length <= period) {
        starts.push(begin + starts.length * everyMs + random() * (everyMs - forMs));
      }
      const start = starts[period] ?? begin;
      return at >= start && at < start + forMs ? start + forMs : at;
    },
  };
}
