/**
 * Backups that nobody has to think of: each night, and before a migration changes the database.
 *
 * Promises: they lie in DATA_DIR/backups, encrypted to a random key in DATA_DIR/backup-key (mode 600,
 * made with the first of them); the newest 14 are kept; none goes before a newer one is whole.
 */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { civilDay, civilMinutes, civilTime, addDays } from '#domain/civil-day.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { makeFolder } from '#server/db/cluster-lock.mjs';
import { type BackupError, backupErrorOf } from './backup-errors.ts';
import { writeBackup } from './backup-file.ts';

/** Two weeks of nights: long enough to notice that something went wrong. */
const KEPT = 14;
/** Three at night, when nobody meets and nobody studies. */
const NIGHT_MINUTES = 3 * 60;
const KEY_BYTES = 32;
const NAME = /^auto-(\d{4}-\d\d-\d\d)-(\d\d)(\d\d)\.backup$/;

export interface AutomaticPlace {
  dataDir: string;
  /** The database as its owner. */
  poolConfig: pg.PoolConfig;
}

/** Writes one as of `now` (ms) and drops the oldest beyond 14; its path. */
export async function writeAutomatic(
  { dataDir, poolConfig }: AutomaticPlace,
  now: number,
): Promise<Result<string, BackupError>> {
  try {
    const dir = folderOf(dataDir);
    makeFolder(dir);
    // What a process that was killed began; one process at a time has the folder.
    for (const name of readdirSync(dir)) if (name.endsWith('.part')) rmSync(join(dir, name));
    const file = join(dir, nameOf(now));
    const written = await writeBackup({ file, passphrase: automaticKey(dataDir), poolConfig }, now);
    if (!written.ok) return written;
    for (const name of automaticBackups(dataDir).slice(0, -KEPT)) rmSync(join(dir, name));
    return ok(file);
  } catch (error) {
    return fail(backupErrorOf(error));
  }
}

/** The key of automatic backups, made where there is none: the passphrase of their files. */
export function automaticKey(dataDir: string): string {
  const file = join(dataDir, 'backup-key');
  makeFolder(dataDir);
  try {
    const made = `${randomBytes(KEY_BYTES).toString('base64url')}\n`;
    writeFileSync(file, made, { mode: 0o600, flag: 'wx', flush: true });
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}

/** Whether a night has passed since the newest one, or there is none yet: also after days switched off. */
export function isBackupDue(dataDir: string, now: number): boolean {
  const newest = backupTime(automaticBackups(dataDir).at(-1) ?? '');
  if (newest === null) return true;
  const today = civilDay(now);
  const night = civilMinutes(now) >= NIGHT_MINUTES ? today : addDays(today, -1);
  return newest < civilTime(night, NIGHT_MINUTES);
}

/** When one of this name was written, ms; null where it is not the name of one. */
export function backupTime(name: string): number | null {
  const [, day, hours, minutes] = NAME.exec(name) ?? [];
  return day ? civilTime(day, Number(hours) * 60 + Number(minutes)) : null;
}

/** Their names, the oldest first. */
export function automaticBackups(dataDir: string): string[] {
  try {
    return readdirSync(folderOf(dataDir))
      .filter((name) => NAME.test(name))
      .sort();
  } catch {
    return [];
  }
}

function folderOf(dataDir: string): string {
  return join(dataDir, 'backups');
}

function nameOf(now: number): string {
  const minutes = civilMinutes(now);
  const two = (value: number) => String(value).padStart(2, '0');
  return `auto-${civilDay(now)}-${two(Math.floor(minutes / 60))}${two(minutes % 60)}.backup`;
}
