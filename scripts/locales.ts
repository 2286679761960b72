/**
 * `npm run locales`: makes locales/zh-Hant.json from zh-Hans.json and corrections/zh-Hant.json.
 * `-- --check` writes nothing and exits 1 when the file is stale. Complaints exit 1 either way.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type Corrections,
  deriveHant,
  formatMessages,
  type Messages,
} from '#script/derive-messages.ts';

const path = (name: string) => fileURLToPath(new URL(`../locales/${name}`, import.meta.url));
const target = path('zh-Hant.json');

const source = JSON.parse(readFileSync(path('zh-Hans.json'), 'utf8')) as Messages;
const corrections = JSON.parse(read(path('corrections/zh-Hant.json')) ?? '{}') as Corrections;
const { messages, complaints } = deriveHant(source, corrections);
const wanted = formatMessages(messages);
const stale = read(target) !== wanted;

for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
if (stale && process.argv.includes('--check')) {
  process.stderr.write('locales/zh-Hant.json is stale: npm run locales\n');
  process.exitCode = 1;
} else if (stale) {
  writeFileSync(target, wanted);
}
if (complaints.length > 0) process.exitCode = 1;

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
