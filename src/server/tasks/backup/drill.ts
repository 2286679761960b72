/**
 * A restore that nobody has to think of: the newest automatic backup is read into a database of its
 * own beside the county's, looked at, and dropped again. What nobody has read back is no backup.
 *
 * Promises: the county's own database is not touched; what a drill that was cut off left behind goes
 * with the next one; how it went stands in DATA_DIR/drill.json.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Sources } from '#server/db/server-records.ts';
import { DISK_LOW_BYTES, type FreeBytes } from '#server/disk.ts';
import { auditActs } from '#server/tasks/audit/audit-acts.ts';
import { writeNote } from '#server/tasks/notes.ts';
import { automaticBackups, automaticKey, type AutomaticPlace } from './automatic.ts';
import { restoreBackup } from './backup-file.ts';
import type { BackupErrorCode } from './backup-errors.ts';

/** How the last drill went. */
export interface DrillNote {
  /** When it was, ms. */
  at: number;
  /** The backup's file name. */
  backup: string;
  problem: DrillProblem | null;
}

/**
 * room: not tried, a second copy might fill the disk · heads: records are missing in the copy · acts:
 * the acts in it are not sound · database: the database would not.
 */
type DrillProblem =
  BackupErrorCode | 'drill.room' | 'drill.heads' | 'drill.acts' | 'drill.database';

/** A week: a file that goes bad does so slowly, and a large county takes minutes. */
const AGAIN_MS = 7 * 86_400_000;
/** Rows, their indexes, and the log of writing them. */
const ROOM_OF_A_COPY = 3;
const DRILL_DATABASE = 'rixue_drill';

/** Whether a week has passed, or a backup was written since one that did not come back. */
export function isDrillDue(dataDir: string, now: number): boolean {
  const newest = automaticBackups(dataDir).at(-1);
  if (newest === undefined) return false;
  const note = drillNote(dataDir);
  if (!note || Math.abs(now - note.at) >= AGAIN_MS) return true;
  return note.problem !== null && note.backup !== newest;
}

/** The note of the last one, or null where there is none that can be read. */
export function drillNote(dataDir: string): DrillNote | null {
  try {
    return JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as DrillNote;
  } catch {
    return null;
  }
}

/** Notes how a drill went. */
export function noteDrill(dataDir: string, note: DrillNote): void {
  writeNote(fileOf(dataDir), note);
}

/** Reads the newest automatic backup back; null, or what stood in the way. Throws where the database does. */
export async function drill(
  { dataDir, poolConfig }: AutomaticPlace,
  backup: string,
  { freeBytes, ...sources }: Pick<Sources, 'clock' | 'random'> & { freeBytes: FreeBytes },
): Promise<DrillProblem | null> {
  return withClient(poolConfig, async (client) => {
    await client.query(DROP);
    if (!(await hasRoom(client, freeBytes))) return 'drill.room';
    await client.query(`create database ${DRILL_DATABASE} encoding 'UTF8' template template0`);
    try {
      const copy = { ...poolConfig, database: DRILL_DATABASE };
      const file = join(dataDir, 'backups', backup);
      const place = { file, passphrase: automaticKey(dataDir), poolConfig: copy };
      const restored = await restoreBackup(place, sources);
      return restored.ok ? await withClient(copy, lookAt) : restored.error.code;
    } finally {
      await client.query(DROP);
    }
  });
}

const DROP = `drop database if exists ${DRILL_DATABASE} with (force)`;

async function hasRoom(client: pg.ClientBase, freeBytes: FreeBytes): Promise<boolean> {
  const { rows } = await client.query<{ size: number }>(
    'select pg_database_size(current_database())::float8 as size',
  );
  const wanted = DISK_LOW_BYTES + (rows[0]?.size ?? 0) * ROOM_OF_A_COPY;
  return freeBytes().then(
    (free) => free >= wanted,
    () => true, // nobody can tell: then nobody said that it is full
  );
}

/** Every scope ends where its head says, and the acts are sound. */
async function lookAt(client: pg.Client): Promise<DrillProblem | null> {
  const { rowCount } = await client.query(`
    select from scopes s where s.n > 0 and not exists (
      select from records r where r.scope = s.scope and r.n = s.n and r.tag = s.tag) limit 1`);
  if (rowCount) return 'drill.heads';
  const audit = await auditActs(client, null);
  return audit && audit.findings.length > 0 ? 'drill.acts' : null;
}

async function withClient<T>(
  config: pg.PoolConfig,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(config);
  client.on('error', () => undefined); // a cut connection fails its query
  await client.connect();
  return work(client).finally(() => client.end());
}

function fileOf(dataDir: string): string {
  return join(dataDir, 'drill.json');
}
