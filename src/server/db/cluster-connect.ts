/** Connections to the embedded cluster: its address as settings for a pool, and whether it answers. */
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import {
  CLUSTER_DATABASE,
  CLUSTER_ROLE,
  SOCKET_PORT,
  type ClusterAddress,
} from './cluster-settings.ts';

/** sockaddr_un holds 108 bytes with its closing zero. */
const SOCKET_PATH_LIMIT_BYTES = 107;
/** A living server answers a local connection in milliseconds; a stuck one must not hang the start. */
const CONNECT_TIMEOUT_MS = 5000;

/** What a connection attempt met. */
export type Answer = 'ready' | 'starting' | 'down' | 'password';

/** A socket in the cluster's folder where its path is short enough, else a free loopback port. */
export async function chooseAddress(pgDir: string): Promise<ClusterAddress> {
  const path = join(pgDir, `.s.PGSQL.${SOCKET_PORT}`);
  if (Buffer.byteLength(path) <= SOCKET_PATH_LIMIT_BYTES) return { socketDir: pgDir };
  return { port: await freePort() };
}

/** The settings of a pool, and the same as a URL for DATABASE_URL and psql. */
export function connectionTo(address: ClusterAddress, password: string) {
  const host = 'port' in address ? '127.0.0.1' : address.socketDir;
  const port = 'port' in address ? address.port : SOCKET_PORT;
  const poolConfig: pg.PoolConfig = {
    host,
    port,
    user: CLUSTER_ROLE,
    password,
    database: CLUSTER_DATABASE,
  };
  const query = 'port' in address ? '' : `?host=${encodeURIComponent(host)}`;
  const url = `postgres://${CLUSTER_ROLE}:${password}@127.0.0.1:${port}/${CLUSTER_DATABASE}${query}`;
  return { poolConfig, url };
}

/** Connects once, makes the database where it is missing, and says what it met. */
export async function askCluster(config: pg.PoolConfig): Promise<Answer> {
  const client = new pg.Client({
    ...config,
    database: 'postgres',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  client.on('error', () => undefined); // a cut connection is met by the query below
  try {
    await client.connect();
    const found = await client.query('select 1 from pg_database where datname = $1', [
      CLUSTER_DATABASE,
    ]);
    if (found.rowCount === 0) await client.query(`create database ${CLUSTER_DATABASE}`);
    return 'ready';
  } catch (error) {
    return answerOf(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function answerOf(error: unknown): Answer {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === '57P03') return 'starting';
  if (code === '28P01') return 'password';
  return 'down';
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = address && typeof address === 'object' ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
