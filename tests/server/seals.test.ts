/** What the server makes of chains and seals: it looks, it marks, it refuses nothing. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { personScope, type Grant } from '#domain/roles.ts';
import type { Seal } from '#protocol/sync.ts';
import { countGaps } from '#server/db/device-gaps.ts';
import { personalDevice } from '#tests/support/personal-device.ts';
import { startServer } from '#tests/support/server.ts';
import { createSealer, hashBytes } from '#tests/support/wire-seal.ts';
import {
  joinWire,
  newId,
  secretOf,
  selfRecord,
  wireDevice,
  wireRecord,
} from '#tests/support/wire-device.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let branch: string;
let desk: Awaited<ReturnType<typeof personalDevice>>;

const secretary = (scope: string): Grant[] => [
  { scope, role: 'member' },
  { scope, role: 'secretary' },
];

beforeAll(async () => {
  server = await startServer();
  const first = await joinWire(server.url, secretOf(server.invitations[4] ?? { url: 'none:' }));
  branch = first.branch;
});
afterAll(() => server.stop());
beforeEach(async () => {
  desk = await personalDevice(server, newId(), secretary(branch));
});

const activity = (seq: number, more = {}) =>
  wireRecord({
    ...{ kind: 'activity', scope: branch, seq },
    body: { type: 'lecture', title: '党课', starts: 1_772_700_000_000 },
    ...more,
  });

const codes = ({ results }: { results: { from: number; code: string; reason?: string }[] }) =>
  results.map(({ from, code, reason }) => [from, code, ...(reason ? [reason] : [])]);

async function chainOf({ device }: { device: string }) {
  const { rows } = await server.pool.query<{ seq: number; sealed: boolean; hash: Buffer }>(
    'select seq::int, sealed, hash from chain_links where device = $1 order by seq, sealed',
    [device],
  );
  return rows;
}

async function placeOf({ device }: { device: string }) {
  const { rows } = await server.pool.query(
    'select seq::int, top::int, known::int from chains where device = $1',
    [device],
  );
  return rows[0] as { seq: number; top: number; known: number };
}

async function sealed(upTo?: number): Promise<Seal[]> {
  const seal = await desk.sealer.seal(upTo);
  return seal ? [seal] : [];
}

describe('a seal', () => {
  it('is verified batch by batch, from where the chain was verified before', async () => {
    expect(codes(await desk.sync({ records: [activity(1), activity(2)] }))).toEqual([[1, 'ok']]);
    const answer = await desk.sync({ records: [activity(3)] });
    expect(codes(answer)).toEqual([[3, 'ok']]);
    expect(answer.sealed).toBeUndefined();
    expect(await placeOf(desk)).toEqual({ seq: 3, top: 3, known: 3 });
    expect((await chainOf(desk)).map(({ seq, sealed: is }) => [seq, is])).toEqual([
      [1, true],
      [2, true],
      [3, true],
    ]);
  });

  it('covers later what came without one', async () => {
    expect(codes(await desk.sync({ records: [activity(1)], seals: [] }))).toEqual([
      [1, 'to-confirm', 'unsealed'],
    ]);
    await desk.sync({ records: [activity(2)] });
    expect(await placeOf(desk)).toMatchObject({ seq: 2 });
  });

  it('X-11 of somebody else, mangled, or over another record seals nothing and refuses nothing', async () => {
    // Over the very chain of this device, so that nothing but the signature is wrong.
    const first = activity(1);
    const stranger = await createSealer({ person: desk.person, device: desk.device });
    stranger.add([first]);
    const second = activity(2);
    desk.sealer.add([first, second]);
    const [good] = await sealed(2);
    const flipped = {
      ...good!,
      signature: good!.signature.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')),
    };
    const wrong = [
      [first, (await stranger.seal())!],
      [second, flipped],
    ] as const;
    for (const [record, seal] of wrong) {
      const answer = await desk.sync({ records: [record], seals: [seal] });
      expect(codes(answer)).toEqual([[record.seq, 'to-confirm', 'unsealed']]);
      expect(answer.sealed).toBe(0);
    }
    const forged = await desk.sync({ records: [activity(3)], seals: await sealed(3) });
    expect(codes(forged)).toEqual([[3, 'to-confirm', 'unsealed']]);
    expect(await placeOf(desk)).toMatchObject({ seq: 0, known: 3 });
  });

  it('S-07 marks what waits for the others too, and says so again when it is repeated', async () => {
    const record = activity(1);
    await desk.sync({ records: [record], seals: [] });
    const again = await desk.sync({ records: [record], seals: [] });
    expect(codes(again)).toEqual([[1, 'to-confirm', 'unsealed']]);
    const rows = (await desk.pullAll()).filter((row) => row.id === record.id);
    expect(rows.map((row) => row.confirm)).toEqual(['unsealed']);
  });

  it('is not asked for on self records', async () => {
    const record = selfRecord(personScope(desk.person), 1);
    expect(codes(await desk.sync({ records: [record], seals: [] }))).toEqual([[1, 'ok']]);
  });

  it('is not asked for where the device never gave a key: its token is all there is', async () => {
    await server.pool.query('update devices set public_key = null where device = $1', [
      desk.device,
    ]);
    expect(codes(await desk.sync({ records: [activity(1)], seals: [] }))).toEqual([[1, 'ok']]);
  });

  it('S-06 covers the neighbours of refused records, whose hashes stay in the chain', async () => {
    const bad = { ...activity(2), day: 'yesterday' };
    const unknown = { ...activity(3), kind: 'score' };
    const foreign = activity(4, { scope: newId() });
    const answer = await desk.sync({ records: [activity(1), bad, unknown, foreign, activity(5)] });
    expect(codes(answer)).toEqual([
      [1, 'ok'],
      [2, 'invalid', 'malformed'],
      [3, 'invalid', 'unknown-kind'],
      [4, 'forbidden', 'writer'],
      [5, 'ok'],
    ]);
    expect(await placeOf(desk)).toMatchObject({ seq: 5 });
    expect((await chainOf(desk))[1]?.hash).toEqual(hashBytes(desk.sealer.hashOf(bad)));
  });

  it('names a refused record that the server cannot read, so that the chain goes on', async () => {
    const lost = activity(1);
    desk.sealer.add([lost, activity(2)]);
    const record = activity(2);
    desk.sealer.add([record]);
    const refused = [{ seq: 1, hash: desk.sealer.hashOf(lost) }];
    const seals = (await sealed()).map((seal) => ({ ...seal, refused }));
    expect(codes(await desk.sync({ records: [record], seals }))).toEqual([[2, 'ok']]);
    expect(await placeOf(desk)).toEqual({ seq: 2, top: 2, known: 2 });
  });

  it('is believed over records that the server lacks, until they are there', async () => {
    const [first, second] = [activity(1), activity(2)];
    desk.sealer.add([first]);
    const answer = await desk.sync({ records: [second] });
    expect(codes(answer)).toEqual([[2, 'ok']]);
    expect(answer.sealed).toBe(0);
    await desk.sync({ records: [first], seals: await sealed() });
    expect(await placeOf(desk)).toMatchObject({ seq: 2 });
  });
});

describe('a signing key that was lost', () => {
  it('is replaced under the same device; what was sealed stays sealed', async () => {
    const before = activity(1);
    await desk.sync({ records: [before] });
    const sealer = await createSealer(desk);
    const record = activity(2);
    sealer.add([before, record]);
    const phone = wireDevice(server.url, { ...desk, sealer });
    const answer = await phone.sync({ records: [record], key: sealer.key });
    expect(codes(answer)).toEqual([[2, 'ok']]);
    expect(await placeOf(desk)).toMatchObject({ seq: 2 });
  });

  it('is not replaced by a text that is no key', async () => {
    const key = 'A'.repeat(87);
    expect(codes(await desk.sync({ records: [activity(1)], key }))).toEqual([[1, 'ok']]);
  });
});

describe('a forked chain', () => {
  it('S-07 keeps both sides, the later one to confirm, and what follows on it', async () => {
    await desk.sync({ records: [activity(1), activity(2)] });
    const image = wireDevice(server.url, { device: desk.device, token: desk.token });
    const other = [activity(2), activity(3)];
    const answer = await image.sync({ records: other });
    expect(codes(answer)).toEqual([[2, 'to-confirm', 'fork']]);
    expect(codes(await image.sync({ records: other }))).toEqual([[2, 'to-confirm', 'fork']]);
    const rows = (await desk.pullAll()).filter(({ device }) => device === desk.device);
    expect(rows.map(({ seq, confirm }) => [seq, confirm])).toEqual([
      [1, undefined],
      [2, undefined],
      [2, 'fork'],
      [3, 'fork'],
    ]);
  });
});

describe('gaps', () => {
  it('are counted below the highest seq of each device, without names', async () => {
    const before = await countGaps(server.database.db);
    await desk.sync({ records: [activity(1), activity(4), activity(6)] });
    expect(await countGaps(server.database.db)).toEqual({
      devices: before.devices + 1,
      records: before.records + 3,
    });
    await desk.sync({ records: [activity(2), activity(3), activity(5)] });
    expect(await countGaps(server.database.db)).toEqual(before);
  });
});
