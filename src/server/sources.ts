/** Time, ids and randomness of the real machine. */
import { randomBytes } from 'node:crypto';
import type { Clock } from '#lib/clock.ts';
import { createIds } from '#lib/ids.ts';
import type { Random } from '#lib/random.ts';
import type { Sources } from './db/server-records.ts';

/** The ports that a running server uses. */
export function machineSources(): Sources {
  const clock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };
  const random: Random = { bytes: (length) => Uint8Array.from(randomBytes(length)) };
  return { clock, random, ids: createIds({ clock, random }) };
}
