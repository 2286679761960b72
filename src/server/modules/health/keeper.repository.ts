/** What the database says about itself for the health page. */
import { sql, type Kysely } from 'kysely';
import type { Schema } from '#server/db/schema.ts';

export interface DatabaseFacts {
  /** Name of the last migration. */
  schema: string;
  /** PostgreSQL's version. */
  version: string;
  acts: number;
  /** The last backup that somebody asked for, with the size of its file. */
  byHand: { at: number; bytes: number } | null;
}

/** One query; none of it is a row of anybody. */
export async function findDatabaseFacts(db: Kysely<Schema>): Promise<DatabaseFacts> {
  const { rows } = await sql<DatabaseFacts>`
    select (select max(name) from applied_migrations) as schema,
      current_setting('server_version') as version, c.acts_n as acts,
      (select json_build_object('at', a.at, 'bytes', a.detail::json -> 'bytes') from acts a
        where a.kind = 'backup' order by a.n desc limit 1) as "byHand"
    from county c`.execute(db);
  const facts = rows[0];
  if (!facts) throw new Error('no county yet');
  return facts;
}
