/**
 * Makes the built-in report, public/packs/report/, from its source. Run after a change of the text;
 * a test fails while the checked-in pack is stale. `--check` writes nothing and exits 1 then.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { makeReportPack } from '#content/report/pack.ts';
import { toHant } from '#script/to-hant.ts';

const folder = fileURLToPath(new URL('../public/packs/report/', import.meta.url));
const files = makeReportPack(toHant);
const stale = [...files].filter(([name, bytes]) => !isSame(folder + name, bytes));

if (process.argv.includes('--check')) {
  for (const [name] of stale) process.stderr.write(`stale: public/packs/report/${name}\n`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of stale) writeFileSync(folder + name, bytes);
  process.stdout.write(`report pack: ${stale.length} of ${files.size} files written\n`);
}

function isSame(path: string, bytes: Uint8Array): boolean {
  try {
    return readFileSync(path).equals(bytes);
  } catch {
    return false;
  }
}
