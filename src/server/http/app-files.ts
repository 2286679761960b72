/**
 * The built app's files, listed once at the start: a path that is not in the list is not there, so
 * no request can walk out of the folder.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

/** One file to serve. */
export interface AppFile {
  /** On disk. */
  file: string;
  type: string;
  /** Of the plain content, quoted. */
  etag: string;
  /** Encodings that lie ready beside it. */
  encodings: { br?: string; gzip?: string };
}

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
export function typeOf(name: string): string {
  return TYPES[extname(name)] ?? 'application/octet-stream';
}

/** Every file below `dir` by its URL path; empty where the folder is missing. Hidden files stay out. */
export function listAppFiles(dir: string): Map<string, AppFile> {
  const all = new Set(filesBelow(dir));
  const files = new Map<string, AppFile>();
  for (const file of all) {
    if (/\.(br|gz)$/.test(file) && all.has(file.replace(/\.(br|gz)$/, ''))) continue;
    files.set(`/${relative(dir, file).split(sep).join('/')}`, {
      file,
      type: typeOf(file),
      etag: `"${createHash('sha256').update(readFileSync(file)).digest('base64url').slice(0, 22)}"`,
      encodings: {
        ...(all.has(`${file}.br`) && { br: `${file}.br` }),
        ...(all.has(`${file}.gz`) && { gzip: `${file}.gz` }),
      },
    });
  }
  return files;
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
