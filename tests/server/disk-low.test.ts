/** A disk that fills up: nothing new is taken, everything can be read, and it goes on by itself. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDisk, DISK_LOW_BYTES, freeBytesOf } from '#server/disk.ts';
import { createHeadlessDevice } from '#tests/support/headless-device.ts';
import { startServer } from '#tests/support/server.ts';
import { createTestClock } from '#tests/support/test-clock.ts';
import {
  joinWire,
  newId,
  newSecretText,
  post,
  secretOf,
  wireRecord,
} from '#tests/support/wire-device.ts';

const disk = { low: false, isLow: async () => disk.low };
let server: Awaited<ReturnType<typeof startServer>>;

beforeAll(async () => {
  server = await startServer({ disk });
});
afterAll(() => server.stop());

const invitation = (nth: number) => server.invitations[nth] ?? { url: 'none:' };

const rowsStored = async () =>
  (await server.pool.query<{ count: number }>('select count(*)::int as count from records')).rows[0]
    ?.count;

it('answers later to records that could be stored, says what is wrong with others, and pulls go on', async () => {
  const desk = await joinWire(server.url, secretOf(invitation(4)));
  const lecture = (seq: number) =>
    wireRecord({
      ...{ kind: 'activity', scope: desk.branch, seq },
      body: { type: 'lecture', title: '党课', starts: 1 },
    });
  const before = await rowsStored();
  disk.low = true;
  const seal = { device: desk.device, upTo: 2, head: 'head', signature: 'signature' };
  const answer = await desk.sync({
    records: [lecture(1), { bad: true, seq: 2 }, lecture(3)],
    seals: [seal],
  });
  expect(answer.results.map(({ from, code }) => [from, code])).toEqual([
    [1, 'later'],
    [2, 'invalid'],
    [3, 'later'],
  ]);
  expect(answer.pages.flatMap(({ rows }) => rows).length).toBeGreaterThan(0);
  expect(await rowsStored()).toBe(before);
  expect((await server.pool.query('select from seals')).rowCount).toBe(0);
  disk.low = false;
  const again = await desk.sync({ records: [lecture(1), lecture(3)] });
  expect(again.results.map(({ code }) => code)).toEqual(['ok', 'ok']);
});

it('507 to who wants to join; the invitation still opens, and later lets in', async () => {
  disk.low = true;
  const secret = secretOf(invitation(0));
  expect((await post(`${server.url}/api/join/look`, { secret })).status).toBe(200);
  const request = { secret, device: newId(), token: newSecretText(), notice: 1 };
  const refused = await post(`${server.url}/api/join`, request);
  expect([refused.status, await refused.json()]).toEqual([507, { error: 'server.disk-low' }]);
  disk.low = false;
  expect((await post(`${server.url}/api/join`, request)).status).toBe(200);
});

it('a phone keeps what it wrote and sends it once there is room, without a tap', async () => {
  const device = await createHeadlessDevice({ server: server.url, invitation: invitation(1).url });
  await device.enrol();
  await device.sync();
  await device.record('study', { day: '2026-03-01', minutes: 30, how: 'app' });
  disk.low = true;
  // A sentence of its own (errors.server.disk-low): no signal would help.
  await expect(device.sync()).rejects.toThrow('server.disk-low');
  expect(await device.ledger.unsent()).toBe(1);
  disk.low = false;
  expect((await device.sync()).pushed).toBe(1);
  await device.close();
});

it('is low under 300 MiB, asked once in five seconds, told once, and roomy where nobody can tell', async () => {
  const clock = createTestClock();
  let free = DISK_LOW_BYTES;
  let asked = 0;
  const told: boolean[] = [];
  const measured = createDisk(
    async () => ((asked += 1), free),
    clock,
    (isLow) => told.push(isLow),
  );
  expect(await measured.isLow()).toBe(false);
  free -= 1;
  expect(await measured.isLow()).toBe(false);
  for (const expected of [true, true, false]) {
    if (!expected) free += 1;
    clock.pass(5_000);
    expect(await measured.isLow()).toBe(expected);
  }
  expect([asked, told]).toEqual([4, [true, false]]);
  expect(await createDisk(() => Promise.reject(new Error('no')), clock).isLow()).toBe(false);
  expect(await freeBytesOf('/')()).toBeGreaterThan(0);
});
