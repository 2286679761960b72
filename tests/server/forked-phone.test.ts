/** Two phones from one image: the real ledger, loop and server, and one chain that forks. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fail, ok } from '#lib/result.ts';
import { createFetchTransport } from '#sync/fetch-transport.ts';
import type { Transport } from '#sync/transport.port.ts';
import { createHeadlessDevice, type HeadlessDevice } from '#tests/support/headless-device.ts';
import { startServer } from '#tests/support/server.ts';

let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const clock = { now: () => Date.now(), monotonic: () => performance.now() };
const ACTIVITY = { type: 'lecture', title: '党课', starts: 1_772_700_000_000 };
const write = (device: HeadlessDevice) => device.record('activity', ACTIVITY);

/** The server's line, on which the first answers to a renewal are lost. */
function losingRenewals(lost: number): Transport {
  const line = createFetchTransport({
    server: server.url,
    clock,
    fetch: (...all) => fetch(...all),
  });
  let left = lost;
  return {
    async post(path, packet, token) {
      const reply = await line.post(path, packet, token);
      if (path !== '/api/renew' || left === 0) return reply.ok ? ok(reply.value) : reply;
      left -= 1;
      return fail({ code: 'network.unreachable', answering: true, retryAfter: null });
    },
  };
}

/** What a restored image is: the same person, device, token and key in another store. */
async function imageOf(phone: HeadlessDevice, transport: Transport): Promise<HeadlessDevice> {
  const image = await createHeadlessDevice({ server: server.url, invitation: '', transport });
  const {
    key: _key,
    offset: _offset,
    joinedAt: _at,
    fresh: _fresh,
    ...rest
  } = (await phone.ledger.current())!;
  await image.ledger.admit(rest);
  return image;
}

it('S-02 a copied phone keeps all that it wrote, goes on under another id, and both end the same', async () => {
  const invitation = server.invitations[4]?.url ?? '';
  const phone = await createHeadlessDevice({ server: server.url, invitation });
  await phone.enrol();
  await phone.sync();
  const image = await imageOf(phone, losingRenewals(1));
  await image.sync();
  const before = (await image.ledger.current())!.device;
  await write(phone);
  await write(image);
  const late = await write(image);
  await phone.sync();
  await image.sync();
  expect((await image.ledger.current())?.device).toBe(before);
  const between = await write(image);
  await image.sync();
  const after = (await image.ledger.current())!;
  expect(after.device).not.toBe(before);
  expect(await image.ledger.unsent()).toBe(0);
  const next = await write(image);
  await image.sync();

  const rows = await server.pool.query<{
    id: string;
    device: string;
    seq: number;
    confirm: string;
  }>(
    `select id, device, seq::int, confirm from records where kind = 'activity' and author = $1 order by n`,
    [after.person],
  );
  const told = rows.rows.map(({ device, seq, confirm }) => [device === before, seq, confirm]);
  expect(told).toEqual([
    [true, 2, null],
    [true, 2, 'fork'],
    [true, 3, 'fork'],
    [true, 4, 'fork'],
    [false, 1, null],
  ]);
  const held = (await image.records()).filter(
    ({ kind, author }) => kind === 'activity' && author === after.person,
  );
  expect(held.map(({ id }) => id).toSorted()).toEqual(rows.rows.map(({ id }) => id).toSorted());
  for (const { id } of [late, between, next]) expect(held.some((row) => row.id === id)).toBe(true);

  // The other phone's token ended with it: it hands in, and the secretary adds it anew.
  await write(phone);
  await phone.sync();
  expect(await phone.ledger.unsent()).toBe(0);
  await expect(phone.sync()).rejects.toThrow('session.revoked');
  await Promise.all([phone.close(), image.close()]);
});
