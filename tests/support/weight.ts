import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

/** What a build weighs, brotli bytes as the server sends them. */
export interface Weight {
  /** Everything that is loaded to show `/` on a first visit, before the worker fetches the rest. */
  firstScreen: number;
  /** Which files those are, as paths in the build. */
  firstScreenFiles: string[];
  /** Everything the worker keeps, and the worker itself. */
  shell: number;
  shellFiles: number;
  roles: Record<'desk' | 'publish', number>;
  /** The built-in report. */
  reportPack: number;
}

interface Chunk {
  file: string;
  imports?: string[];
  css?: string[];
}

/** Loaded before the first screen although imported dynamically: the texts of one script. */
const FIRST_DYNAMIC = ['locales/parts/zh-Hans.first.json'];

/** Measures a build in `appDir` (dist/app). */
export async function measureWeight(appDir: string): Promise<Weight> {
  const manifest = JSON.parse(
    await readFile(path.join(appDir, '.vite/manifest.json'), 'utf8'),
  ) as Record<string, Chunk>;
  const shell = [...(await precached(appDir)), 'sw.js'];
  const weigh = (files: Iterable<string>) => sum(appDir, [...new Set(files)]);
  const role = async (name: string) =>
    weigh(JSON.parse(await readFile(path.join(appDir, `role-${name}.json`), 'utf8')) as string[]);
  const first = ['index.html', ...firstScreenFiles(manifest)];
  return {
    firstScreen: await weigh(first),
    firstScreenFiles: first,
    shell: await weigh(shell),
    shellFiles: new Set(shell).size,
    roles: { desk: await role('desk'), publish: await role('publish') },
    reportPack: await weigh(shell.filter((file) => file.startsWith('packs/'))),
  };
}

/** The worker's own list, as it stands in the built sw.js. */
export async function precached(appDir: string): Promise<string[]> {
  const source = await readFile(path.join(appDir, 'sw.js'), 'utf8');
  const urls = [...source.matchAll(/[{,]"?url"?:"([^"]+)"/g)].map((match) => match[1] ?? '');
  if (urls.length === 0) throw new Error('no precache list in sw.js');
  return urls;
}

function firstScreenFiles(manifest: Record<string, Chunk>): string[] {
  const files = new Set<string>();
  const add = (key: string) => {
    const chunk = manifest[key];
    if (!chunk) throw new Error(`${key} is not in the build's manifest`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const css of chunk.css ?? []) files.add(css);
    for (const imported of chunk.imports ?? []) add(imported);
  };
  for (const key of ['index.html', ...FIRST_DYNAMIC]) add(key);
  for (const key of Object.keys(manifest))
    if (key.endsWith('.css')) files.add(manifest[key]?.file ?? '');
  return [...files];
}

async function sum(appDir: string, files: string[]): Promise<number> {
  const sizes = await Promise.all(files.map((file) => sentSize(path.join(appDir, file))));
  return sizes.reduce((total, size) => total + size, 0);
}

async function sentSize(file: string): Promise<number> {
  const compressed = await stat(`${file}.br`).catch(() => null);
  if (compressed) return compressed.size;
  if (/\.(png|webp|jpg)$/.test(file)) return (await stat(file)).size;
  return brotliCompressSync(await readFile(file), {
    params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
  }).length;
}
