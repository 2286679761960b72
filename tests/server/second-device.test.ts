/** A phone and a second device of one person, each with the real data and sync code, over a real server. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { regain } from '#data/recovery-card.ts';
import type { MoveWay } from '#data/moving.port.ts';
import { moveLookup } from '#domain/move-code.ts';
import { cardText, readCard } from '#domain/recovery-card.ts';
import { createIds } from '#lib/ids.ts';
import type { TakeRequest } from '#protocol/move.ts';
import { createFetchTransport } from '#sync/fetch-transport.ts';
import { createMoving } from '#sync/moving.ts';
import type { Transport } from '#sync/transport.port.ts';
import { createHeadlessDevice, type HeadlessDevice } from '#tests/support/headless-device.ts';
import { startServer } from '#tests/support/server.ts';

const random = {
  bytes: (length: number) => globalThis.crypto.getRandomValues(new Uint8Array(length)),
};
const clock = { now: () => Date.now(), monotonic: () => performance.now() };
const HOUR_MS = 3_600_000;
const studied = (day: string) => ({ day, minutes: 30, how: 'book' });

let server: Awaited<ReturnType<typeof startServer>>;
let network: Transport;
let nth = 0;
let phone: HeadlessDevice;
let browser: HeadlessDevice;
const devices: HeadlessDevice[] = [];

beforeAll(async () => {
  server = await startServer({ seed: 'demo' });
  network = createFetchTransport({
    ...{ server: server.url, clock },
    fetch: (input, init) => globalThis.fetch(input, init),
  });
});
afterAll(async () => {
  await Promise.all(devices.map((device) => device.close()));
  await server.stop();
});
beforeEach(async () => {
  const invitation = server.invitations[(nth += 1) - 1]?.url ?? '';
  phone = await device(invitation);
  await phone.enrol();
  await phone.record('study', studied('2026-03-01'));
  await phone.sync();
  browser = await device('');
});

async function device(invitation: string): Promise<HeadlessDevice> {
  const made = await createHeadlessDevice({ server: server.url, invitation });
  devices.push(made);
  return made;
}

function movingOf({ ledger }: HeadlessDevice, transport = network) {
  const ids = createIds({ clock, random });
  return createMoving({ ledger, transport, ids, random, clock, subtle: crypto.subtle });
}
async function codeOf(from: HeadlessDevice, way: MoveWay = 'phone'): Promise<string> {
  const made = await movingOf(from).make(way);
  if (!made.ok) throw new Error(made.error);
  return made.value.code;
}
const daysOf = async ({ ledger }: HeadlessDevice) =>
  (await ledger.records({ kind: 'study' }))
    .map(({ body }) => (body as { day: string }).day)
    .toSorted();
const keyOf = async ({ ledger }: HeadlessDevice) => (await ledger.current())?.key;

describe('a second device', () => {
  it('reads the study of the first at once, and each reads what the other writes', async () => {
    const taken = await movingOf(browser).take(await codeOf(phone));
    expect(taken).toMatchObject({ ok: true, value: { device: { where: 'phone' } } });
    await browser.sync();
    expect(await daysOf(browser)).toEqual(['2026-03-01']);
    await browser.record('study', studied('2026-03-02'));
    await phone.record('study', studied('2026-03-03'));
    for (const one of [browser, phone, browser]) await one.sync();
    const all = ['2026-03-01', '2026-03-02', '2026-03-03'];
    expect([await daysOf(phone), await daysOf(browser)]).toEqual([all, all]);
    expect(await keyOf(browser)).toEqual(await keyOf(phone));
  });

  it('goes on reading when a card from the drawer is used on the first', async () => {
    const { person } = (await phone.ledger.current()) ?? {};
    await movingOf(browser).take(await codeOf(phone));
    await browser.sync();
    const drawer = readCard(cardText(person ?? '', random.bytes(32)), person ?? '');
    if (!drawer.ok) throw new Error(drawer.error);
    const { ledger } = phone;
    await regain({ ledger, crypto: globalThis.crypto, random }, drawer.value);
    await phone.record('study', studied('2026-03-04'));
    await browser.record('study', studied('2026-03-05'));
    for (const one of [phone, browser, phone]) await one.sync();
    const all = ['2026-03-01', '2026-03-04', '2026-03-05'];
    expect([await daysOf(phone), await daysOf(browser)]).toEqual([all, all]);
  });

  it('keeps what somebody wrote there before, under another device and key', async () => {
    await movingOf(browser).take(await codeOf(phone));
    await browser.sync();
    const before = (await browser.ledger.current())?.device;
    await browser.record('study', studied('2026-03-06'));
    const again = await codeOf(phone, 'office-day');
    expect(await movingOf(browser).take(again)).toEqual({ ok: false, error: 'move.unsent' });
    await browser.sync();
    const taken = await movingOf(browser).take(again);
    expect(taken).toMatchObject({ ok: true, value: { device: { where: 'office' } } });
    expect((await browser.ledger.current())?.device).not.toBe(before);
    await browser.sync();
    await phone.sync();
    expect(await daysOf(browser)).toEqual(['2026-03-01', '2026-03-06']);
    expect(await daysOf(phone)).toEqual(['2026-03-01', '2026-03-06']);
  });

  it('stands in the own list with what it is and until when, and in the branch by the yes of the first', async () => {
    const before = Date.now();
    await movingOf(browser).take(await codeOf(phone, 'office-day'));
    await browser.sync();
    await phone.sync();
    const { device } = (await browser.ledger.current()) ?? {};
    const [said] = await phone.ledger.records({ kind: 'own-device' });
    expect(said).toMatchObject({ device, body: { where: 'office' } });
    const { until } = (said?.body as { until: number } | undefined) ?? { until: 0 };
    expect(until).toBeGreaterThanOrEqual(before + 12 * HOUR_MS);
    expect(until).toBeLessThanOrEqual(Date.now() + 12 * HOUR_MS);
    const yes = await phone.ledger.records({ kind: 'consent' });
    expect(yes.map((row) => row.device)).toContain(device);
    const { rows } = await server.pool.query(`select from records where body like '%office%'`);
    expect(rows).toEqual([]);
  });

  it('S-02 is the same one where the answer was lost, and is not asked for on the device that made it', async () => {
    const code = await codeOf(phone);
    const asked: TakeRequest[] = [];
    const lossy: Transport = {
      async post(...given) {
        asked.push(JSON.parse(new TextDecoder().decode(given[1].bytes)) as TakeRequest);
        const reply = await network.post(...given);
        if (asked.length > 1) return reply;
        return { ok: false, error: { code: 'network.timeout', answering: true, retryAfter: null } };
      },
    };
    expect(await movingOf(phone, lossy).take(code)).toEqual({ ok: false, error: 'move.own' });
    const moving = movingOf(browser, lossy);
    expect(await moving.take(code)).toEqual({ ok: false, error: 'network.timeout' });
    expect(await moving.take(code)).toMatchObject({ ok: true });
    expect(asked[1]).toEqual(asked[0]);
    expect(JSON.stringify(asked)).not.toContain(code);
    const { rows } = await server.pool.query('select lookup, sealed from moves where lookup = $1', [
      moveLookup(code),
    ]);
    expect(JSON.stringify(rows)).not.toContain(code);
  });

  it('takes nobody in on a server’s word alone: what is closed under another code opens nothing', async () => {
    const code = await codeOf(phone);
    const other = await codeOf(phone);
    await server.pool.query('update moves set lookup = $1 where lookup = $2', [
      moveLookup(code),
      moveLookup(other),
    ]);
    expect(await movingOf(browser).take(code)).toEqual({ ok: false, error: 'move.over' });
    expect(await browser.ledger.people()).toEqual([]);
  });

  it('is not let in any more once the code was taken back', async () => {
    const code = await codeOf(phone);
    expect(await movingOf(phone).takeBack()).toEqual({ ok: true, value: null });
    expect(await movingOf(browser).take(code)).toEqual({ ok: false, error: 'move.over' });
  });
});
