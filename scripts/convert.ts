/** `npm run --silent convert -- --to hant|hans`: stdin to stdout, line by line. */
import { StringDecoder } from 'node:string_decoder';
import { parseArgs } from 'node:util';
import { loadToHant } from '#script/load-to-hant.ts';
import { toHans } from '#script/to-hans.ts';

const USAGE = 'usage: npm run --silent convert -- --to hant|hans < in > out';

const target = readTarget();
if (target === undefined) {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = 2;
} else {
  // A reader such as `head` may close early: that is its right, not an error.
  process.stdout.on('error', () => process.exit(0));
  await run(target === 'hant' ? await loadToHant() : toHans);
}

function readTarget(): 'hant' | 'hans' | undefined {
  try {
    const { values } = parseArgs({ options: { to: { type: 'string' } } });
    return values.to === 'hant' || values.to === 'hans' ? values.to : undefined;
  } catch {
    return undefined;
  }
}

async function run(convert: (text: string) => string): Promise<void> {
  for await (const line of lines(process.stdin)) {
    if (process.stdout.write(convert(line))) continue;
    await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
}

/** Whole lines with their own endings; a character may be cut between two chunks. */
async function* lines(input: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of input) {
    const parts = (rest + decoder.write(chunk)).split(/(?<=\n)/u);
    rest = parts.pop() ?? '';
    if (rest.endsWith('\n')) {
      parts.push(rest);
      rest = '';
    }
    yield* parts;
  }
  rest += decoder.end();
  if (rest !== '') yield rest;
}
