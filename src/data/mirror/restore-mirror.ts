/**
 * Reconciliation at the start: what the mirror holds and the database lost goes back. Promises:
 * everything in one transaction; a record that is there is left alone, so that a second run changes
 * nothing; the next seq is above everything that the mirror or the database ever counted; whoever
 * lost anything pulls everything again, the own records too, before anything new is sent, so that
 * the server's seq counts as well.
 */
import { countAboveFloor, lastSeen } from '#data/ledger/chain.ts';
import type { LedgerDatabase } from '#data/ledger/database.ts';
import { settleErasures } from '#data/ledger/erase.ts';
import type { Person } from '#data/ledger/person.ts';
import { keyOf, type RecordRow } from '#data/ledger/record-row.ts';
import type { SelfCipher } from '#data/ledger/self-cipher.ts';
import { cursorsOf } from '#data/ledger/sync/cursors.ts';
import type { MirrorStorage } from '#data/ledger/mirror-head.ts';
import { personFrom, rowFrom, type MirroredPerson } from './mirror-image.ts';
import { readMirror } from './mirror-store.ts';

export interface RestoreDeps {
  db: LedgerDatabase;
  storage: MirrorStorage;
  cipher: SelfCipher;
  /** Phone time, ms. */
  now: number;
}

/** What was found broken; kept for the phone under `RESTORED`. */
export interface Restored {
  at: number;
  /** People who had lost anything. */
  people: number;
  /** Records without a receipt that came back from the mirror. */
  records: number;
}

/** Name under which the last restoring is kept for the phone (owner ''). */
export const RESTORED = 'mirror.restored';

/** Puts back what is missing; null where nothing was. */
export async function restoreMirror(deps: RestoreDeps): Promise<Restored | null> {
  const { db, storage, now } = deps;
  const image = readMirror(storage);
  const claims = await Promise.all(
    image.people.map((one) => claimOf(deps, one, image.records.get(one.person) ?? [])),
  );
  const tables = [db.people, db.records, db.cursors, db.floors, db.meta, db.kept, db.erasures];
  return db.transaction('rw', tables, async () => {
    const restored: Restored = { at: now, people: 0, records: 0 };
    for (const claim of claims) {
      const count = claim ? await restoreOne(db, claim) : null;
      if (count === null) continue;
      restored.people += 1;
      restored.records += count;
    }
    if (restored.people === 0) return null;
    await restoreCurrent(db, image.current);
    await db.kept.put({ owner: '', name: RESTORED, value: restored });
    return restored;
  });
}

/** What the mirror says of one person, opened as far as it can be. */
interface Claim {
  mirrored: MirroredPerson;
  person: Person;
  rows: RecordRow[];
}

/** Opening is asynchronous and so comes before the transaction. */
async function claimOf(
  { db, cipher }: RestoreDeps,
  mirrored: MirroredPerson,
  records: Parameters<typeof rowFrom>[0][],
): Promise<Claim | null> {
  const person = (await db.people.get(mirrored.person)) ?? personFrom(mirrored);
  if (!person) return null;
  // Under an earlier device id nothing can be sent any more: what waited there was handed in before.
  const own = records.filter(({ device }) => device === person.device);
  const rows = await Promise.all(own.map((record) => rowFrom(record, person, cipher)));
  return { mirrored, person, rows: rows.filter((row) => row !== null) };
}

/** How many records came back; null where this person had lost nothing. */
async function restoreOne(
  db: LedgerDatabase,
  { mirrored, person, rows }: Claim,
): Promise<number | null> {
  const owner = person.person;
  const here = await db.people.get(owner);
  const device = here?.device ?? person.device;
  const link = await lastSeen(db, owner, device);
  const found = await db.records.bulkGet(rows.map(keyOf));
  const missing = rows.filter((row, i) => !found[i] && row.device === device);
  const reached = mirrored.device === device ? mirrored : { seq: 0, head: null };
  const isWhole = here && missing.length === 0 && link.seq >= reached.seq;
  if (isWhole && !(await hasGap(db, here, link.seq))) return null;
  await db.records.bulkAdd(await settleErasures(db, owner, missing));
  // Rows below may be gone for good: no seq up to here is used again.
  const last = reached.seq > link.seq ? reached : link;
  await db.floors.put({ owner, device, seq: last.seq, head: last.head });
  await db.people.put({ ...(here ?? person), fresh: true });
  await cursorsOf(db, owner).delete();
  return missing.length;
}

/** Own rows are counted without a gap: fewer than that, and some were lost. */
async function hasGap(db: LedgerDatabase, { person, device, fresh }: Person, seq: number) {
  if (fresh) return false; // still on their way back
  const { floor, count } = await countAboveFloor(db, person, device);
  return count < seq - floor;
}

/** Whoever was on the screen is there again; nobody known: the first person. */
async function restoreCurrent(db: LedgerDatabase, wanted: string | null): Promise<void> {
  const CURRENT = 'current';
  const row = await db.meta.get(CURRENT);
  if (row && (await db.people.get(row.value as string))) return;
  const known = wanted ? await db.people.get(wanted) : undefined;
  const person = known ?? (await db.people.toCollection().first());
  if (person) await db.meta.put({ name: CURRENT, value: person.person });
}
