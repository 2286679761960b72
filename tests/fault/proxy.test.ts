import { createServer, type IncomingMessage, type Server } from 'node:http';
import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProxy, type Proxy, type ProxyOptions } from '#tests/support/proxy.ts';
import { villageLinks } from '#tests/support/village-links.ts';

/** The proxy is the ground all other fault tests stand on, so it is tested itself. */
describe('the proxy', () => {
  let server: Server;
  let seen: { path: string; body: string; complete: boolean }[];
  const proxies: Proxy[] = [];

  beforeEach(async () => {
    seen = [];
    server = createServer((incoming, outgoing) => {
      const entry = { path: incoming.url ?? '', body: '', complete: false };
      seen.push(entry);
      incoming.on('data', (part: Buffer) => (entry.body += part.toString('latin1')));
      incoming.on('error', () => undefined);
      incoming.on('end', () => {
        entry.complete = true;
        const text = 'x'.repeat(Number(/\/size\/(\d+)/.exec(entry.path)?.[1] ?? 5));
        if (entry.path === '/gzip') outgoing.setHeader('content-encoding', 'gzip');
        if (entry.path === '/br') outgoing.setHeader('content-encoding', 'br');
        const coded = { '/gzip': gzipSync('packed'), '/br': brotliCompressSync('pressed') };
        outgoing.end(coded[entry.path as '/gzip' | '/br'] ?? text);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(async () => {
    await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
    server.closeAllConnections();
    server.close();
  });

  async function through(options: Partial<ProxyOptions> = {}): Promise<Proxy> {
    const { port } = server.address() as AddressInfo;
    const proxy = await createProxy({ target: { host: '127.0.0.1', port }, ...options });
    proxies.push(proxy);
    return proxy;
  }

  it('passes requests and answers, and counts their bytes with headers', async () => {
    const proxy = await through();
    expect((await fetchText(proxy, '/size/20000')).body).toHaveLength(20_000);
    expect(proxy.bytes.down).toBeGreaterThan(20_000);
    expect(proxy.bytes.down).toBeLessThan(20_500);
    expect(proxy.bytes.up).toBeGreaterThan(30);
    expect(proxy.connections).toBe(1);
  });

  it('refuses while closed, ends what was open, and opens on the same port', async () => {
    const proxy = await through();
    const agent = new Agent({ keepAlive: true });
    await fetchText(proxy, '/', { agent });
    await proxy.close();
    await expect(fetchText(proxy, '/', { agent })).rejects.toThrow(
      /ECONNREFUSED|ECONNRESET|hang up/,
    );
    await expect(fetchText(proxy, '/')).rejects.toThrow('ECONNREFUSED');
    await proxy.open();
    expect((await fetchText(proxy, '/')).body).toBe('xxxxx');
    agent.destroy();
  });

  it('takes as long as bandwidth and round trips say', async () => {
    const proxy = await through();
    proxy.shape({ downBps: 400_000, upBps: 400_000, rttMs: 200 });
    const { ms } = await timed(() => fetchText(proxy, '/size/20000'));
    // handshake 200 + request 100 + answer 100 + 20 kB at 50 kB/s = 400
    expect(ms).toBeGreaterThan(780);
    expect(ms).toBeLessThan(1100);
  });

  it('shares the link between connections', async () => {
    const proxy = await through();
    proxy.shape({ downBps: 800_000 });
    const { ms } = await timed(() =>
      Promise.all([1, 2, 3].map(() => fetchText(proxy, '/size/20000'))),
    );
    expect(ms).toBeGreaterThan(580);
    expect(ms).toBeLessThan(900);
  });

  it('stalls a lost segment by the larger of 600 ms and two round trips, the same by seed', async () => {
    const times = [];
    for (const seed of [4, 4]) {
      const proxy = await through({ seed });
      proxy.shape({ loss: 0.3 });
      times.push((await timed(() => fetchText(proxy, '/size/5000'))).ms);
    }
    const [first = 0, second = 0] = times;
    expect(first).toBeGreaterThan(590);
    expect(Math.abs(first - second)).toBeLessThan(150);
  });

  it('hangs once in each period', async () => {
    const proxy = await through({ seed: 2 });
    proxy.shape({ stall: { everyMs: 900, forMs: 600 } });
    let longest = 0;
    const until = performance.now() + 1000;
    while (performance.now() < until) {
      longest = Math.max(longest, (await timed(() => fetchText(proxy, '/'))).ms);
    }
    expect(longest).toBeGreaterThan(300);
  });

  it('carries 30 kB over village link B', async () => {
    const proxy = await through({ seed: 9 });
    proxy.shape(villageLinks.B);
    const { ms, value } = await timed(() => fetchText(proxy, '/size/30000'));
    expect(value.body).toHaveLength(30_000);
    expect(ms).toBeGreaterThan(900 + 300 + 1500);
    expect(ms).toBeLessThan(20_000);
  });

  it('cuts an answer after exactly k bytes, once', async () => {
    const proxy = await through({ record: true });
    for (const bytes of [0, 1, 17, 120, 1399, 1400, 1401, 4000]) {
      proxy.forget();
      const cut = proxy.cutAfter({ bytes, direction: 'down' });
      await expect(fetchText(proxy, '/size/9000')).rejects.toThrow();
      await cut.done;
      expect(proxy.bytes.down).toBe(bytes);
      expect((await fetchText(proxy, '/size/9000')).body).toHaveLength(9000);
    }
    expect(seen.every(({ complete }) => complete)).toBe(true);
  });

  it('cuts a request after exactly k bytes: the server saw no whole one', async () => {
    const proxy = await through();
    for (const bytes of [1, 50, 1400, 3000]) {
      proxy.forget();
      const cut = proxy.cutAfter({ bytes, direction: 'up', reset: bytes === 50 });
      await expect(fetchText(proxy, '/push', { body: 'y'.repeat(4000) })).rejects.toThrow();
      expect(cut.happened).toBe(true);
      expect(proxy.bytes.up).toBe(bytes);
    }
    expect(seen.some(({ complete }) => complete)).toBe(false);
  });

  it('cuts each connection after so many bytes', async () => {
    const proxy = await through();
    proxy.shape({ cutEveryBytes: 16_384 });
    expect((await fetchText(proxy, '/size/10000')).body).toHaveLength(10_000);
    await expect(fetchText(proxy, '/size/20000')).rejects.toThrow();
    expect((await fetchText(proxy, '/size/10000')).body).toHaveLength(10_000);
  });

  it('cuts everything each time so many milliseconds have passed', async () => {
    const proxy = await through();
    proxy.shape({ downBps: 80_000, cutEveryMs: 300 });
    await expect(fetchText(proxy, '/size/10000')).rejects.toThrow();
    expect((await fetchText(proxy, '/size/100')).body).toHaveLength(100);
  });

  it('sends a request twice, the phone sees one answer', async () => {
    const proxy = await through();
    proxy.duplicateRequests(1, /^\/push/);
    await fetchText(proxy, '/other');
    expect((await fetchText(proxy, '/push', { body: 'twice' })).body).toBe('xxxxx');
    await expect.poll(() => proxy.duplicated()).toBe(1);
    expect(seen.map(({ path, body }) => path + body)).toEqual([
      '/other',
      '/pushtwice',
      '/pushtwice',
    ]);
    await fetchText(proxy, '/push', { body: 'once' });
    expect(seen.filter(({ body }) => body === 'once')).toHaveLength(1);
  });

  it('plays the captive portal: 200 and a page for everything', async () => {
    const proxy = await through();
    proxy.captivePortal('<h1>Wi-Fi</h1>');
    const answer = await fetchText(proxy, '/api/sync', { body: '{}' });
    expect(answer).toMatchObject({ status: 200, body: '<h1>Wi-Fi</h1>' });
    expect(seen).toEqual([]);
    proxy.captivePortal(null);
    expect((await fetchText(proxy, '/')).body).toBe('xxxxx');
  });

  it('holds answers back and lets them flow again', async () => {
    const proxy = await through();
    proxy.stallAnswers();
    const answer = fetchText(proxy, '/size/50000');
    await expect.poll(() => seen.length).toBe(1);
    const first = await Promise.race([answer, new Promise((r) => setTimeout(r, 300, 'silent'))]);
    expect(first).toBe('silent');
    expect(proxy.bytes.down).toBe(0);
    proxy.stallAnswers(false);
    expect((await answer).body).toHaveLength(50_000);
  });

  it('gives back the answers a phone got, decoded', async () => {
    const proxy = await through({ record: true });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    await fetchText(proxy, '/gzip', { agent });
    await fetchText(proxy, '/size/7', { agent, method: 'HEAD' });
    await fetchText(proxy, '/br', { agent, body: 'asked' });
    agent.destroy();
    expect(proxy.answers().map((each) => [each.path, each.status, each.body.toString()])).toEqual([
      ['/gzip', 200, 'packed'],
      ['/size/7', 200, ''],
      ['/br', 200, 'pressed'],
    ]);
    expect(proxy.answers()[2]?.requestBody.toString()).toBe('asked');
  });

  it('marks an answer that was cut', async () => {
    const proxy = await through({ record: true });
    proxy.cutAfter({ bytes: 500, direction: 'down' });
    await expect(fetchText(proxy, '/size/9000')).rejects.toThrow();
    expect(proxy.answers()).toMatchObject([{ status: 200, complete: false }]);
  });
});

type FetchOptions = { body?: string; agent?: Agent; method?: string };

/** node:http and not fetch: one connection a call unless an agent is handed in. */
function fetchText(proxy: Proxy, path: string, options: FetchOptions = {}) {
  const { body, agent = new Agent({ keepAlive: false }), method = body ? 'POST' : 'GET' } = options;
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const call = request(
      { host: '127.0.0.1', port: proxy.port, path, method, agent },
      (answer: IncomingMessage) => {
        let text = '';
        answer.on('data', (part: Buffer) => (text += part.toString('latin1')));
        answer.on('error', reject);
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: text }));
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const start = performance.now();
  const value = await work();
  return { ms: performance.now() - start, value };
}
