/**
 * The app's files. Promises: hashed files may be kept for a year, everything else is asked again
 * each time; a missing file is 404, never index.html, which answers navigations to paths without an
 * extension alone (P-07); hashed files of past builds are found while DATA_DIR keeps them (P-02).
 */
import { readFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono, type Context } from 'hono';
import { errorAnswer, takes } from './answers.ts';
import { listAppFiles, typeOf, type AppFile } from './app-files.ts';
import { documentHeaders } from './security-headers.ts';

interface StaticOptions {
  /** The built app. */
  appDir: string;
  /** Hashed files of past builds; null where none are kept. */
  pastAssetsDir: string | null;
}

const IMMUTABLE = 'public, max-age=31536000, immutable';
const INDEX = '/index.html';

/** Serves GET and HEAD of everything that is no API. */
export function staticRoutes({ appDir, pastAssetsDir }: StaticOptions): Hono {
  const files = listAppFiles(appDir);
  const index = files.get(INDEX);
  const forDocuments = index ? documentHeaders(readFileSync(index.file, 'utf8')) : {};
  return new Hono().get('*', async (c) => {
    const path = plainPath(c.req.path);
    const found = files.get(path === '/' ? INDEX : path);
    if (found) return serve(c, found, path, forDocuments);
    const past = await pastAsset(path, pastAssetsDir);
    if (past) return past;
    if (index && isNavigation(c, path)) return serve(c, index, INDEX, forDocuments);
    return errorAnswer(c.req.raw, 'request.not-found');
  });
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
  const encoding = (['br', 'gzip'] as const).find(
    (name) => file.encodings[name] && takes(c.req.raw, name),
  );
  const bytes = await readFile((encoding && file.encodings[encoding]) ?? file.file);
  headers.set('content-type', file.type);
  headers.set('content-length', String(bytes.length));
  if (encoding) headers.set('content-encoding', encoding);
  return new Response(new Uint8Array(bytes), { headers });
}

async function pastAsset(path: string, dir: string | null): Promise<Response | null> {
  const name = /^\/assets\/([\w-][\w.-]*)$/.exec(path)?.[1];
  if (!name || !dir) return null;
  const bytes = await readFile(join(dir, name)).catch(() => null);
  if (!bytes) return null;
  const headers = {
    'content-type': typeOf(name),
    'content-length': String(bytes.length),
    'cache-control': IMMUTABLE,
    'x-content-type-options': 'nosniff',
  };
  return new Response(new Uint8Array(bytes), { headers });
}

/** A person opening a page: no file name, and what is asked for is a document where the browser says so. */
function isNavigation(c: Context, path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name.includes('.')) return false;
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
