/**
 * The real server without a socket, over a real PostgreSQL. It can be killed before or after any
 * statement: its connections end, its answers come to nothing, and a new one takes over the database.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import type pg from 'pg';
import { pino } from 'pino';
import type { Clock } from '#lib/clock.ts';
import { createApp } from '#server/app.ts';
import { openDatabase, type Database } from '#server/db/database.ts';
import { DISK_UNKNOWN } from '#server/disk.ts';
import type { CrowdLimits } from '#server/http/admission.ts';
import { NO_MACHINE } from '#server/machine.ts';
import { prepareDatabase } from '#server/prepare-database.ts';
import { machineSources } from '#server/sources.ts';
import { times } from '#tests/support/long.ts';
import { startTestPostgres } from '#tests/support/postgres.ts';

/** As many as a real server has, or two for `npm test`: to open more after each death takes much of its time. */
export const CONNECTIONS = 10;
const CONNECTIONS_SHORT = 2;

export interface SimulatedServer {
  county: string;
  /** Of the database's owner, who passes row-level security. */
  pool: pg.Pool;
  clock: Clock & { set(now: number): void };
  /** The answer, or null where the server died meanwhile. */
  handle(request: Request): Promise<Response | null>;
  /** Dies (or loses a connection, where not `whole`) before or after the `at`-th statement from now. */
  killAt(fault: { at: number; after: boolean; whole: boolean }): void;
  forgetFault(): void;
  /** Told what was killed. */
  onKill: (what: ServerDeath) => void;
  stop(): Promise<void>;
}

/** What died, and on which side of its statement. */
export type ServerDeath = `${'server-killed' | 'connection-cut'}-${'before' | 'after'}`;

/** Makes one, with an empty county in it. */
export async function startSimulatedServer(
  options: { crowd?: CrowdLimits; connections?: number } = {},
): Promise<SimulatedServer> {
  const postgres = await startTestPostgres();
  const clock = virtualClock();
  const sources = { ...machineSources(), clock };
  // Nothing is migrated from, so nothing is written there.
  const place = { dataDir: join(tmpdir(), 'rixue-simulated'), poolConfig: postgres.poolConfig };
  const wish = { seed: 'empty' as const, demoByDefault: false };
  const prepared = await prepareDatabase(place, wish, sources);
  if (!prepared.ok) throw new Error(prepared.error);
  const { appRole } = prepared.value.database;
  await prepared.value.database.close();
  const owner = openDatabase({ ...postgres.poolConfig, max: 2 }, null);
  const county = await owner.db.selectFrom('county').select('scope').executeTakeFirstOrThrow();
  const log = pino({ level: 'silent' });
  const files = { appDir: '', pastAssetsDir: null, disk: DISK_UNKNOWN, machine: NO_MACHINE };
  const { crowd, connections = crowd ? CONNECTIONS : times(CONNECTIONS_SHORT, CONNECTIONS) } =
    options;
  const deps = { ...sources, ...files, crowd, log };
  const launch = () => openDatabase({ ...postgres.poolConfig, max: connections }, appRole);
  let fault = { at: 0, after: false, whole: false };
  let run = begin(launch());

  function begin(database: Database): Run {
    let die = () => {};
    const death = new Promise<null>((resolve) => (die = () => resolve(null)));
    const made = {
      app: createApp({ ...deps, database }),
      database,
      death,
      die,
      sockets: new Set<Cut>(),
    };
    database.pool.on('connect', (client) => intercept(client, made, strike));
    return made;
  }

  /** True where the statement must not be sent, or its answer must not be heard. */
  function strike(of: Run, cut: Cut, after: boolean): boolean {
    if (of !== run) return true;
    if (!after) fault.at -= 1;
    if (fault.at !== 0 || fault.after !== after) return false;
    server.onKill(
      `${fault.whole ? 'server-killed' : 'connection-cut'}-${after ? 'after' : 'before'}`,
    );
    fault.at = 0;
    if (!fault.whole) cut();
    else {
      run = begin(launch());
      of.sockets.forEach((each) => each());
      of.die();
      void of.database.close().catch(() => undefined);
    }
    return true;
  }

  const server: SimulatedServer = {
    county: county.scope,
    pool: owner.pool,
    clock,
    handle: (request) => Promise.race([run.app.fetch(request), run.death]),
    killAt: (next) => (fault = { ...next }),
    forgetFault: () => (fault.at = 0),
    onKill: () => {},
    async stop() {
      await run.database.close();
      await owner.close();
      await postgres.stop();
    },
  };
  return server;
}

type Cut = () => void;

/** One life of the server's process. */
interface Run {
  app: Hono;
  database: Database;
  death: Promise<null>;
  die: () => void;
  sockets: Set<Cut>;
}

function intercept(
  client: pg.PoolClient,
  run: Run,
  strike: (run: Run, cut: Cut, after: boolean) => boolean,
): void {
  const { stream } = (client as unknown as { connection: { stream: { destroy(): void } } })
    .connection;
  const cut = () => stream.destroy();
  run.sockets.add(cut);
  client.once('end', () => run.sockets.delete(cut));
  const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>;
  const watched = async (...given: unknown[]) => {
    if (strike(run, cut, false)) throw new Error('killed before a statement');
    const result = await query(...given);
    if (strike(run, cut, true)) throw new Error('killed after a statement');
    return result;
  };
  Object.assign(client, {
    query: (...given: unknown[]) =>
      typeof given.at(-1) === 'function' ? query(...given) : watched(...given),
  });
}

function virtualClock(): SimulatedServer['clock'] {
  let now = 0;
  return { now: () => now, monotonic: () => now, set: (next) => (now = next) };
}
