/**
 * What the last audit found, in DATA_DIR/audit.json: outside the database, so that whoever cuts off
 * the end of the chain there, or makes it anew, does not reach it with SQL.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeNote } from '#server/tasks/notes.ts';
import type { Audit, ChainEnd } from './audit-acts.ts';

export interface AuditNote {
  /** When it was, ms. */
  at: number;
  /** How many findings there were. */
  findings: number;
  /** Where the chain stood when it was last found sound. */
  end: ChainEnd;
}

/** The note, or null where there is none that can be read. */
export function auditNote(dataDir: string): AuditNote | null {
  try {
    return JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as AuditNote;
  } catch {
    return null;
  }
}

/** Notes an audit at `now` (ms). After findings the end stays that of the last sound one. */
export function noteAudit(dataDir: string, { end, findings }: Audit, now: number): void {
  const before = auditNote(dataDir)?.end ?? { n: 0, hash: '' };
  const note: AuditNote = {
    at: now,
    findings: findings.length,
    end: findings.length === 0 ? end : before,
  };
  writeNote(fileOf(dataDir), note);
}

/** After a restore the chain stands where the backup left it. */
export function forgetAudit(dataDir: string): void {
  rmSync(fileOf(dataDir), { force: true });
}

function fileOf(dataDir: string): string {
  return join(dataDir, 'audit.json');
}
