/**
 * Administrators' acts, a chain of rows (migrations/0005-acts.ts).
 *
 * Promises: an act is written in the transaction of what it tells, so there is neither one without
 * the other; numbers are consecutive, because the county's row is locked from before the number is
 * taken until the commit; nothing but ids, roles and days stands in an act, so that an erasure never
 * has to touch the chain.
 */
import { createHash } from 'node:crypto';
import { CompiledQuery } from 'kysely';
import type pg from 'pg';
import { canonicalJson, type Json } from '#lib/canonical-json.ts';
import type { Tx } from './database.ts';

/**
 * grant, revoke: a role record · invite, join: as more than a member · end-device: of somebody who is
 * or was more · restore, backup: at the server's command line · erase, export: of a person's data ·
 * retention: what went by age in one night, in numbers · refuse: a device that sent hundreds of records
 * in others' names.
 */
export type ActKind =
  | 'grant'
  | 'revoke'
  | 'invite'
  | 'join'
  | 'end-device'
  | 'restore'
  | 'backup'
  | 'erase'
  | 'export'
  | 'retention'
  | 'refuse';

/** What was done, by whom (left out: the server itself or its command line) and about what. */
export interface Act {
  kind: ActKind;
  by?: { person: string; device: string };
  /** Open in the transaction (inScopes). */
  scope: string;
  person?: string;
  /** Ids, roles, days, counts; never a name. */
  detail: Record<string, Json>;
}

/** An act as it stands in the table. */
export interface ActRow {
  n: number;
  at: number;
  kind: string;
  by_person: string | null;
  by_device: string | null;
  scope: string;
  person: string | null;
  /** Canonical JSON. */
  detail: string;
  prev: string;
  hash: string;
}

/** Writes an act at server time `at` (ms); the last statements of its transaction: all acts wait for its commit. */
export async function appendAct(tx: Tx, act: Act, at: number): Promise<void> {
  await append(
    async (text, values) => {
      const { rows } = await tx.executeQuery(CompiledQuery.raw(text, values));
      return rows as Head[];
    },
    actRow(act, at),
  );
}

/** The same on a connection of the owner's, inside its transaction. */
export async function appendOwnersAct(client: pg.ClientBase, act: Act, at: number): Promise<void> {
  await client.query(`select set_config('rixue.scopes', $1, true)`, [act.scope]);
  await append(
    async (text, values) => (await client.query<Head>(text, values)).rows,
    actRow(act, at),
  );
}

/** The county's scope; null where there is no county, or a database from before there were acts. */
export async function countyWithActs(client: pg.ClientBase): Promise<string | null> {
  const there = await client.query(`select from pg_class where oid = to_regclass('acts')`);
  if (!there.rowCount) return null;
  const { rows } = await client.query<{ scope: string }>('select scope from county');
  return rows[0]?.scope ?? null;
}

/** Hex SHA-256 of everything but the hash itself. */
export function actHash(row: Omit<ActRow, 'hash'> & { hash?: string }): string {
  const rest = canonicalJson({ ...row, hash: undefined });
  return createHash('sha256').update(rest).digest('hex');
}

/** Where the chain ends: the number and hash of its last row; 0 and '' before the first. */
interface Head {
  n: number | string;
  hash: string;
}

type Run = (text: string, values: unknown[]) => Promise<Head[]>;

function actRow({ kind, by, scope, person, detail }: Act, at: number) {
  return {
    ...{ at, kind, by_person: by?.person ?? null, by_device: by?.device ?? null },
    ...{ scope, person: person ?? null, detail: canonicalJson(detail) },
  };
}

async function append(run: Run, act: Omit<ActRow, 'n' | 'prev' | 'hash'>): Promise<void> {
  const [head] = await run('select acts_n as n, acts_hash as hash from county for update', []);
  if (!head) throw new Error('no county yet');
  const row = { ...act, n: Number(head.n) + 1, prev: head.hash };
  const whole: ActRow = { ...row, hash: actHash(row) };
  await run(
    `insert into acts (n, at, kind, by_person, by_device, scope, person, detail, prev, hash)
     select n, at, kind, by_person, by_device, scope, person, detail, prev, hash
     from json_populate_record(null::acts, $1)`,
    [JSON.stringify(whole)],
  );
  await run('update county set acts_n = $1, acts_hash = $2', [whole.n, whole.hash]);
}
