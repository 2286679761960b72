/** The cursor under concurrency: what ARCHITECTURE.md, "Cursor", promises. */
import { createHash } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { appendRecords, type NewRecord } from '#server/db/append-records.ts';
import { inScopes } from '#server/db/database.ts';
import { startServer } from '#tests/support/server.ts';
import {
  joinWire,
  newId,
  secretOf,
  wireRecord,
  type WireDevice,
} from '#tests/support/wire-device.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let desk: WireDevice;
let reader: WireDevice;

beforeAll(async () => {
  server = await startServer();
  desk = await joinWire(server.url, secretOf(server.invitations[4] ?? { url: 'none:' }));
  reader = await joinWire(server.url, secretOf(server.invitations[0] ?? { url: 'none:' }));
});
afterAll(() => server.stop());

const stored = (): NewRecord => ({
  ...{ id: newId(), kind: 'activity', v: 1, subject: null, author: newId(), device: newId() },
  ...{ seq: 1, day: '2026-03-05', at: 1, offset_ms: null, offset_age: null },
  ...{ salt: 'AAAAAAAAAAA', body: '{}', audience: 'branch', confirm: null, received: 1 },
  hash: crypto.getRandomValues(new Uint8Array(32)),
});

/** A reader that pages on for ever with its cursor and remembers every row it was shown. */
function pagingReader(scope: string) {
  let cursor = { n: 0, tag: '' };
  const seen: number[] = [];
  return {
    seen,
    /** False where nothing was new. */
    async page(): Promise<boolean> {
      const { pages } = await reader.sync({
        cursors: [{ scope, view: 'member', ...cursor }],
        want: 2_048,
      });
      const page = pages.find((candidate) => candidate.view === 'member');
      if (!page) return false;
      expect(page.reset).toBeUndefined();
      expect(page.cursor.n).toBeGreaterThan(cursor.n);
      cursor = page.cursor;
      seen.push(...page.rows.map((row) => row.n));
      return true;
    },
  };
}

it('S-13 a writer held open hides no row: the second waits, the reader stays before both', async () => {
  const scope = desk.branch;
  const paging = pagingReader(scope);
  while (await paging.page());
  const before = paging.seen.length;
  let letGo = () => {};
  const held = new Promise<void>((done) => (letGo = done));
  let began = () => {};
  const appended = new Promise<void>((done) => (began = done));
  const first = inScopes(server.database, [scope], async (tx) => {
    const outcome = await appendRecords(tx, scope, [stored()]);
    began();
    await held;
    return outcome;
  });
  await appended;
  const second = inScopes(server.database, [scope], (tx) => appendRecords(tx, scope, [stored()]));
  for (let i = 0; i < 5; i += 1) await paging.page();
  expect(paging.seen).toHaveLength(before);
  letGo();
  const [a, b] = [await first, await second];
  expect(b[0]?.n).toBe((a[0]?.n ?? 0) + 1);
  await paging.page();
  expect(paging.seen.slice(before)).toEqual([a[0]?.n, b[0]?.n]);
});

it('S-13 a writer that is rolled back leaves no gap', async () => {
  const scope = desk.branch;
  const failing = inScopes(server.database, [scope], async (tx) => {
    await appendRecords(tx, scope, [stored()]);
    throw new Error('cut');
  });
  await expect(failing).rejects.toThrow('cut');
  const { rows } = await server.pool.query<{ n: number; count: number; head: number }>(
    `select max(r.n)::int as n, count(*)::int as count, max(s.n)::int as head
     from records r join scopes s using (scope) where scope = $1`,
    [scope],
  );
  expect(rows[0]).toEqual({ n: rows[0]?.count, count: rows[0]?.count, head: rows[0]?.count });
});

it('S-13 eight writers at once while a reader pages: every row once, in order, and the tags chain', async () => {
  const scope = desk.branch;
  const paging = pagingReader(scope);
  let writing = true;
  const reading = (async () => {
    while (writing) await paging.page();
    while (await paging.page());
  })();
  const batch = (from: number) =>
    Array.from({ length: 5 }, (_, i) =>
      wireRecord({
        ...{ kind: 'activity', scope, seq: from + i },
        body: { type: 'lecture', title: '党课', starts: 1 },
      }),
    );
  await Promise.all(
    Array.from({ length: 8 }, async (_, writer) => {
      for (let i = 0; i < 10; i += 1)
        await desk.sync({ records: batch(1 + writer * 1000 + i * 5), want: 2_048 });
    }),
  );
  writing = false;
  await reading;
  const { rows } = await server.pool.query<{
    n: number;
    hash: Buffer;
    tag: Buffer;
    shown: boolean;
  }>(
    `select n::int, hash, tag, audience = 'branch' as shown from records where scope = $1 order by n`,
    [scope],
  );
  expect(rows.map((row) => row.n)).toEqual(rows.map((_, i) => i + 1));
  const branchRows = new Set(rows.filter((row) => row.shown).map((row) => row.n));
  expect(paging.seen.filter((n) => branchRows.has(n))).toEqual([...branchRows]);
  let tag = Buffer.alloc(0);
  for (const row of rows) {
    tag = createHash('sha256')
      .update(Buffer.concat([tag, row.hash]))
      .digest()
      .subarray(0, 8);
    expect(row.tag.equals(tag)).toBe(true);
  }
}, 60_000);

it('a scope whose row is held too long answers later for its records and stores the others', async () => {
  const holder = new pg.Client(server.pool.options);
  await holder.connect();
  await holder.query('begin');
  await holder.query('select from scopes where scope = $1 for update', [desk.branch]);
  const own = wireRecord({
    ...{ kind: 'activity', scope: desk.branch, seq: 90_000 },
    body: { type: 'lecture', title: '党课', starts: 1 },
  });
  const waiting = desk.sync({ records: [own] });
  await server.pool.query(
    `select pg_cancel_backend(pid) from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock'`,
  );
  await new Promise((done) => setTimeout(done, 200));
  await server.pool.query(
    `select pg_cancel_backend(pid) from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock'`,
  );
  expect((await waiting).results).toEqual([{ from: 90_000, to: 90_000, code: 'later' }]);
  await holder.query('rollback');
  await holder.end();
  expect((await desk.sync({ records: [own] })).results[0]?.code).toBe('ok');
});
