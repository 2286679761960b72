/**
 * Lets one call of `run` happen at a time: a call during another is that one, with its outcome. For
 * what a trembling finger would else do twice.
 */
export function oneAtATime<A extends unknown[], T>(
  run: (...args: A) => Promise<T>,
): (...args: A) => Promise<T> {
  let running: Promise<T> | null = null;
  return (...args) => (running ??= run(...args).finally(() => (running = null)));
}
