/** Everything that a database holds, for comparing two of them. */
import pg from 'pg';

/** Each table's rows as JSON in an order of their own; {} where there is no table. */
export async function contentOf(config: pg.PoolConfig): Promise<Record<string, string[]>> {
  const client = new pg.Client(config);
  await client.connect();
  const { rows: tables } = await client.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  );
  const content: Record<string, string[]> = {};
  for (const { name } of tables) {
    // When a step was applied is a matter of each database's own.
    const columns = name === 'applied_migrations' ? 'name, hash' : '*';
    const { rows } = await client.query<{ line: string }>(
      `select row_to_json(t)::text as line from (select ${columns} from ${name}) t order by 1`,
    );
    content[name] = rows.map(({ line }) => line);
  }
  await client.end();
  return content;
}
