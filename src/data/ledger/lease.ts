/**
 * A lease: who of several pages may do something, where the browser has no Web Locks (Safari
 * 15.0–15.3). Promises: taken and looked at in one transaction, so that of two pages one gets it.
 * No clock is read: whoever waits for it looks whether its beat goes on, so a phone whose clock
 * steps neither loses a lease nor keeps a dead one.
 */
import type { LedgerDatabase } from './database.ts';
import type { LeaseLook } from './ledger-sync.ts';

interface Lease {
  holder: string;
  beat: number;
}

/** The owner of what belongs to the phone. */
const PHONE = '';
const keyOf = (name: string): [string, string] => [PHONE, `lease:${name}`];

/** Takes or renews; from another holder only where its beat is still `dead`. */
export function takeLease(
  db: LedgerDatabase,
  name: string,
  holder: string,
  dead: number | null,
): Promise<LeaseLook> {
  return db.transaction('rw', db.kept, async () => {
    const [owner, key] = keyOf(name);
    const held = (await db.kept.get([owner, key]))?.value as Lease | undefined;
    if (held && held.holder !== holder && held.beat !== dead)
      return { taken: false, beat: held.beat };
    const beat = (held?.beat ?? 0) + 1;
    await db.kept.put({ owner, name: key, value: { holder, beat } satisfies Lease });
    return { taken: true, beat };
  });
}

/** Gives it up; one that somebody else has taken over stays theirs. */
export async function dropLease(db: LedgerDatabase, name: string, holder: string): Promise<void> {
  await db.transaction('rw', db.kept, async () => {
    const held = (await db.kept.get(keyOf(name)))?.value as Lease | undefined;
    if (held?.holder === holder) await db.kept.delete(keyOf(name));
  });
}
