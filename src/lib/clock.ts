/** The clock as a port, so that a test can turn it and a wrong phone clock is never read by accident. */
export interface Clock {
  /** Wall time of this machine, milliseconds since 1970; may jump and may be years off. */
  now(): number;
  /** Milliseconds since some start; never goes back, may stand still while the phone sleeps. */
  monotonic(): number;
}

/** How far this phone's clock is from the server's, as last measured. */
export interface ClockOffset {
  /** Server time minus phone time in milliseconds. */
  ms: number;
  /** Phone time (ms) at which it was measured. */
  measuredAt: number;
}

/** The phone's time corrected by the last known offset, in ms; uncorrected where none is known. */
export function correctedNow(clock: Clock, offset: ClockOffset | null): number {
  return clock.now() + (offset?.ms ?? 0);
}
