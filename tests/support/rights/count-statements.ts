/** How many statements a pool's connections are given: what takes as many takes as long. */
import type pg from 'pg';

/** Counts from now on until `end`, which tells. */
export function countStatements(pool: pg.Pool): { end(): number } {
  let count = 0;
  const counted = new Map<pg.PoolClient, pg.PoolClient['query']>();
  const watch = (client: pg.PoolClient) => {
    if (counted.has(client)) return;
    const { query } = client;
    counted.set(client, query);
    client.query = ((...given: unknown[]) => {
      count += 1;
      return Reflect.apply(query, client, given) as unknown;
    }) as typeof query;
  };
  pool.on('acquire', watch);
  return {
    end() {
      pool.off('acquire', watch);
      for (const [client, query] of counted) client.query = query;
      return count;
    },
  };
}
