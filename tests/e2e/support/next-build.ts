/** Another build of the same app, without building: every hashed file has another name and another content. */
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HASHED = /^(.+-)([\w-]{8})(\.\w+)$/;
const TEXT = /\.(js|css|html|json)$/;

/** A schema that no build has yet: one more table, as an additive step adds it. */
const LATER_SCHEMA = '.version(90).stores({later:"id"})';
/** The first of the ledger's own steps, however many there are. */
const SCHEMA_STEP = /([\w$]+)\.version\(1\)\.stores\([\w$]+\)/;

/** Writes it into a folder of its own, which the caller removes. */
export function nextBuild(appDir: string, { laterSchema = false } = {}): string {
  const next = mkdtempSync(join(tmpdir(), 'rixue-next-'));
  cpSync(appDir, next, { recursive: true });
  for (const file of filesBelow(next)) if (/\.(br|gz)$/.test(file)) rmSync(file);
  const assets = join(next, 'assets');
  const renamed = readdirSync(assets).map((name) => [name, renameHash(name)] as const);
  for (const [from, to] of renamed) renameSync(join(assets, from), join(assets, to));
  for (const file of filesBelow(next).filter((path) => TEXT.test(path))) rewrite(file, renamed);
  if (laterSchema) addSchemaStep(assets);
  noteNewPage(next);
  return next;
}

function addSchemaStep(assets: string): void {
  const files = readdirSync(assets).map((name) => join(assets, name));
  const holding = files.filter((file) => SCHEMA_STEP.test(readFileSync(file, 'utf8')));
  if (holding.length !== 1) throw new Error(`${holding.length} files hold the ledger's schema`);
  const [file = ''] = holding;
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replace(SCHEMA_STEP, (step, db) => `${step},${db}${LATER_SCHEMA}`),
  );
}

/** As a bundler would name a file whose content is another. */
function renameHash(name: string): string {
  return name.replace(HASHED, (_, stem: string, hash: string, ending: string) => {
    const other = createHash('sha256').update(hash).digest('hex').slice(0, 8);
    return `${stem}${other}${ending}`;
  });
}

function rewrite(file: string, renamed: readonly (readonly [string, string])[]): void {
  let text = readFileSync(file, 'utf8');
  for (const [from, to] of renamed) text = text.replaceAll(from, to);
  writeFileSync(file, text);
}

/** The worker fetches a page of the same address again only where its revision is another. */
function noteNewPage(next: string): void {
  const worker = join(next, 'sw.js');
  const text = readFileSync(worker, 'utf8');
  const hash = createHash('md5')
    .update(readFileSync(join(next, 'index.html')))
    .digest('hex');
  const revised = text.replace(
    /"revision":"[0-9a-f]{32}","url":"index\.html"/,
    `"revision":"${hash}","url":"index.html"`,
  );
  if (revised === text) throw new Error('index.html has no revision in sw.js');
  writeFileSync(worker, revised);
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir)
    .map((name) => join(dir, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesBelow(path) : [path]));
}
