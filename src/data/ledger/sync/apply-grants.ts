/**
 * The person's roles as the server says they are now. Promises: what they no longer give to read
 * leaves this phone at once and together with its cursor, so that it comes back from 0 if the role
 * does; what has no receipt, what was refused and what is about the person stays. Own rows that
 * went are asked for when a role begins again: the server leaves them out otherwise.
 */
import { Dexie } from 'dexie';
import { canonicalJson } from '#lib/canonical-json.ts';
import { mayRead, viewsOf, type ScopeView } from '#domain/audience.ts';
import { kindRule, SELF_KIND } from '#domain/kinds.ts';
import { refusal } from '#domain/permissions.ts';
import type { Grant } from '#domain/roles.ts';
import { lastLink } from '#data/ledger/chain.ts';
import type { LedgerDatabase } from '#data/ledger/database.ts';
import type { Person } from '#data/ledger/person.ts';
import { keyOf, type RecordRow } from '#data/ledger/record-row.ts';
import { cursorsOf } from './cursors.ts';

/** Replaces the grants and removes what they no longer give, in one transaction; true: ask again at once. */
export async function applyGrants(
  db: LedgerDatabase,
  { person }: Person,
  grants: Grant[],
): Promise<boolean> {
  const known = await db.people.get(person);
  if (!known || canonicalJson(known.grants) === canonicalJson(grants)) return false;
  return db.transaction('rw', [db.people, db.records, db.cursors, db.floors], async () => {
    const now = viewsOf(person, grants);
    const before = viewsOf(person, known.grants);
    const begins = now.some((view) => !isAmong(before, view));
    const again = begins && (await db.floors.get([person, known.device])) !== undefined;
    await db.people.update(person, { grants, ...(again ? { fresh: true } : {}) });
    // What this answer brought of a view that begins came without the own rows.
    await cursorsOf(db, person)
      .filter((row) => !isAmong(now, row) || (again && !isAmong(before, row)))
      .delete();
    await dropRows(db, known, grants);
    return again;
  });
}

function isAmong(views: readonly ScopeView[], { scope, view }: ScopeView): boolean {
  return views.some((each) => each.scope === scope && each.view === view);
}

/** Removes what the grants do not give to read. Call it inside a transaction over `records` and `floors`. */
export async function dropRows(
  db: LedgerDatabase,
  { person, device, county }: Person,
  grants: readonly Grant[],
): Promise<void> {
  const link = await lastLink(db, person, device);
  const rows = await db.records
    .where('[owner+topic]')
    .between([person, Dexie.minKey], [person, Dexie.maxKey])
    .filter((row) => !stays(row, { person, county }, grants))
    .toArray();
  // Own rows among them: what the chain had reached is remembered, so that no seq is used twice.
  if (rows.some((row) => row.device === device))
    await db.floors.put({ owner: person, device, ...link });
  await db.records.bulkDelete(rows.map(keyOf));
}

/** Whether a row may stay on this person's phone with these grants. */
export function stays(
  row: RecordRow,
  { person, county }: Pick<Person, 'person' | 'county'>,
  grants: readonly Grant[],
): boolean {
  if (row.state === 'saved' || row.state === 'refused' || row.outbox !== undefined) return true;
  if (row.subject === person || row.kind === SELF_KIND) return true;
  // Who wrote a handover has both halves of it for a restored server, which would else get one.
  if (row.author === person && row.kind === 'role') return true;
  // An administrator writes into branches of which they read nothing: a restored server needs it again.
  if (row.author === person && mayWrite(row, person, grants, county.id)) return true;
  const rule = kindRule(row.kind);
  if (rule) return mayRead(person, grants, { ...row, audience: rule.audience });
  // A kind of a later version: it stays while a view that brought it does.
  return viewsOf(person, grants).some(
    ({ scope, view }) => scope === row.scope && row.views.includes(view),
  );
}

/** Whether the author might write this row with these grants today. */
function mayWrite(row: RecordRow, person: string, grants: readonly Grant[], county: string) {
  const { kind, scope, subject, erased, text } = row;
  const content =
    erased === undefined ? { body: JSON.parse(text) as unknown } : { body: null, erased: true };
  const parents = scope === county ? [] : [county];
  return refusal({ kind, scope, subject, ...content }, { person, grants, parents }) === null;
}
