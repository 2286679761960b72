/**
 * The floor that sync is measured against: the same wire fields as one gzip'ed JSON POST, inserted
 * into a plain table of PostgreSQL in one statement and committed, and one gzip'ed GET of all of
 * them. No results, no cursors, no rules: less than this no protocol can do.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import type { AddressInfo } from 'node:net';
import { createProxy } from '#tests/support/proxy.ts';
import { startTestPostgres } from '#tests/support/postgres.ts';

export interface Floor {
  bytesUp: number;
  bytesDown: number;
  pushMs: number;
  pullMs: number;
}

/** Every field that a record may have on the wire. */
const FIELDS = `scope text, id text, kind text, v int, subject text, seq int, day text, at bigint,
  "offset" bigint, "offsetAge" bigint, salt text, body jsonb`;

/** Sends and fetches the records once, through a counting proxy as sync does. */
export async function measureFloor(records: readonly unknown[]): Promise<Floor> {
  const postgres = await startTestPostgres({ onDisk: true });
  const pool = new pg.Pool({ ...postgres.poolConfig, max: 1 });
  pool.on('error', () => undefined);
  await pool.query(`create table raw (${FIELDS}, primary key (id))`);
  const server = createServer((request, response) => void answer(pool, request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const proxy = await createProxy({ target: { host: '127.0.0.1', port } });

  const pushed = performance.now();
  const body = gzipSync(JSON.stringify(records));
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
  await (await fetch(proxy.url, { method: 'POST', headers, body })).text();
  const pushMs = performance.now() - pushed;
  const bytesUp = proxy.bytes.up;
  proxy.forget();
  const pulled = performance.now();
  await (await fetch(proxy.url)).json();
  const pullMs = performance.now() - pulled;
  const bytesDown = proxy.bytes.down;

  await proxy.close();
  server.closeAllConnections();
  server.close();
  await pool.end();
  await postgres.stop();
  return { bytesUp, bytesDown, pushMs, pullMs };
}

const INSERT = `insert into raw select * from jsonb_to_recordset($1) as r(${FIELDS})`;

async function answer(pool: pg.Pool, request: IncomingMessage, response: ServerResponse) {
  if (request.method === 'POST') {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    await pool.query(INSERT, [gunzipSync(Buffer.concat(parts)).toString()]);
    response.end('ok');
    return;
  }
  const { rows } = await pool.query('select * from raw order by seq');
  response.setHeader('content-type', 'application/json');
  response.setHeader('content-encoding', 'gzip');
  response.end(gzipSync(JSON.stringify(rows, withoutNull)));
}

/** A field that a record does not have takes no bytes, as on the wire of sync. */
function withoutNull(_key: string, value: unknown): unknown {
  return value ?? undefined;
}
