/**
 * `npm run --silent bench -- NAME`: one JSON object a line on stdout. Without a name, all of them.
 * README.md in this folder lists them.
 */
import { readdirSync } from 'node:fs';
import type { Bench } from './bench.ts';

const SUFFIX = '.bench.ts';

const benches = readdirSync(new URL('.', import.meta.url))
  .filter((file) => file.endsWith(SUFFIX))
  .map((file) => file.slice(0, -SUFFIX.length))
  .sort();

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !benches.includes(name));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no bench ${unknown.join(', ')}. There are: ${benches.join(', ')}.\n`,
  );
  process.exit(1);
}
for (const name of asked.length > 0 ? asked : benches) {
  const { run } = (await import(`./${name}${SUFFIX}`)) as Bench;
  await run((figure) => process.stdout.write(`${JSON.stringify({ bench: name, ...figure })}\n`));
}
process.exit(0);
