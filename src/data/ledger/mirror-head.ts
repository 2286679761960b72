/**
 * The first look at the mirror (data/mirror), made before anything may be saved: light enough for
 * every start. Promise: false only where the database holds everybody of whom the mirror speaks and
 * reaches as far as it does; what else may be missing is found when the mirror itself has loaded.
 */
import { lastSeen } from './chain.ts';
import type { LedgerDatabase } from './database.ts';

/** What the mirror is kept in. */
export type MirrorStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** Name of the mirror's first key: who is here and how far each has come. Older versions read it too. */
export const MIRROR_KEY = 'rixue.mirror';

/** Whether the database has lost somebody, or the end of somebody's records. Never throws. */
export async function lacksMirrored(
  db: LedgerDatabase | null,
  storage: MirrorStorage | undefined,
): Promise<boolean> {
  if (!db) return false;
  try {
    // The mirror is written after the database: read first, it can never be ahead of a whole one.
    const head = JSON.parse(storage?.getItem(MIRROR_KEY) ?? 'null') as MirrorGlance | null;
    for (const { person, device, seq } of head?.people ?? []) {
      const here = await db.people.get(person);
      if (!here) return true;
      if (here.device === device && (await lastSeen(db, person, device)).seq < seq) return true;
    }
    return false;
  } catch {
    return false; // a mangled mirror is looked at more closely where it is used
  }
}

interface MirrorGlance {
  people?: { person: string; device: string; seq: number }[];
}
