/** A backup that somebody asked for: an act (db/acts.ts), because a copy of everything leaves the server's keeping. */
import { rm, stat } from 'node:fs/promises';
import pg from 'pg';
import type { Result } from '#lib/result.ts';
import { appendOwnersAct, countyWithActs } from '#server/db/acts.ts';
import type { BackupError } from './backup-errors.ts';
import { writeBackup, type BackupPlace } from './backup-file.ts';

/** Writes it as of `now` (ms). Where the act cannot be written the file goes again, and this throws. */
export async function writeByHand(
  place: BackupPlace,
  now: number,
): Promise<Result<null, BackupError>> {
  const written = await writeBackup(place, now);
  if (!written.ok) return written;
  try {
    const { size } = await stat(place.file);
    await noteBackup(place.poolConfig, size, now);
    return written;
  } catch (error) {
    await rm(place.file, { force: true });
    throw error;
  }
}

async function noteBackup(config: pg.PoolConfig, bytes: number, now: number): Promise<void> {
  const client = new pg.Client(config);
  client.on('error', () => undefined); // a cut connection fails its query
  await client.connect();
  try {
    const scope = await countyWithActs(client);
    if (scope === null) return; // not yet migrated by a start of this program
    await client.query('begin');
    await appendOwnersAct(client, { kind: 'backup', scope, detail: { bytes } }, now);
    await client.query('commit');
  } finally {
    await client.end();
  }
}
