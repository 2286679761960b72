/** How long this county keeps things, as its administrators' records say, and telling the branches. */
import { sql } from 'kysely';
import { canonicalJson } from '#lib/canonical-json.ts';
import type { Foldable } from '#domain/fold.ts';
import { foldKeeping, foldRetention, KEEPING_KIND, RETENTION_KIND } from '#domain/retention.ts';
import type { KeepingBody } from '#domain/bodies/retention.ts';
import { inScopes, type Database, type Tx } from './database.ts';
import { appendServerRecords, type Sources } from './server-records.ts';

/** What holds on `today`. */
export async function findRetention(
  database: Database,
  county: string,
  today: string,
): Promise<KeepingBody> {
  const records = await inScopes(database, [county], (tx) => told(tx, [county], RETENTION_KIND));
  const { from: _from, ...rule } = foldRetention(records, today);
  return rule;
}

/** Every branch. */
export async function findBranches({ db }: Database): Promise<string[]> {
  const rows = await db
    .selectFrom('scopes')
    .select('scope')
    .where('kind', '=', 'branch')
    .orderBy('scope')
    .execute();
  return rows.map(({ scope }) => scope);
}

/** Tells the rule to every branch that knows another one; told again it does nothing. */
export async function tellKeeping(
  database: Database,
  sources: Sources,
  rule: KeepingBody,
): Promise<void> {
  const branches = await findBranches(database);
  const known = await inScopes(database, branches, (tx) => told(tx, branches, KEEPING_KIND));
  for (const scope of branches) {
    const last = foldKeeping(known.filter((record) => record.scope === scope));
    if (canonicalJson(last) === canonicalJson(rule)) continue;
    const draft = { kind: KEEPING_KIND, body: { ...rule } };
    await inScopes(database, [scope], (tx) => appendServerRecords(tx, scope, [draft], sources));
  }
}

type Told = Foldable<unknown> & { scope: string };

async function told(tx: Tx, scopes: readonly string[], kind: string): Promise<Told[]> {
  const { rows } = await sql<Told & { body: string }>`
    select id::text, scope, kind, subject, author, seq, n, at, day, body, confirm from records
    where scope = any (${scopes}::text[]) and kind = ${kind} and confirm is null
    order by n`.execute(tx);
  return rows.map((row) => ({ ...row, body: JSON.parse(row.body) as unknown }));
}
