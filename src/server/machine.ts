/** What the health page asks of the machine beside the database. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Disk, FreeBytes } from './disk.ts';
import { auditNote, type AuditNote } from './tasks/audit/audit-note.ts';
import { automaticBackups, backupTime } from './tasks/backup/automatic.ts';
import { drillNote, type DrillNote } from './tasks/backup/drill.ts';

/** The port: facts as they are now; null where there is none. */
export interface Machine {
  /** When this process began, ms. */
  startedAt: number;
  /** Whether this server writes backups by itself. */
  keepsBackups: boolean;
  disk(): Promise<{ free: number; low: boolean } | null>;
  newestBackup(): { at: number; bytes: number } | null;
  drill(): DrillNote | null;
  audit(): AuditNote | null;
}

/** Where there is no machine to speak of: the simulator's. */
export const NO_MACHINE: Machine = {
  startedAt: 0,
  keepsBackups: false,
  disk: async () => null,
  newestBackup: () => null,
  drill: () => null,
  audit: () => null,
};

/** The machine that has `dataDir`; `ownDatabase`: whether the database lies there too. */
export function machineOf(
  { dataDir, ownDatabase }: { dataDir: string; ownDatabase: boolean },
  { disk, freeBytes, startedAt }: { disk: Disk; freeBytes: FreeBytes; startedAt: number },
): Machine {
  return {
    startedAt,
    keepsBackups: ownDatabase,
    async disk() {
      if (!ownDatabase) return null;
      const free = await freeBytes().catch(() => null);
      return free === null ? null : { free, low: await disk.isLow() };
    },
    newestBackup() {
      const name = automaticBackups(dataDir).at(-1);
      const at = name === undefined ? null : backupTime(name);
      if (name === undefined || at === null) return null;
      const found = statSync(join(dataDir, 'backups', name), { throwIfNoEntry: false });
      return found ? { at, bytes: found.size } : null;
    },
    drill: () => drillNote(dataDir),
    audit: () => auditNote(dataDir),
  };
}
