/**
 * Statements with parameters go to PostgreSQL under a name, one a text: each connection then parses it
 * once, and plans it anew only while that pays. Planning was two fifths of what looking up a request's
 * token cost. A text beyond the first NAMES_MAX goes without a name: lists of varying length
 * make texts without end, and each name is kept by every connection. Nor do those that ask for all
 * columns: after a migration that adds one, beside a server that still runs, PostgreSQL refuses the plan.
 */
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type pg from 'pg';

/** The server has some 90 texts of its own; the rest is for those with lists. */
const NAMES_MAX = 200;
/** `select *` and `returning *`, with or without the table's name; a count of all is none. */
const ALL_COLUMNS = /(^|[\s."])\*(\s|,|$)/;

/** The pool as Kysely takes it. Its connections are the same, and so is what they do when they break. */
export function withNamedStatements(pool: pg.Pool): PostgresPool {
  const names = new Map<string, string>();
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    async connect() {
      const client = await pool.connect();
      const named = known.get(client) ?? naming(client, names);
      known.set(client, named);
      return named;
    },
    end: () => pool.end(),
  };
}

function naming(client: pg.PoolClient, names: Map<string, string>): PostgresPoolClient {
  const query = (text: string, values: unknown[]) => {
    const name = values.length > 0 ? nameOf(names, text) : undefined;
    return client.query(name === undefined ? { text, values } : { name, text, values });
  };
  return {
    query: query as unknown as PostgresPoolClient['query'],
    release: () => client.release(),
  };
}

function nameOf(names: Map<string, string>, text: string): string | undefined {
  const held = names.get(text);
  if (held !== undefined || names.size >= NAMES_MAX) return held;
  if (ALL_COLUMNS.test(text)) return undefined;
  const name = `s${names.size + 1}`;
  names.set(text, name);
  return name;
}
