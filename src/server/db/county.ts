/** The one county of this database. */
import { sql, type Kysely } from 'kysely';
import type { Names } from '#domain/bodies/shared.ts';
import { toBase64Url } from '#lib/base64.ts';
import type { Random } from '#lib/random.ts';
import type { Schema } from './schema.ts';
import type { Sources } from './server-records.ts';

/** The county as the server needs it; `epoch` changes with a restore, so it is read anew each time. */
export interface CountyFacts {
  id: string;
  epoch: string;
  names: Names;
  demo: boolean;
}

/** Epochs are compared, never guessed; 12 bytes never come twice. */
const EPOCH_BYTES = 12;

/** The county, or null in a database that was never wholly set up. */
export async function findCounty(db: Kysely<Schema>): Promise<CountyFacts | null> {
  const row = await db
    .selectFrom('county')
    .selectAll()
    .where('ready', '=', true)
    .executeTakeFirst();
  return row ? { id: row.scope, epoch: row.epoch, names: row.names, demo: row.demo } : null;
}

/** A name for the history that begins with a county. */
function newEpoch({ random }: Pick<Sources, 'random'>): string {
  return toBase64Url(random.bytes(EPOCH_BYTES));
}

/** A name for the history that begins with a restore at `now` (ms): it says when. */
export function restoredEpoch(random: Random, now: number): string {
  return `restored.${now}.${newEpoch({ random })}`;
}

/** When the history of this name began by a restore, ms; null where it began with the county. */
export function restoredAt(epoch: string): number | null {
  const [, at] = /^restored\.(\d+)\./.exec(epoch) ?? [];
  return at === undefined ? null : Number(at);
}

/** Makes the county, not yet ready, in a database that holds none; what a cut-off start left is dropped. */
export async function makeCounty(
  db: Kysely<Schema>,
  { ids, random }: Sources,
  county: { names: Names; demo: boolean },
): Promise<string> {
  const id = ids.next();
  const names = JSON.stringify(county.names);
  const epoch = newEpoch({ random });
  await db.transaction().execute(async (tx) => {
    await sql`select set_config('rixue.scopes', ${id}, true)`.execute(tx);
    await sql`truncate county, scopes, records, erasures, grants, devices, invitations, seals,
      acts`.execute(tx);
    await sql`
      insert into county (scope, epoch, names, demo, server_device)
      values (${id}, ${epoch}, ${names}::jsonb, ${county.demo}, ${ids.next()})`.execute(tx);
    await sql`
      insert into scopes (scope, kind, names) values (${id}, 'county', ${names}::jsonb)`.execute(
      tx,
    );
  });
  return id;
}

/** From now on the county is there. */
export async function countyIsReady(db: Kysely<Schema>): Promise<void> {
  await db.updateTable('county').set({ ready: true }).execute();
}
