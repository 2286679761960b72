/** One audit: against the note of the last one, and noted. */
import pg from 'pg';
import type { AutomaticPlace } from '#server/tasks/backup/automatic.ts';
import { auditActs, type Audit } from './audit-acts.ts';
import { auditNote, noteAudit } from './audit-note.ts';

/** What it found at `now` (ms); null in a database from before there were acts. Throws where the database does. */
export async function audit(
  { dataDir, poolConfig }: AutomaticPlace,
  now: number,
): Promise<Audit | null> {
  const client = new pg.Client(poolConfig);
  client.on('error', () => undefined); // a cut connection fails its query
  await client.connect();
  try {
    const found = await auditActs(client, auditNote(dataDir)?.end ?? null);
    if (found) noteAudit(dataDir, found, now);
    return found;
  } finally {
    await client.end();
  }
}
