/** The long form of tests that can be run longer: `npm run faults` asks for it, `npm test` does not. */
export const isLong = globalThis.process?.env['RIXUE_LONG'] === '1';

/** How often, how many, how long or which: `short` in `npm test`, `long` in `npm run faults`. */
export function times<T = number>(short: T, long: T): T {
  return isLong ? long : short;
}
