/**
 * A page from the server. Promises: its rows and its cursor are stored together or not at all; the
 * same rows in any order and any number of times leave the same state; rows of kinds that this
 * version does not know are kept and not folded; an own row that comes back is its receipt; the
 * cursor moves only from where it was asked from, so it never goes back while another tab pulls;
 * what an erasure names is erased in the same transaction, whichever of the two comes first.
 */
import type { View } from '#domain/audience.ts';
import type { WireRow } from '#protocol/record.ts';
import type { Cursor, Page } from '#protocol/sync.ts';
import { CURSOR_START } from '#protocol/limits.ts';
import type { LedgerDatabase } from '#data/ledger/database.ts';
import type { Person } from '#data/ledger/person.ts';
import { erasedRow, settleErasures } from '#data/ledger/erase.ts';
import { hasOlderKey, keysOf, learnKeys, openWithAny } from '#data/ledger/keyring.ts';
import { fromWire, keyOf, type RecordRow } from '#data/ledger/record-row.ts';
import type { SelfCipher } from '#data/ledger/self-cipher.ts';
import { isOfNow } from './begin-epoch.ts';
import { sendAgain } from './send-again.ts';

export interface ApplyDeps {
  db: LedgerDatabase;
  cipher: SelfCipher;
}

/** Stores a page that was asked from `from`; answers how many rows were new here. */
export async function applyPage(
  { db, cipher }: ApplyDeps,
  person: Person,
  page: Page,
  from: Cursor,
): Promise<number> {
  // Opening is asynchronous and so comes before the transaction.
  const keys = keysOf((await db.people.get(person.person)) ?? person);
  const opened = await Promise.all(
    page.rows.map((wire) => open(cipher, { person, keys }, wire, page.view)),
  );
  const fresh = await db.transaction(
    'rw',
    db.people,
    db.records,
    db.cursors,
    db.erasures,
    async () => {
      if (!(await isOfNow(db, person))) return 0;
      if (page.reset) await sendAgain(db, person, page.scope);
      const rows = await settleErasures(db, person.person, opened);
      const here = await findHere(db, person.person, rows);
      await db.records.bulkPut(rows.map((row) => merged(here.get(keyOf(row).join()), row)));
      await moveCursor(db, person, page, from);
      return rows.length - here.size;
    },
  );
  if (hasOlderKey(opened)) await learnKeys({ db, cipher }, person.person);
  return fresh;
}

/** The rows of these that are here already, by the text of their key. */
async function findHere(
  db: LedgerDatabase,
  owner: string,
  rows: readonly RecordRow[],
): Promise<Map<string, RecordRow>> {
  const keys = (await Promise.all(runsOf(rows).map((run) => keysIn(db, owner, run)))).flat();
  const wanted = new Set(rows.map((row) => keyOf(row).join()));
  const here = await db.records.bulkGet(keys.filter((key) => wanted.has(key.join())));
  return new Map(here.flatMap((row) => (row ? [[keyOf(row).join(), row]] : [])));
}

interface Run {
  device: string;
  from: number;
  to: number;
}

/** A page is mostly long runs of a few devices: one question each instead of one for every row. */
function runsOf(rows: readonly RecordRow[]): Run[] {
  const runs = new Map<string, Run>();
  for (const { device, seq } of rows) {
    const { from, to } = runs.get(device) ?? { from: seq, to: seq };
    runs.set(device, { device, from: Math.min(from, seq), to: Math.max(to, seq) });
  }
  return [...runs.values()];
}

function keysIn(db: LedgerDatabase, owner: string, { device, from, to }: Run) {
  return db.records
    .where('[owner+device+seq]')
    .between([owner, device, from], [owner, device, to], true, true)
    .primaryKeys();
}

async function open(
  cipher: SelfCipher,
  { person, keys }: { person: Person; keys: readonly Uint8Array<ArrayBuffer>[] },
  wire: WireRow,
  view: View,
): Promise<RecordRow> {
  if (!('body' in wire) || typeof wire.body !== 'string') return fromWire(wire, person, view, null);
  const address = { id: wire.id, scope: wire.scope, device: wire.device ?? person.device };
  return fromWire(wire, person, view, await openWithAny(cipher, keys, address, wire.body));
}

/**
 * What is here already keeps what only this phone knows: its head, its receipt, what it opened. What
 * is erased here stays so, also where an older page comes once more.
 */
function merged(before: RecordRow | undefined, given: RecordRow): RecordRow {
  if (!before) return given;
  const row = before.erased === undefined ? given : erasedRow(given);
  return {
    ...row,
    inner: row.inner ?? before.inner,
    topic: row.inner || !before.inner ? row.topic : before.topic,
    tag: before.tag,
    head: before.head,
    views: [...new Set([...before.views, ...row.views])].sort(),
  };
}

async function moveCursor(db: LedgerDatabase, person: Person, page: Page, from: Cursor) {
  const { scope, view, cursor } = page;
  const stored = (await db.cursors.get([person.person, scope, view])) ?? CURSOR_START;
  const asAsked = stored.n === from.n && stored.tag === from.tag;
  if (asAsked) await db.cursors.put({ owner: person.person, scope, view, ...cursor });
}
