/**
 * The one way to the database. Requests go through `inScopes`: one transaction in the lesser role,
 * with the scopes that row-level security lets through; a query that forgets its WHERE still sees no
 * row of another scope, and one outside `inScopes` sees none at all.
 */
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { withNamedStatements } from './named-statements.ts';
import type { Schema } from './schema.ts';

export type Tx = Transaction<Schema>;

/** A pool with its Kysely, whose connections have stepped down to the role of requests. */
export interface Database {
  db: Kysely<Schema>;
  pool: pg.Pool;
  /** The role of requests; null where the database's owner may not make one (then the owner is under RLS too). */
  appRole: string | null;
  close(): Promise<void>;
}

/** The embedded cluster takes 40 connections; two servers and a backup fit beside each other. */
const POOL_MAX = 10;
/** For a connection or a free place in the pool; longer, and the phone is better told to come again. */
const CONNECT_LIMIT_MS = 8_000;
/** No statement of ours takes seconds; a stuck one must not hold a scope's row for ever. */
const STATEMENT_LIMIT_MS = 30_000;

const INT8 = 20;

/**
 * Opens a pool, each connection of it in `appRole`. Nothing is asked yet: a wrong address shows at the
 * first query. Stepping down is the pool's own hook: where it fails the pool lets the connection go.
 * Kysely's `onCreateConnection` (0.28.18) keeps the place of a connection that was cut in the midst of
 * it for ever, and ten of those leave a server that answers nobody.
 */
export function openDatabase(config: pg.PoolConfig, appRole: string | null): Database {
  const pool = new pg.Pool({
    max: POOL_MAX,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    statement_timeout: STATEMENT_LIMIT_MS,
    idle_in_transaction_session_timeout: STATEMENT_LIMIT_MS,
    ...config,
    types: { getTypeParser },
    ...(appRole !== null && {
      onConnect: async (client) => void (await stepDown(client, appRole)),
    }),
  });
  // A connection that was cut fails its query or is replaced; its event must not end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Schema>({
    dialect: new PostgresDialect({ pool: withNamedStatements(pool) }),
  });
  // The pool's own end: Kysely leaves a pool open that it never used.
  const close = async () => (pool.ending ? undefined : pool.end());
  return { db, pool, appRole, close };
}

function stepDown(client: pg.ClientBase, appRole: string) {
  return client.query(`set role ${client.escapeIdentifier(appRole)}`);
}

/** A receipt says that the record is on the disk: on a database set to answer earlier too (V-02). */
const durable = sql`set_config('synchronous_commit',
  case current_setting('synchronous_commit') when 'off' then 'on'
    else current_setting('synchronous_commit') end, true),`;

/** Runs `work` in one transaction that sees and writes rows of `scopes` alone. */
export async function inScopes<T>(
  { db, appRole }: Pick<Database, 'db' | 'appRole'>,
  scopes: readonly string[],
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (tx) => {
    const role = appRole ? sql`set_config('role', ${appRole}, true),` : sql``;
    await sql`select ${role} ${durable}
      set_config('rixue.scopes', ${scopes.join(',')}, true)`.execute(tx);
    return work(tx);
  });
}

/** pg gives int8 as text; ours are counters and milliseconds, which a number holds exactly. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === INT8 && format !== 'binary' ? safeInteger : pg.types.getTypeParser(oid, format as 'text');

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('an int8 beyond 2^53');
  return value;
}
