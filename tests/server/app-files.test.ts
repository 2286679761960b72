import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { staticRoutes } from '#server/http/static.routes.ts';
import { onePageApp } from '#tests/support/server.ts';

const folder = mkdtempSync(join(tmpdir(), 'rixue-app-'));
const appDir = onePageApp(join(folder, 'app'));
const pastAssetsDir = join(folder, 'assets');
let routes: ReturnType<typeof staticRoutes>;

beforeAll(() => {
  const asset = join(appDir, 'assets', 'index-1a2b3c4d.js');
  writeFileSync(`${asset}.br`, brotliCompressSync('export const here = 1\n'));
  writeFileSync(`${asset}.gz`, gzipSync('export const here = 1\n'));
  mkdirSync(join(appDir, 'packs', 'report'), { recursive: true });
  writeFileSync(join(appDir, 'packs', 'report', 'manifest.json'), '{}');
  writeFileSync(join(appDir, '.build.json'), '{}');
  mkdirSync(pastAssetsDir);
  writeFileSync(join(pastAssetsDir, 'old-99887766.js'), 'export const old = 1\n');
  writeFileSync(join(folder, 'secret.txt'), 'not yours');
  routes = staticRoutes({ appDir, pastAssetsDir });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const get = async (path: string, headers: Record<string, string> = {}) =>
  routes.request(`http://x${path}`, { headers });

describe('P-07 what is served where', () => {
  it.each([
    '/assets/none-00000000.js',
    '/assets/',
    '/assets/none',
    '/assets/..%2f..%2fsecret',
    '/packs/none',
    '/icons/',
    '/none.js',
    '/none.css',
    '/assets/index-1a2b3c4d.js.br',
    '/assets/../../secret.txt',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '/..%2fsecret.txt',
    '/.build.json',
    '/packs/report/none.json',
    '/packs/none/manifest.json',
    '/sw.js.map',
    '/icons/none.png',
    '/%ff.js',
    '/index.html/none.js',
    '/today.html',
  ])('%s is 404 and never the page', async (path) => {
    const answer = await get(path, { accept: '*/*' });
    const body = await answer.text();
    expect([answer.status, body]).toEqual([404, '{"error":"request.not-found"}']);
  });

  it.each(['script', 'style', 'empty', 'worker', 'image', 'manifest', 'serviceworker'])(
    'a path without an extension asked for as %s is 404',
    async (destination) => {
      expect((await get('/desk', { 'sec-fetch-dest': destination })).status).toBe(404);
    },
  );

  it.each(['/', '/report', '/library', '/activities', '/me', '/desk', '/publish', '/join', '/a/b'])(
    '%s opens the page',
    async (path) => {
      const asked: Record<string, string>[] = [
        {},
        { accept: '*/*' },
        { accept: 'text/html,application/xhtml+xml', 'sec-fetch-dest': 'document' },
      ];
      for (const headers of asked) {
        const answer = await get(path, headers);
        expect(answer.status).toBe(200);
        expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
        expect(answer.headers.get('cache-control')).toBe('no-cache');
      }
    },
  );

  it('asks again for page, worker, manifest and packs; keeps hashed files for a year', async () => {
    for (const path of [
      '/index.html',
      '/sw.js',
      '/manifest.webmanifest',
      '/packs/report/manifest.json',
    ])
      expect((await get(path)).headers.get('cache-control')).toBe('no-cache');
    const asset = await get('/assets/index-1a2b3c4d.js');
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const etag = asset.headers.get('etag') ?? '';
    expect((await get('/assets/index-1a2b3c4d.js', { 'if-none-match': etag })).status).toBe(304);
  });

  it('P-02 still has the hashed files of past builds', async () => {
    const answer = await get('/assets/old-99887766.js');
    expect([answer.status, await answer.text()]).toEqual([200, 'export const old = 1\n']);
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  });

  it('P-02 stays one build when another is put in its place', async () => {
    const page = await (await get('/')).text();
    onePageApp(appDir, '<p>build 2</p>');
    expect(await (await get('/')).text()).toBe(page);
    rmSync(join(pastAssetsDir, 'old-99887766.js'));
    expect((await get('/assets/old-99887766.js')).status).toBe(404);
  });

  it('sends what lies compressed as it lies, to whoever takes it', async () => {
    const path = '/assets/index-1a2b3c4d.js';
    const text = 'export const here = 1\n';
    const br = await get(path, { 'accept-encoding': 'gzip, deflate, br' });
    expect(br.headers.get('content-encoding')).toBe('br');
    expect(brotliDecompressSync(Buffer.from(await br.arrayBuffer())).toString()).toBe(text);
    const gz = await get(path, { 'accept-encoding': 'gzip, br;q=0' });
    expect(gunzipSync(Buffer.from(await gz.arrayBuffer())).toString()).toBe(text);
    const plain = await get(path);
    expect([plain.headers.get('content-encoding'), await plain.text()]).toEqual([null, text]);
  });

  it('answers HEAD as GET without a body', async () => {
    const answer = await routes.request('http://x/index.html', { method: 'HEAD' });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(Number(answer.headers.get('content-length'))).toBeGreaterThan(100);
  });
});

describe('X-13 what a document may do', () => {
  const hash = (text: string) => createHash('sha256').update(text).digest('base64');

  it('runs the app’s own files and the boot code by its hash, and nothing unsafe', async () => {
    const policy = (await get('/')).headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src 'self' 'sha256-${hash('self.boot = 1')}'`,
      `style-src 'self' 'sha256-${hash('p { margin: 0 }')}'`,
      "img-src 'self' data: blob:",
      "font-src 'self'",
      "connect-src 'self'",
      "manifest-src 'self'",
      "worker-src 'self'",
      "media-src 'self' blob:",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ]);
    expect(policy).not.toContain('unsafe');
  });

  it('sniffs nothing, tells no referrer, uses camera and wake lock alone', async () => {
    const { headers } = await get('/me');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('permissions-policy')).toMatch(/camera=\(self\).*geolocation=\(\)/);
  });

  it('is told to documents only', async () => {
    for (const path of ['/sw.js', '/assets/index-1a2b3c4d.js', '/none.js'])
      expect((await get(path)).headers.get('content-security-policy')).toBeNull();
  });
});
