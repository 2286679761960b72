/**
 * The clock of what the server does by itself: each night a backup and an audit of the acts, each week
 * a drill. It looks each minute, because a machine that slept has no timer for the night.
 */
import type { Logger } from 'pino';
import type { Sources } from '#server/db/server-records.ts';
import type { Disk, FreeBytes } from '#server/disk.ts';
import { audit } from '#server/tasks/audit/audit.ts';
import { automaticBackups, isBackupDue, writeAutomatic, type AutomaticPlace } from './automatic.ts';
import { drill, isDrillDue, noteDrill } from './drill.ts';

const LOOK_MS = 60_000;
/** What failed for want of room or rights will fail a minute later too. */
const AFTER_FAILURE_MS = 3_600_000;

export interface NightlyDeps extends AutomaticPlace, Pick<Sources, 'clock' | 'random'> {
  log: Logger;
  disk: Disk;
  freeBytes: FreeBytes;
  /** Runs each so many ms until the answer is called. */
  every: (ms: number, run: () => void) => () => void;
}

/** Begins to look; the answer ends it. A backup that runs then is cut off with the database and leaves no file. */
export function startNightly(deps: NightlyDeps): () => void {
  let running = false;
  let stopped = false;
  let notBefore = 0;

  async function look(): Promise<void> {
    const now = deps.clock.now();
    if (running || deps.clock.monotonic() < notBefore) return;
    const work = isBackupDue(deps.dataDir, now)
      ? backUpAndAudit
      : isDrillDue(deps.dataDir, now)
        ? drillNewest
        : null;
    if (!work) return;
    running = true;
    const problem = (await deps.disk.isLow()) ? 'disk low' : await work(deps, now, () => stopped);
    running = false;
    if (!problem) return;
    notBefore = deps.clock.monotonic() + AFTER_FAILURE_MS;
    deps.log.error({ problem }, failed(work));
  }

  const failed = (work: unknown) =>
    work === drillNewest ? 'the restore drill failed' : 'the nightly backup failed';
  const end = deps.every(LOOK_MS, () => void look());
  return () => {
    stopped = true;
    end();
  };
}

/** Null, or a short code of what stood in the way. */
async function backUpAndAudit(deps: NightlyDeps, now: number): Promise<string | null> {
  try {
    const written = await writeAutomatic(deps, now);
    if (!written.ok) return `${written.error.code} ${written.error.detail}`;
    deps.log.info('backup written');
    const found = await audit(deps, now);
    if (found && found.findings.length > 0)
      deps.log.error({ findings: found.findings.length }, 'acts were altered: npm run audit');
    return null;
  } catch (error) {
    return codeOf(error);
  }
}

/** As above; noted, too, unless the server was stopped meanwhile. */
async function drillNewest(
  deps: NightlyDeps,
  now: number,
  stopped: () => boolean,
): Promise<string | null> {
  const backup = automaticBackups(deps.dataDir).at(-1) ?? '';
  try {
    const problem = await drill(deps, backup, deps);
    noteDrill(deps.dataDir, { at: now, backup, problem });
    if (!problem) deps.log.info('a restore was tried and went well');
    return problem;
  } catch (error) {
    if (!stopped()) noteDrill(deps.dataDir, { at: now, backup, problem: 'drill.database' });
    return codeOf(error);
  }
}

/** The database's message may quote a row. */
function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code ?? 'bug');
}
