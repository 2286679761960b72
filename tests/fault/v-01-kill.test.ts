import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { times } from '#tests/support/long.ts';
import { createSeededRandom } from '#tests/support/seeded-random.ts';
import { spawnServer } from '#tests/support/server.ts';
import { joinWire, secretOf, type WireDevice, wireRecord } from '#tests/support/wire-device.ts';

/** Two requests are always under way, so that a kill meets one in every state. */
const WRITERS = 2;
const BATCH = 5;
/** A kill comes this long after the server answers again. */
const PUSHING_MS = { least: 40, most: 400 };

it(
  'V-01 finds every receipt after kill -9 in the middle of pushing',
  { timeout: 600_000 },
  async () => {
    const random = createSeededRandom(1);
    const server = await spawnServer({ seed: 'demo', onDisk: true });
    const secretary = server.invitations.find(({ role }) => role === 'secretary');
    const desk = await joinWire(server.url, secretOf(secretary ?? { url: 'none:' }));
    const receipts = new Map<string, number>();
    const pushing = keepPushing(desk, receipts);
    for (let kill = 0; kill < times(5, 50); kill += 1) {
      const had = receipts.size;
      await expect.poll(() => receipts.size, { timeout: 60_000 }).toBeGreaterThan(had);
      await sleep(PUSHING_MS.least + random() * (PUSHING_MS.most - PUSHING_MS.least));
      await server.kill();
      await server.restart();
    }
    await pushing.stop();
    const { rows } = await server.pool.query<{ id: string; n: number }>(
      'select id, n::int as n from records where device = $1',
      [desk.device],
    );
    const stored = new Map(rows.map(({ id, n }) => [id, n]));
    expect(stored.size).toBe(rows.length);
    expect([...receipts].filter(([id, n]) => stored.get(id) !== n)).toEqual([]);
    await server.stop();
  },
);

/** Pushes batch after batch until it is stopped and notes every receipt: the record's id and its number. */
function keepPushing(desk: WireDevice, receipts: Map<string, number>) {
  let going = true;
  let seq = 0;
  async function write() {
    while (going) {
      const records = Array.from({ length: BATCH }, () =>
        wireRecord({
          ...{ kind: 'activity', scope: desk.branch, seq: (seq += 1) },
          body: { type: 'lecture', title: '党课', starts: 1_772_700_000_000 },
        }),
      );
      const answer = await desk.sync({ records }).catch(() => null);
      if (!answer) await sleep(20); // it is dead or not yet back
      for (const { code, from, to, n } of answer?.results ?? [])
        for (const record of records)
          if (code === 'ok' && n !== undefined && from <= record.seq && record.seq <= to)
            receipts.set(record.id, n - (to - record.seq));
    }
  }
  const writers = Promise.all(Array.from({ length: WRITERS }, write));
  return {
    async stop() {
      going = false;
      await writers;
    },
  };
}
