/** Shortest and longest wait between attempts: quick after a blip, gentle on batteries and on the server after a long silence. */
export const BACKOFF_MIN_MS = 2_000;
export const BACKOFF_MAX_MS = 300_000;

/**
 * How long to wait after the `failures`th failure in a row, ms: full jitter (any share of the
 * doubled span), so that 300 phones that lost the same mast do not come back at once.
 * `chance` is a number in [0, 1).
 */
export function backoffDelay(failures: number, chance: number): number {
  const span = Math.min(BACKOFF_MAX_MS, BACKOFF_MIN_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(span * chance);
}
