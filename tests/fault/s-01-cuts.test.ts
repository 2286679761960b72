import { expect, it } from 'vitest';
import { createHeadlessDevice } from '#tests/support/headless-device.ts';
import { isLong } from '#tests/support/long.ts';
import { createProxy, type Proxy } from '#tests/support/proxy.ts';
import { createSeededRandom } from '#tests/support/seeded-random.ts';
import { startServer } from '#tests/support/server.ts';

/** Beside the edges, in the short form. */
const SEEDED_BYTES = 32;
const LONG_MS = 900_000;

it(
  'S-01 loses, doubles and hides nothing wherever request or answer are cut',
  { timeout: LONG_MS },
  async () => {
    const server = await startServer({ seed: 'demo' });
    const proxy = await createProxy({ target: { host: '127.0.0.1', port: server.port } });
    const [first, second] = server.invitations.filter(({ role }) => role === 'secretary');
    const device = await createHeadlessDevice({ server: proxy.url, invitation: first?.url ?? '' });
    await device.enrol();
    await device.sync();
    let written = 0;
    const write = () =>
      device.record('activity', {
        type: 'other',
        title: `会 ${(written += 1)}`,
        starts: 1_000_000,
      });

    const edges = await bytesOfOneSync(proxy, write, () => device.sync());
    for (const direction of ['up', 'down'] as const) {
      for (const bytes of placesIn(edges[direction])) {
        const saved = await write();
        const cut = proxy.cutAfter({ bytes, direction });
        await device.sync().catch(() => undefined);
        if (!cut.happened) await device.sync().catch(() => undefined);
        const held = await device.ledger.records({ kind: 'activity' });
        expect(held.filter(({ id }) => id === saved.id)).toHaveLength(1);
      }
    }
    while ((await device.ledger.unsent()) > 0) await device.sync().catch(() => undefined);
    await device.sync();

    const person = await device.ledger.current();
    const { rows } = await server.pool.query<{ id: string; n: number }>(
      "select id, n::int as n from records where device = $1 and kind = 'activity'",
      [person?.device],
    );
    const own = (await device.ledger.records({ kind: 'activity' })).filter(
      (row) => row.device === person?.device,
    );
    expect(rows).toHaveLength(written);
    expect(own.every(({ state }) => state === 'sent')).toBe(true);
    expect(new Map(own.map(({ id, n }) => [id, n]))).toEqual(
      new Map(rows.map(({ id, n }) => [id, n])),
    );

    const other = await createHeadlessDevice({ server: server.url, invitation: second?.url ?? '' });
    await other.enrol();
    await other.sync();
    const seen = (await other.ledger.records({ kind: 'activity' })).filter(
      (row) => row.device === person?.device,
    );
    expect(seen.map(({ id }) => id).sort()).toEqual(own.map(({ id }) => id).sort());
    await Promise.all([device.close(), other.close()]);
    await proxy.close();
    await server.stop();
  },
);

/** How long request and answer of one more record are. */
async function bytesOfOneSync(
  proxy: Proxy,
  write: () => Promise<unknown>,
  sync: () => Promise<unknown>,
): Promise<{ up: number; down: number }> {
  await write();
  await sync();
  await write();
  proxy.forget();
  await sync();
  return { ...proxy.bytes };
}

/** After which bytes to cut: every one in the long form, else both edges and seeded ones between. */
function placesIn(length: number): number[] {
  if (isLong) return Array.from({ length }, (_, i) => i + 1);
  const random = createSeededRandom(length);
  const between = Array.from({ length: SEEDED_BYTES }, () => 1 + Math.floor(random() * length));
  return [1, 2, length - 1, length, ...between];
}
