/**
 * The app's files. Promises: hashed files may be kept for a year, everything else is asked again
 * each time; a missing file is 404, never index.html, which answers navigations to paths without an
 * extension alone (P-07); hashed files of past builds are found while DATA_DIR keeps them (P-02).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono, type Context } from 'hono';
import { errorAnswer, takes } from './answers.ts';
import { listAppFiles, type AppFile } from './app-files.ts';
import { documentHeaders } from './security-headers.ts';
import { WORKER_OFF } from './worker-off.ts';

interface StaticOptions {
  /** The built app. */
  appDir: string;
  /** Hashed files of past builds; null where none are kept. */
  pastAssetsDir: string | null;
  /** Answers with the worker that takes itself back in place of the app's. */
  workerOff?: boolean;
}

const IMMUTABLE = 'public, max-age=31536000, immutable';
const INDEX = '/index.html';
const WORKER = '/sw.js';
const WORKER_HEADERS = {
  'content-type': 'text/javascript; charset=utf-8',
  'cache-control': 'no-cache',
  'x-content-type-options': 'nosniff',
};
/** No page lives here; old browsers do not say that they ask for a script. */
const FOLDERS_OF_FILES = /^\/(assets|packs|icons)(\/|$)/;

/** Serves GET and HEAD of everything that is no API. */
export function staticRoutes({ appDir, pastAssetsDir, workerOff }: StaticOptions): Hono {
  const files = listAppFiles(appDir, 'memory');
  const past = pastAssets(pastAssetsDir);
  const index = files.get(INDEX);
  const forDocuments = index ? documentHeaders(readFileSync(join(appDir, INDEX), 'utf8')) : {};
  return new Hono().get('*', async (c) => {
    const path = plainPath(c.req.path);
    if (workerOff && path === WORKER) return c.body(WORKER_OFF, 200, WORKER_HEADERS);
    const found = files.get(path === '/' ? INDEX : path) ?? past.get(path);
    if (found) return serve(c, found, path, forDocuments);
    if (index && isNavigation(c, path)) return serve(c, index, INDEX, forDocuments);
    return errorAnswer(c.req.raw, 'request.not-found');
  });
}

function pastAssets(dir: string | null): Map<string, AppFile> {
  const files = dir ? listAppFiles(dir, 'disk') : new Map<string, AppFile>();
  return new Map([...files].map(([path, file]) => [`/assets${path}`, file]));
}

async function serve(
  c: Context,
  file: AppFile,
  path: string,
  forDocuments: Record<string, string>,
): Promise<Response> {
  const isDocument = file.type.startsWith('text/html');
  const headers = new Headers({
    'cache-control': path.startsWith('/assets/') ? IMMUTABLE : 'no-cache',
    'x-content-type-options': 'nosniff',
    etag: file.etag,
    vary: 'accept-encoding',
    ...(isDocument && forDocuments),
  });
  if (c.req.header('if-none-match')?.includes(file.etag))
    return new Response(null, { status: 304, headers });
  const encoding = file.encodings.find((name) => takes(c.req.raw, name)) ?? null;
  const bytes = await file.read(encoding);
  if (!bytes) return errorAnswer(c.req.raw, 'request.not-found');
  headers.set('content-type', file.type);
  headers.set('content-length', String(bytes.length));
  if (encoding) headers.set('content-encoding', encoding);
  return new Response(new Uint8Array(bytes), { headers });
}

/** A person opening a page: no file name, and what is asked for is a document where the browser says so. */
function isNavigation(c: Context, path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name.includes('.') || FOLDERS_OF_FILES.test(path)) return false;
  const destination = c.req.header('sec-fetch-dest') ?? 'document';
  const accept = c.req.header('accept') ?? '*/*';
  return ['document', 'iframe'].includes(destination) && /text\/html|\*\/\*/.test(accept);
}

function plainPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
