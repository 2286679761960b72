/**
 * Each night, before the backup of three o'clock, so that what goes by age is in no later one. It looks
 * each minute, as the backup does: also after nights switched off. Every server of a database looks; one
 * of them does it. Promises: a clock that is years ahead for less than a day takes nothing, because the
 * first night after a gap only notes that it was; the one after it takes.
 */
import type { Logger } from 'pino';
import { addDays, civilDay, civilMinutes } from '#domain/civil-day.ts';
import { findCounty } from '#server/db/county.ts';
import { endRun, inRun, lastRun } from '#server/db/retention-runs.ts';
import type { Disk } from '#server/disk.ts';
import { keepPeriods, type RetentionDeps } from './retention.ts';

const LOOK_MS = 60_000;
const NIGHT_MINUTES = 2 * 60 + 30;
/** A clock that is wrong by less makes things go a month early at most; one of a dead battery is wrong by years. */
const GAP_DAYS = 31;

export interface RetentionNights extends Omit<RetentionDeps, 'stopped'> {
  log: Logger;
  disk: Disk;
  /** Runs each so many ms until the answer is called. */
  every: (ms: number, run: () => void) => () => void;
}

/** Begins to look; the answer ends it, after the batch that runs. */
export function startRetention(deps: RetentionNights): () => void {
  let running = false;
  let stopped = false;

  async function look(): Promise<void> {
    if (running || stopped) return;
    running = true;
    try {
      await keepOnce({ ...deps, stopped: () => stopped });
    } catch (error) {
      // The database's message may quote a row.
      const problem = String((error as { code?: unknown }).code ?? 'bug');
      if (!stopped) deps.log.error({ problem }, 'erasing by age failed');
    }
    running = false;
  }

  const end = deps.every(LOOK_MS, () => void look());
  return () => {
    stopped = true;
    end();
  };
}

/** One look: runs where a night has passed since the last run. */
export async function keepOnce(
  deps: RetentionDeps & Pick<RetentionNights, 'log' | 'disk'>,
): Promise<void> {
  const now = deps.clock.now();
  const county = await findCounty(deps.database.db);
  if (!county) return;
  const today = civilDay(now);
  const day = civilMinutes(now) >= NIGHT_MINUTES ? today : addDays(today, -1);
  const run = { county: county.id, day };
  const last = await lastRun(deps.database, run);
  if (last === day || (await deps.disk.isLow())) return;
  if (last !== null && last < addDays(day, -GAP_DAYS)) {
    await inRun(deps.database, run, run.county, (tx) => endRun(tx, run).then(() => ({})));
    deps.log.warn({ last, day }, 'long since the last night, or a wrong clock: nothing goes today');
    return;
  }
  const took = await keepPeriods(deps, run);
  if (took) deps.log.info({ took }, 'what was older than its period is gone');
}
