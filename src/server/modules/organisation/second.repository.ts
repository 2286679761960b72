/** SQL of second memberships. */
import { sql } from 'kysely';
import type { Tx } from '#server/db/database.ts';

interface Stay {
  scope: string;
  person: string;
  /** Number of the record that says so, in the scope: an older one told again changes nothing. */
  n: number;
  day: string;
}

/** Notes that the code was used for this branch; false where it was before. */
export async function useCode(
  tx: Tx,
  code: { scope: string; nonce: string; branch: string },
): Promise<boolean> {
  const made = await tx
    .insertInto('report_codes')
    .values(code)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return made.numInsertedOrUpdatedRows === 1n;
}

/** The branch that has taken the code; null where none has. */
export async function findCodeBranch(
  tx: Tx,
  { scope, nonce }: { scope: string; nonce: string },
): Promise<string | null> {
  const query = tx.selectFrom('report_codes').select('branch').where('scope', '=', scope);
  return (await query.where('nonce', '=', nonce).executeTakeFirst())?.branch ?? null;
}

/** Whether a record of this id is there already. */
export async function isStored(tx: Tx, scope: string, id: string): Promise<boolean> {
  const query = tx.selectFrom('records').select('n').where('scope', '=', scope);
  return (await query.where('id', '=', id).executeTakeFirst()) !== undefined;
}

/** Begins a stay, also after one that was over, unless a later record has ended it. */
export async function beginSecond(tx: Tx, { scope, person, n, day }: Stay): Promise<void> {
  await sql`insert into grants (scope, person, role, from_day, n)
    select ${scope}, ${person}::uuid, 'second', ${day}, ${n}
    where not exists (select from records r where r.scope = ${scope} and r.kind = 'second'
      and r.subject = ${person}::uuid and r.n > ${n} and r.body::jsonb ->> 'way' = 'out')
    on conflict (scope, person, role) do update
      set from_day = case when grants.to_day is null then grants.from_day else excluded.from_day end,
        to_day = null, n = excluded.n
      where grants.n < excluded.n`.execute(tx);
}

/** Ends the stay on `day`; of somebody who has none nothing is kept. */
export async function endSecond(tx: Tx, { scope, person, n, day }: Stay): Promise<void> {
  await sql`update grants set to_day = ${day}, n = ${n}
    where scope = ${scope} and person = ${person} and role = 'second' and n <= ${n}`.execute(tx);
}
