/**
 * Folders of files to serve, listed once at the start: a path that is not in the list is not there,
 * so no request can walk out of the folder.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

export type Encoding = 'br' | 'gzip';

/** One file to serve. */
export interface AppFile {
  type: string;
  /** Of the plain content, quoted. */
  etag: string;
  /** What lies ready compressed. */
  encodings: readonly Encoding[];
  /** The bytes, plain or as they lie compressed; null where the file has gone since. */
  read(encoding: Encoding | null): Promise<Buffer | null>;
}

/**
 * memory: page and files stay those of one build, also when another is put in their place.
 * disk: for files whose names promise their content.
 */
export type Keeping = 'memory' | 'disk';

const ENDINGS: Record<Encoding, string> = { br: '.br', gzip: '.gz' };

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.mp3': 'audio/mpeg',
  '.m4a': 'audio/mp4',
};

/** The type of a file by its name; what is unknown is only ever bytes. */
function typeOf(name: string): string {
  return TYPES[extname(name)] ?? 'application/octet-stream';
}

/** Every file below `dir` by its URL path; empty where the folder is missing. Hidden files stay out. */
export function listAppFiles(dir: string, keeping: Keeping): Map<string, AppFile> {
  const all = new Set(filesBelow(dir));
  const files = new Map<string, AppFile>();
  for (const file of all) {
    if (/\.(br|gz)$/.test(file) && all.has(file.replace(/\.(br|gz)$/, ''))) continue;
    const encodings = (['br', 'gzip'] as const).filter((name) => all.has(file + ENDINGS[name]));
    const path = `/${relative(dir, file).split(sep).join('/')}`;
    files.set(path, describeFile(file, encodings, keeping));
  }
  return files;
}

function describeFile(file: string, encodings: readonly Encoding[], keeping: Keeping): AppFile {
  const content = readFileSync(file);
  const hash = createHash('sha256').update(content).digest('base64url');
  const kept = new Map<Encoding | null, Buffer>([[null, content]]);
  if (keeping === 'memory')
    for (const name of encodings) kept.set(name, readFileSync(file + ENDINGS[name]));
  const fromDisk = (name: Encoding | null) =>
    readFile(name ? file + ENDINGS[name] : file).catch(() => null);
  return {
    type: typeOf(file),
    etag: `"${hash.slice(0, 22)}"`,
    encodings,
    read: keeping === 'disk' ? fromDisk : async (name) => kept.get(name) ?? null,
  };
}

function filesBelow(dir: string): string[] {
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(dir, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .flatMap((entry) => {
      const path = join(dir, entry.name);
      return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : [];
    });
}
