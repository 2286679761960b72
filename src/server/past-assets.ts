/**
 * Hashed files of past builds, so that a page opened before a rebuild still finds the parts that it
 * has not loaded yet.
 */
import { copyFile, mkdir, readdir, rename, stat, unlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';

/** A page may stay open on a phone for weeks; after this a reload is fair. */
const KEEP_MS = 60 * 24 * 3600 * 1000;

interface KeepAssetsOptions {
  /** The built app; its folder `assets` holds files whose names carry their hash. */
  appDir: string;
  dataDir: string;
  /** Milliseconds since 1970. */
  now: number;
}

/**
 * Copies the current build's hashed files to DATA_DIR/assets and drops those that no build of the last
 * 60 days had. A file's time there is the last start of a build that has it.
 */
export async function keepAssets({ appDir, dataDir, now }: KeepAssetsOptions): Promise<void> {
  const from = join(appDir, 'assets');
  const to = join(dataDir, 'assets');
  // Whoever could write here could put code into every page.
  await mkdir(to, { recursive: true, mode: 0o700 });
  const kept = new Set(await readdir(to));
  for (const name of await filesIn(from)) {
    if (!kept.has(name)) await copyWhole(join(from, name), join(to, name));
    await utimes(join(to, name), now / 1000, now / 1000);
    kept.delete(name);
  }
  for (const name of kept) {
    const seen = await stat(join(to, name));
    if (now - seen.mtimeMs > KEEP_MS) await unlink(join(to, name));
  }
}

async function filesIn(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

/** A copy that was cut off must not be taken for the file, whose name promises its content. */
async function copyWhole(from: string, to: string) {
  await copyFile(from, `${to}.part`);
  await rename(`${to}.part`, to);
}
