/** What a dying flash chip or a killed phone does to the files of the app's database, between two launches. */
import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSeededRandom } from '#tests/support/seeded-random.ts';

const FLIPPED_BYTES = 64;

/** LevelDB's folder of the one site that this profile knows. The mirror lies in another: `Local Storage`. */
export function databaseFolder(profileDir: string): string {
  const sites = join(profileDir, 'Default', 'IndexedDB');
  const [site] = readdirSync(sites).filter((name) => name.endsWith('.leveldb'));
  if (!site) throw new Error(`no database in ${sites}`);
  return join(sites, site);
}

/** The second half of what was written since the last compaction is gone. */
export function halveLog(folder: string): void {
  for (const log of filesOf(folder, /\.log$/))
    truncateSync(log, Math.floor(statSync(log).size / 2));
}

/** 64 bytes anywhere in the log are others. */
export function flipBytes(folder: string): void {
  const chance = createSeededRandom(6);
  for (const log of filesOf(folder, /\.log$/)) {
    const bytes = readFileSync(log);
    for (let n = 0; n < FLIPPED_BYTES; n += 1) {
      const at = Math.floor(chance() * bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    }
    writeFileSync(log, bytes);
  }
}

/** The pointer to the list of files says nothing. */
export function emptyCurrent(folder: string): void {
  writeFileSync(join(folder, 'CURRENT'), '');
}

/** The list of files is gone, and the pointer still names it: Chromium then never opens the database. */
export function deleteManifest(folder: string): void {
  for (const manifest of filesOf(folder, /^MANIFEST-/)) rmSync(manifest);
}

function filesOf(folder: string, name: RegExp): string[] {
  return readdirSync(folder)
    .filter((file) => name.test(file))
    .map((file) => join(folder, file));
}
