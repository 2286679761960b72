/**
 * The chain of a device's own records: seq 1, 2, 3… without a gap and a head over all hashes so
 * far. Both are taken from the rows themselves inside the transaction that adds the next one; there
 * is no counter that could run ahead of what was really stored.
 */
import { Dexie } from 'dexie';
import { fromBase64Url, toBase64Url } from '#lib/base64.ts';
import { chainHead } from '#domain/records.ts';
import type { LedgerDatabase } from './database.ts';
import type { RecordRow } from './record-row.ts';

export interface Link {
  /** 0 before the first record. */
  seq: number;
  /** Base64url; null before the first record and where rows before are missing. */
  head: string | null;
}

/** The last link of a device's chain. Call it inside a transaction over `records` and `floors`. */
export async function lastLink(db: LedgerDatabase, owner: string, device: string): Promise<Link> {
  const floor = (await db.floors.get([owner, device])) ?? { seq: 0, head: null };
  const last = await ownRows(db, owner, device).last();
  if (!last || last.seq < floor.seq) return { seq: floor.seq, head: floor.head };
  if (last.seq === floor.seq && floor.head !== null) return { seq: floor.seq, head: floor.head };
  return { seq: last.seq, head: last.head ?? (await rebuiltHead(db, last, floor)) };
}

/** How far a device's chain has come, its head only where the last row carries one: cheap. */
export async function lastSeen(db: LedgerDatabase, owner: string, device: string): Promise<Link> {
  const floor = (await db.floors.get([owner, device])) ?? { seq: 0, head: null };
  const last = await ownRows(db, owner, device).last();
  return last && last.seq > floor.seq ? { seq: last.seq, head: last.head } : floor;
}

/** How many of a device's own rows above its floor are here. */
export async function countAboveFloor(db: LedgerDatabase, owner: string, device: string) {
  const floor = (await db.floors.get([owner, device]))?.seq ?? 0;
  const rows = db.records
    .where('[owner+device+seq]')
    .between([owner, device, floor], [owner, device, Dexie.maxKey], false);
  return { floor, count: await rows.count() };
}

/** The head after one more record. */
export function nextHead(link: Link, hash: string): string | null {
  if (link.seq > 0 && link.head === null) return null;
  const previous = link.head === null ? null : fromBase64Url(link.head);
  return toBase64Url(chainHead(previous, fromBase64Url(hash) ?? new Uint8Array(0)));
}

/**
 * The head after an own row that came back from the server, which carries none: computed from all
 * rows before it, from the first or from the floor; null where one is missing.
 */
export async function headAt(db: LedgerDatabase, row: RecordRow): Promise<string | null> {
  const floor = await db.floors.get([row.owner, row.device]);
  return rebuiltHead(db, row, floor ?? { seq: 0, head: null });
}

async function rebuiltHead(
  db: LedgerDatabase,
  last: RecordRow,
  floor: Link,
): Promise<string | null> {
  let link: Link | null = { seq: 0, head: null };
  for (const row of await ownRows(db, last.owner, last.device).toArray()) {
    if (row.seq > last.seq) break;
    // What lies below the floor may be here or not; its head stands for all of it.
    if (row.seq === floor.seq + 1 && floor.head !== null) link = floor;
    const follows: boolean = link !== null && row.seq === link.seq + 1;
    const head: string | null = row.head ?? (link && follows ? nextHead(link, row.hash) : null);
    link = head === null ? null : { seq: row.seq, head };
  }
  return link?.seq === last.seq ? link.head : null;
}

function ownRows(db: LedgerDatabase, owner: string, device: string) {
  return db.records
    .where('[owner+device+seq]')
    .between([owner, device, Dexie.minKey], [owner, device, Dexie.maxKey]);
}
