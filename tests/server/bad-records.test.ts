/** The catalogue of bad records against the real server: each gets its own result, its neighbours go through. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BAD_RECORDS, type BadRecordPlace } from '#tests/support/bad-records.ts';
import { startServer } from '#tests/support/server.ts';
import { joinWire, secretOf, wireRecord, type WireDevice } from '#tests/support/wire-device.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let desk: WireDevice;
let place: BadRecordPlace;
let seq = 0;

beforeAll(async () => {
  server = await startServer();
  const secret = (index: number) => secretOf(server.invitations[index] ?? { url: 'none:' });
  desk = await joinWire(server.url, secret(4));
  const other = await joinWire(server.url, secret(6));
  const { branch, person, county } = desk;
  place = { branch, person, county: county.id, foreignBranch: other.branch };
});
afterAll(() => server.stop());

const good = () =>
  wireRecord({
    ...{ kind: 'activity', scope: desk.branch, seq: (seq += 1) },
    body: { type: 'other', title: '会', starts: 1 },
  });

const stored = async (ids: readonly string[]) => {
  const { rows } = await server.pool.query('select id from records where id = any ($1)', [ids]);
  return rows.length;
};

describe('S-06 among good neighbours', () => {
  it.each(BAD_RECORDS)('$name: $code $reason', async ({ make, code, reason }) => {
    const before = good();
    const bad = make(place, (seq += 1));
    const after = good();
    const { results } = await desk.sync({ records: [before, bad, after] });
    expect(results.find((run) => run.code === code)).toMatchObject({
      code,
      ...(reason && { reason }),
    });
    expect(await stored([before.id, after.id])).toBe(2);
    const { id } = (bad ?? {}) as { id?: string };
    if (/^[0-9a-f-]{36}$/.test(id ?? '')) expect(await stored([id ?? ''])).toBe(0);
  });
});

describe('S-06 all of them at once', () => {
  it('stores every good one and answers every bad one', async () => {
    const goods = BAD_RECORDS.map(good);
    const records = BAD_RECORDS.flatMap(({ make }, i) => [make(place, (seq += 1)), goods[i]]);
    const { results } = await desk.sync({ records });
    expect(await stored(goods.map(({ id }) => id))).toBe(goods.length);
    const refused = results.filter(({ code }) => code === 'invalid' || code === 'forbidden');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.every(({ reason }) => reason !== undefined)).toBe(true);
  });

  it('takes records in the wrong order and twice, and answers each', async () => {
    const goods = [good(), good(), good()].reverse();
    const { results } = await desk.sync({ records: [...goods, ...goods] });
    expect(results.every(({ n }) => n !== undefined)).toBe(true);
    expect(await stored(goods.map(({ id }) => id))).toBe(3);
    expect((await desk.sync({ records: goods })).results.every(({ code }) => code === 'dup')).toBe(
      true,
    );
  });
});
