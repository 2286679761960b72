/** The clock of automatic backups. It looks each minute, because a machine that slept has no timer for the night. */
import type { Logger } from 'pino';
import type { Clock } from '#lib/clock.ts';
import type { Disk } from '#server/disk.ts';
import { isBackupDue, writeAutomatic, type AutomaticPlace } from './automatic.ts';

const LOOK_MS = 60_000;
/** What failed for want of room or rights will fail a minute later too. */
const AFTER_FAILURE_MS = 3_600_000;

export interface NightlyDeps extends AutomaticPlace {
  clock: Clock;
  log: Logger;
  disk: Disk;
  /** Runs each so many ms until the answer is called. */
  every: (ms: number, run: () => void) => () => void;
}

/** Begins to look; the answer ends it. A backup that runs then is cut off with the database and leaves no file. */
export function startNightly(deps: NightlyDeps): () => void {
  let running = false;
  let notBefore = 0;

  async function look(): Promise<void> {
    const now = deps.clock.now();
    if (running || deps.clock.monotonic() < notBefore || !isBackupDue(deps.dataDir, now)) return;
    running = true;
    const problem = (await deps.disk.isLow()) ? 'disk low' : await backUp(deps, now);
    running = false;
    if (!problem) return;
    notBefore = deps.clock.monotonic() + AFTER_FAILURE_MS;
    deps.log.error({ problem }, 'the nightly backup failed');
  }

  return deps.every(LOOK_MS, () => void look());
}

/** Null, or a short code of what stood in the way. */
async function backUp(deps: NightlyDeps, now: number): Promise<string | null> {
  try {
    const written = await writeAutomatic(deps, now);
    if (written.ok) deps.log.info('backup written');
    return written.ok ? null : `${written.error.code} ${written.error.detail}`;
  } catch (error) {
    // The database's message may quote a row.
    return String((error as { code?: unknown }).code ?? 'bug');
  }
}
