import { Dexie } from 'dexie';
import { viewsOf } from '#domain/audience.ts';
import { CURSOR_START } from '#protocol/limits.ts';
import type { LedgerDatabase } from '#data/ledger/database.ts';
import type { ViewCursor } from '#data/ledger/ledger-sync.ts';
import type { Person } from '#data/ledger/person.ts';

/** Where each view that the person's grants give stands; one never pulled stands at the start. */
export async function listCursors(db: LedgerDatabase, person: Person): Promise<ViewCursor[]> {
  const rows = await cursorsOf(db, person.person).toArray();
  return viewsOf(person.person, person.grants).map(({ scope, view }) => {
    const row = rows.find((each) => each.scope === scope && each.view === view);
    return { scope, view, n: row?.n ?? CURSOR_START.n, tag: row?.tag ?? CURSOR_START.tag };
  });
}

/** All cursors of a person. */
export function cursorsOf(db: LedgerDatabase, person: string) {
  return db.cursors
    .where('[owner+scope+view]')
    .between([person, Dexie.minKey, Dexie.minKey], [person, Dexie.maxKey, Dexie.maxKey]);
}
