/** One program at a time prepares a database: migrations, role, first county. */
import type pg from 'pg';

/** Any number that no other program on the same database is likely to take: "rixu" in ASCII. */
const LOCK = 0x72697875;

/** Runs `work` with a connection of its own that holds the database's start lock. */
export async function withStartupLock<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    // The other program may be migrating for minutes; waiting here is no stuck statement.
    await client.query('set statement_timeout = 0');
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    return await work(client);
  } finally {
    // Closing the session gives the lock up whatever state it is in.
    client.release(true);
  }
}
