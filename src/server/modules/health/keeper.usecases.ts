/** The health page's answer (protocol/health.ts). */
import type { Clock } from '#lib/clock.ts';
import type { HealthAnswer } from '#protocol/health.ts';
import type { Database } from '#server/db/database.ts';
import type { Machine } from '#server/machine.ts';
import { findDatabaseFacts, type DatabaseFacts } from './keeper.repository.ts';

export interface KeeperDeps {
  database: Database;
  clock: Clock;
  machine: Machine;
}

/** Given by the build (vite.config.ts); not there when run from the sources. */
const build = typeof __BUILD__ === 'undefined' ? 'dev' : __BUILD__;

/** How the machine is. */
export async function answerHealth({
  database,
  clock,
  machine,
}: KeeperDeps): Promise<HealthAnswer> {
  const facts = await findDatabaseFacts(database.db);
  const [drill, audit] = [machine.drill(), machine.audit()];
  return {
    ...{ now: clock.now(), upSince: machine.startedAt, build },
    ...{ schema: facts.schema, database: facts.version },
    ...{ connections: database.pool.totalCount, waiting: database.pool.waitingCount },
    disk: await machine.disk(),
    backup: { automatic: machine.keepsBackups, last: newest(machine, facts) },
    drill: drill && { at: drill.at, problem: drill.problem },
    acts: { count: facts.acts, audited: audit && { at: audit.at, findings: audit.findings } },
  };
}

function newest(machine: Machine, { byHand }: DatabaseFacts): HealthAnswer['backup']['last'] {
  const auto = machine.newestBackup();
  if (auto && auto.at >= (byHand?.at ?? 0)) return { ...auto, how: 'auto' };
  return byHand && { ...byHand, how: 'hand' };
}
