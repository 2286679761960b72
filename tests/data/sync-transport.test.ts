import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gunzipSync } from 'node:zlib';
import { createFetchTransport } from '#sync/fetch-transport.ts';
import { pack } from '#sync/pack.ts';
import { createTestClock } from '#tests/support/test-clock.ts';

const json = { 'content-type': 'application/json' };

async function post(answer: (signal: AbortSignal) => Promise<Response>) {
  const fetch: typeof globalThis.fetch = (_input, init) => answer(init?.signal as AbortSignal);
  const transport = createFetchTransport({
    server: 'http://county',
    clock: createTestClock(),
    fetch,
  });
  const result = await transport.post('/api/sync', await pack({}));
  return result.ok ? result.value.json : result.error.code;
}

describe('an answer', () => {
  it('counts when it is JSON', async () => {
    expect(await post(async () => Response.json({ a: 1 }))).toEqual({ a: 1 });
  });

  it('is a portal when it is a page, a redirect or no JSON inside', async () => {
    const html = { headers: { 'content-type': 'text/html' } };
    expect(await post(async () => new Response('<h1>Log in</h1>', html))).toBe('network.portal');
    expect(await post(async () => new Response('{"cut', { headers: json }))).toBe('network.portal');
    expect(await post(async () => new Response(null, { status: 302 }))).toBe('network.portal');
    expect(await post(async () => new Response('', { status: 511 }))).toBe('network.portal');
  });

  it('has the code that the server gave, or says that the server is away', async () => {
    const revoked = Response.json({ error: 'session.revoked' }, { status: 401 });
    expect(await post(async () => revoked)).toBe('session.revoked');
    expect(await post(async () => new Response('Bad gateway', { status: 502 }))).toBe(
      'server.unavailable',
    );
    expect(await post(async () => Promise.reject(new TypeError('refused')))).toBe(
      'network.unreachable',
    );
  });

  it('tells how long the server wants to be left alone', async () => {
    const headers = { ...json, 'retry-after': '30' };
    const fetch = async () =>
      new Response('{"error":"server.unavailable"}', { status: 503, headers });
    const transport = createFetchTransport({ server: '', clock: createTestClock(), fetch });
    expect(await transport.post('/api/sync', await pack({}))).toMatchObject({
      error: { retryAfter: 30_000 },
    });
  });
});

describe('a line that says nothing', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const never = (signal: AbortSignal) =>
    new Promise<never>((_resolve, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason)),
    );

  it('S-04 is given up: before the answer, in its middle, and in all within a minute', async () => {
    const silent = post(never);
    await vi.advanceTimersByTimeAsync(16_000);
    expect(await silent).toBe('network.timeout');

    const halfway = post(
      async (signal) => new Response(bodyThat(signal, Infinity), { headers: json }),
    );
    await vi.advanceTimersByTimeAsync(16_000);
    expect(await halfway).toBe('network.timeout');

    const dripping = post(
      async (signal) => new Response(bodyThat(signal, 10_000), { headers: json }),
    );
    await vi.advanceTimersByTimeAsync(56_000);
    expect(await dripping).toBe('network.timeout');
  });

  /** One byte every so many ms. */
  function bodyThat(signal: AbortSignal, every: number): ReadableStream<Uint8Array> {
    return new ReadableStream({
      start(controller) {
        controller.enqueue(Uint8Array.of(123));
        signal.addEventListener('abort', () => controller.error(signal.reason));
        if (Number.isFinite(every)) setInterval(() => controller.enqueue(Uint8Array.of(32)), every);
      },
    });
  }
});

describe('a request', () => {
  it('is gzip from the size of a packet on, and stays under 48 KiB', async () => {
    expect((await pack({ a: 1 })).gzip).toBe(false);
    const packet = await pack({ text: 'x'.repeat(5_000) });
    expect(packet.gzip).toBe(true);
    expect(gunzipSync(packet.bytes).toString()).toContain('xxxx');
  });

  it('is gzip without CompressionStream too', async () => {
    vi.stubGlobal('CompressionStream', undefined);
    const packet = await pack({ text: 'x'.repeat(5_000) });
    vi.unstubAllGlobals();
    expect(gunzipSync(packet.bytes).toString()).toContain('xxxx');
  });
});
