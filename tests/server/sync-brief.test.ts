import { PROTOCOL_VERSION } from '#protocol/version.ts';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { knowsOf } from '#protocol/brief.ts';
import { COMPACT_TYPE, toCompact } from '#protocol/compact.ts';
import type { BriefAnswer, SyncRequest } from '#protocol/sync.ts';
import { bodyOf } from '#tests/support/bodies.ts';
import { startServer } from '#tests/support/server.ts';
import { joinWire, secretOf, wireRecord, type WireDevice } from '#tests/support/wire-device.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let desk: WireDevice;
let knows: string;

beforeAll(async () => {
  server = await startServer();
  desk = await joinWire(server.url, secretOf(server.invitations[4] ?? { url: 'none:' }));
  knows = knowsOf(desk);
});
afterAll(() => server.stop());

const activity = (seq: number) =>
  wireRecord({
    ...{ kind: 'activity', scope: desk.branch, seq },
    body: { type: 'lecture', title: '党课', starts: 1 },
  });

function send(body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) {
  const authorization = `Bearer ${desk.token}`;
  return fetch(`${server.url}/api/sync`, {
    method: 'POST',
    body,
    headers: { authorization, 'content-type': COMPACT_TYPE, ...headers },
  });
}

async function brief(request: Partial<SyncRequest>): Promise<BriefAnswer> {
  const seals = await sealed(request.records);
  const answer = await send(toCompact({ v: 2, ...request, seals }));
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, COMPACT_TYPE]);
  return bodyOf(new Uint8Array(await answer.arrayBuffer()));
}

/** As a phone seals what it pushes; undefined where it pushes nothing. */
async function sealed(records: readonly unknown[] = []) {
  desk.sealer.add(records);
  const seal = records.length > 0 ? await desk.sealer.seal() : null;
  return seal ? [seal] : undefined;
}

/** Where the desk stands in each of its views. */
async function level(): Promise<(number | string)[]> {
  const { pages = [] } = await brief({ knows, at: Array(3).fill([0, '']).flat(), own: true });
  return Array.from({ length: 3 }, (_, place) => {
    const { n, tag } = pages.find((page) => page.place === place)?.cursor ?? { n: 0, tag: '' };
    return [n, tag];
  }).flat();
}

describe('a brief request', () => {
  it('that knows all is answered with the time alone', async () => {
    expect(await brief({ knows, at: await level() })).toEqual({
      v: PROTOCOL_VERSION,
      now: expect.any(Number),
    });
  });

  it('gets its results, and its pages by their place', async () => {
    const at = await level();
    const answer = await brief({ knows, at, records: [activity(1)] });
    const n = Number(at[2]) + 1;
    expect(answer.results).toEqual([{ from: 1, code: 'ok', n, tag: expect.any(String) }]);
    expect(answer.pages?.map(({ place, cursor }) => [place, cursor.n])).toEqual([
      [1, n],
      [2, n],
    ]);
    expect(answer).not.toHaveProperty('grants');
  });

  it.each([
    ['grants', () => knowsOf({ ...desk, grants: [] })],
    ['an epoch', () => knowsOf({ ...desk, epoch: 'before the restore' })],
  ])(
    'of %s that are not so now moves nothing, is told them, and keeps its receipts',
    async (_, other) => {
      const answer = await brief({ knows: other(), at: [999, 'x'], records: [activity(2)] });
      expect(answer).toMatchObject({ epoch: desk.epoch, grants: desk.grants, more: true });
      expect(answer).not.toHaveProperty('pages');
      expect(answer.results).toMatchObject([{ from: 2, n: expect.any(Number) }]);
    },
  );

  it('with places that are none is served from the start', async () => {
    for (const at of [[], [1], ['x', 1], Array(128).fill(0)])
      expect((await brief({ knows, at, own: true })).pages?.length).toBeGreaterThan(0);
  });
});

describe('the view of the secretary', () => {
  it('P-13 is told to no phone of before version 5, in full or in brief, which goes on', async () => {
    for (const v of [2, 3, 4]) {
      const whole = (await (
        await desk.send({ ...desk.request({ own: true }), v })
      ).json()) as SyncAnswerOfOne;
      expect(whole.pages.map(({ view }) => view)).toEqual(['member', 'desk']);
      const { pages = [] } = await brief({ v, knows, at: [], own: true });
      expect(pages.map(({ place }) => place)).toEqual([1, 2]);
    }
    const { pages = [] } = await brief({ v: PROTOCOL_VERSION, knows, at: [], own: true });
    expect(pages.map(({ place }) => place)).toEqual([1, 2, 3]);
  });
});

describe('the small form', () => {
  it('S-20 is taken whole or not at all, gzip’ed too', async () => {
    const records = [activity(3)];
    desk.sealer.add(records);
    const whole = toCompact({ v: 2, knows, at: [], records });
    for (const length of [0, 1, 2, whole.length - 1]) {
      const answer = await send(whole.slice(0, length));
      expect([answer.status, await answer.json()]).toEqual([400, { error: 'request.malformed' }]);
    }
    const zipped = Uint8Array.from(gzipSync(whole));
    expect((await send(zipped, { 'content-encoding': 'gzip' })).status).toBe(200);
  });

  it('is answered by an error in JSON', async () => {
    const answer = await send(toCompact({ v: 2, surprise: true }));
    expect([answer.status, await answer.json()]).toEqual([400, { error: 'request.malformed' }]);
    const none = await send(toCompact({ v: 2 }), { authorization: 'Bearer none' });
    expect([none.status, await none.json()]).toEqual([401, { error: 'session.unknown' }]);
  });

  it('says the same as JSON', async () => {
    const request = { ...desk.request({ own: true }), v: 1 };
    const json = (await (await desk.send(request)).json()) as { now: number };
    const small = await (await send(toCompact(request))).arrayBuffer();
    expect(bodyOf(new Uint8Array(small))).toEqual({ ...json, now: expect.any(Number) });
  });
});

describe('version 1', () => {
  it('P-13 is answered in full, with nothing left out, whatever version 2 leaves out', async () => {
    const old = await joinWire(server.url, secretOf(server.invitations[5] ?? { url: 'none:' }));
    const request = { v: 1, device: old.device, epoch: old.epoch, cursors: [], want: 65_536 };
    const idle = (await (await old.send({ ...request, own: true })).json()) as SyncAnswerOfOne;
    expect(Object.keys(idle).sort()).toEqual(
      ['epoch', 'grants', 'more', 'now', 'pages', 'results', 'v'].sort(),
    );
    const cursors = idle.pages.map(({ scope, view, cursor }) => ({ scope, view, ...cursor }));
    const level = (await (await old.send({ ...request, cursors })).json()) as SyncAnswerOfOne;
    expect(level).toMatchObject({
      ...{ epoch: old.epoch, grants: old.grants, results: [], pages: [], more: false },
    });
    const records = [activity(1)];
    old.sealer.add(records);
    const seals = [await old.sealer.seal()];
    const pushed = await old.send({ ...request, cursors, records, seals });
    const { results, pages } = (await pushed.json()) as SyncAnswerOfOne;
    expect(results).toMatchObject([{ from: 1, to: 1, code: 'ok' }]);
    for (const page of pages)
      expect(Object.keys(page).sort()).toEqual(['cursor', 'more', 'rows', 'scope', 'view']);
  });
});

/** What a phone of version 1 reads; it would refuse an answer without any of these. */
interface SyncAnswerOfOne {
  results: unknown[];
  pages: { scope: string; view: string; cursor: { n: number; tag: string } }[];
}
