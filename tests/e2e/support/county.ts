/** A county for a story: the built server as a process of its own, over a database of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startTestPostgres } from '#tests/support/postgres.ts';

/** What `npm run build` wrote; another build's folder for whoever works beside it. */
export const DIST =
  process.env['RIXUE_DIST'] ?? fileURLToPath(new URL('../../../dist', import.meta.url));

/** A start on a busy machine. */
const READY_LIMIT_MS = 60_000;
/** How many invitations follow `ready` on an empty database: of everybody, or of the administrator alone. */
const INVITED = { demo: 12, empty: 1 };

export interface County {
  port: number;
  /** The nth printed invitation of a role, as its secret: each phone opens it at its own address. */
  invitation(role: string, nth: number): string;
  /** Rows as the database's owner sees them, past row-level security. */
  rows<T extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<T[]>;
  /** Ends the server and starts it again on the same port and data, with another built app or settings. */
  restart(appDir: string, settings?: Record<string, string>): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the built server on an empty database, with more settings where given, and waits until it is ready. */
export async function openCounty(
  seed: 'demo' | 'empty',
  settings: Record<string, string> = {},
): Promise<County> {
  const postgres = await startTestPostgres();
  const dataDir = mkdtempSync(join(tmpdir(), 'rixue-county-'));
  const run = (env: Record<string, string>) =>
    spawn(process.execPath, [join(DIST, 'server', 'main.js'), `--${seed}`], {
      env: {
        ...process.env,
        ...{ HOST: '127.0.0.1', LOG_LEVEL: 'warn', PUBLIC_URL: '' },
        ...{ DATA_DIR: dataDir, DATABASE_URL: postgres.url, ...env },
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  let child = run({ PORT: '0', APP_DIR: join(DIST, 'app'), ...settings });
  const said = await readyLines(child, INVITED[seed]);
  const port = Number(/^ready \S+:(\d+)$/m.exec(said)?.[1]);
  const end = async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  };
  const pool = new pg.Pool({ ...postgres.poolConfig, max: 2 });
  pool.on('error', () => undefined); // the database is dropped under idle connections
  const printed = [...said.matchAll(/^invitation (\w+) \S+#(\S+)$/gm)];
  return {
    port,
    invitation(role, nth) {
      const secret = printed.filter((line) => line[1] === role)[nth]?.[2];
      if (!secret) throw new Error(`no invitation ${role} ${nth} in: ${said}`);
      return secret;
    },
    rows: async <T extends pg.QueryResultRow>(sql: string, values: unknown[] = []) =>
      (await pool.query<T>(sql, values)).rows,
    async restart(appDir, settings = {}) {
      await end();
      child = run({ PORT: String(port), APP_DIR: appDir, ...settings });
      await readyLines(child, 0);
    },
    async stop() {
      await end();
      await pool.end();
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function readyLines(child: ChildProcess, invited: number): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready: ${said}`)), READY_LIMIT_MS);
    child.stdout?.on('data', (text: Buffer) => {
      said += text;
      if (!/^ready .*\n/m.test(said)) return;
      if ((said.match(/^invitation .*\n/gm) ?? []).length < invited) return;
      clearTimeout(timer);
      resolve(said);
    });
    child.stderr?.on('data', (text: Buffer) => (said += text));
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`ended with ${code}: ${said}`));
    });
  });
}
