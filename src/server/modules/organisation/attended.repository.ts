/** SQL of what members hand in of another branch. */
import { sql } from 'kysely';
import type { AttendedBody } from '#domain/bodies/migrants.ts';
import { foldDecisions } from '#domain/decisions.ts';
import { ATTENDED_CHECKED_KIND } from '#domain/elsewhere.ts';
import type { Foldable } from '#domain/fold.ts';
import { toBase64Url } from '#lib/base64.ts';
import type { Tx } from '#server/db/database.ts';

type Hashed = Foldable<unknown> & { hash: string };

interface Row extends Omit<Hashed, 'body' | 'hash'> {
  hash: Buffer;
  body: string | null;
}

/**
 * The host's records that bear on it: its lines about the person, the activity with its changes and what the branch is
 * called; what waited there is as its desk has decided.
 */
export async function findHostRecords(
  tx: Tx,
  { host, activity }: Pick<AttendedBody, 'host' | 'activity'>,
  person: string,
): Promise<Hashed[]> {
  const columns = sql`id, hash, kind, subject, coalesce(author::text, '') as author, seq, n,
    coalesce(at, 0) as at, coalesce(day, '') as day, body, confirm`;
  const { rows } = await sql<Row>`select ${columns} from records
    where scope = ${host} and (kind = 'check-in' and subject = ${person}::uuid
      or kind in ('about', 'activity-change') or kind = 'activity' and id = ${activity}::uuid)`.execute(
    tx,
  );
  // Decisions lie all over the branch: they are looked for only where there is something to decide.
  const isOpen = rows.some(({ confirm }) => confirm !== null);
  const decisions = isOpen
    ? (
        await sql<Row>`select ${columns} from records
          where scope = ${host} and kind = 'decision'`.execute(tx)
      ).rows
    : [];
  const decided = foldDecisions(decisions.map(opened));
  return rows.map(opened).map((row) => {
    const counts = row.confirm ? decided.get(row.hash)?.counts : undefined;
    if (counts === undefined) return row;
    return counts ? { ...row, confirm: null } : { ...row, declined: true };
  });
}

function opened({ hash, body, ...row }: Row): Hashed {
  const read = body === null ? null : (JSON.parse(body) as unknown);
  return { ...row, hash: toBase64Url(hash), body: read };
}

/** What a record of this number is named by, unless it was marked before; null where it was, or is not there. */
export async function findUnmarked(
  tx: Tx,
  { scope, n }: { scope: string; n: number },
): Promise<{ id: string; hash: string } | null> {
  const { rows } = await sql<{ id: string; hash: Buffer }>`select r.id, r.hash from records r
    where r.scope = ${scope} and r.n = ${n} and not exists (select from records m
      where m.scope = ${scope} and m.subject = r.subject and m.kind = ${ATTENDED_CHECKED_KIND}
        and case when m.kind = ${ATTENDED_CHECKED_KIND}
          then m.body::jsonb ->> 'record' = r.id::text end)`.execute(tx);
  const [row] = rows;
  return row ? { id: row.id, hash: toBase64Url(row.hash) } : null;
}
