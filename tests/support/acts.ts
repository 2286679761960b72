/** Administrators' acts as they stand in a test's database, and what `npm run audit` says of them. */
import { expect } from 'vitest';
import type { ActRow } from '#server/db/acts.ts';
import { machineSources } from '#server/sources.ts';
import { runAuditCommand } from '#server/tasks/audit/command.ts';
import type { startServer } from './server.ts';

type Server = Awaited<ReturnType<typeof startServer>>;

/** In their order. */
export async function actsOf({ pool }: Pick<Server, 'pool'>): Promise<ActRow[]> {
  const { rows } = await pool.query<ActRow>(
    'select *, n::int as n, at::float8 as at from acts order by acts.n',
  );
  return rows;
}

/** `npm run audit` on this database, with the notes of `dataDir`. */
export async function auditOf(url: string, dataDir: string): Promise<string[]> {
  const env = { DATA_DIR: dataDir, DATABASE_URL: url };
  const done = await runAuditCommand([], env, machineSources().clock);
  if (!done.ok) throw new Error(done.error);
  expect(done.value.sound).toBe(done.value.lines.every((line) => line.endsWith('all sound')));
  return done.value.lines;
}

/** For DATABASE_URL. */
export function urlOf({ pool }: Pick<Server, 'pool'>): string {
  const { user, password, host, port, database } = pool.options;
  return `postgres://${user}:${String(password)}@127.0.0.1:${port}/${database}?host=${encodeURIComponent(host ?? '')}`;
}
