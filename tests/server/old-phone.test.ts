/** Phones that were never updated: version 1 against today's server, also where others have gone on. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { personScope } from '#domain/roles.ts';
import { PROTOCOL_VERSION } from '#protocol/version.ts';
import { personalDevice } from '#tests/support/personal-device.ts';
import { startServer } from '#tests/support/server.ts';
import { messagesOfV1 } from '#tests/support/v1/messages.ts';
import { joinPhoneOfV1 } from '#tests/support/v1/phone.ts';
import { CARD, joinWire, newId, secretOf, wireRecord } from '#tests/support/wire-device.ts';

type PhoneOfV1 = Awaited<ReturnType<typeof joinPhoneOfV1>>;

let server: Awaited<ReturnType<typeof startServer>>;
let oldMember: PhoneOfV1;
let oldSecretary: PhoneOfV1;
let newSecretary: Awaited<ReturnType<typeof joinWire>>;
let branch = '';
let seq = 1_000;

/** What a phone of version 1 sent, as it was recorded then. */
const recorded = JSON.parse(
  readFileSync(new URL('../fixtures/protocol-1.json', import.meta.url), 'utf8'),
) as { syncRequest: { records: Record<string, unknown>[] } };

beforeAll(async () => {
  server = await startServer();
  const secret = (index: number) => secretOf(server.invitations[index] ?? { url: 'none:' });
  oldMember = await joinPhoneOfV1(server.url, secret(0), newId());
  oldSecretary = await joinPhoneOfV1(server.url, secret(4), newId());
  branch = oldSecretary.grants[0]?.scope ?? '';
  const others = [await joinWire(server.url, secret(5)), await joinWire(server.url, secret(6))];
  const beside = others.find((one) => one.branch === branch);
  if (!beside) throw new Error('the branch has a second desk');
  newSecretary = beside;
});
afterAll(() => server.stop());

/** The recorded records in the place of this test's people. */
const replayed = () =>
  recorded.syncRequest.records.map((record) => ({
    ...record,
    scope: record['kind'] === 'self' ? personScope(oldSecretary.person) : branch,
  }));
const named = () =>
  wireRecord({
    ...{ kind: 'member', scope: branch, seq: (seq += 1), subject: oldMember.person },
    body: { names: { hans: '黄国墙' }, card: CARD },
  });
const erasing = (...records: string[]) =>
  wireRecord({ kind: 'erasure', scope: branch, seq: (seq += 1), body: { records } });

describe('a phone of version 1', () => {
  it('P-13 has its records taken, each with a receipt, and again with the same one', async () => {
    expect(PROTOCOL_VERSION).toBeGreaterThan(1);
    for (const record of replayed()) expect(v.is(messagesOfV1.record, record)).toBe(true);
    const first = await oldSecretary.sync({ records: replayed() });
    expect(first.results.map(({ code, n }) => [code, typeof n])).toEqual([
      ['ok', 'number'],
      ['ok', 'number'],
    ]);
    const again = await oldSecretary.sync({ records: replayed() });
    expect(again.results).toEqual(first.results.map((run) => ({ ...run, code: 'dup' })));
  });

  it('P-13 reads what a branch is called where it has become a temporary one with a last day', async () => {
    const { rows } = await server.pool.query<{ parent: string }>(
      'select parent from scopes where scope = $1',
      [branch],
    );
    const county = rows[0]?.parent ?? '';
    const administrator = await personalDevice(server, newId(), [
      { scope: county, role: 'administrator' },
    ]);
    const body = {
      branch,
      names: { hans: '防汛临时党支部' },
      kind: 'temporary',
      until: '2026-12-31',
    };
    const named = wireRecord({ kind: 'branch', scope: county, seq: 1, body });
    expect((await administrator.sync({ records: [named] })).results).toMatchObject([
      { code: 'ok' },
    ]);
    for (const phone of [oldMember, oldSecretary]) {
      const abouts = (await phone.pull()).filter(({ kind }) => kind === 'about');
      expect(abouts.at(-1)).toMatchObject({
        body: { names: body.names, kind: 'temporary', until: body.until },
      });
    }
  });

  it('P-13 reads every page where rows were erased and kinds are new, and comes to the end', async () => {
    const [gone, stays, early] = [named(), named(), named()];
    const erasure = erasing(gone.id, early.id);
    await newSecretary.sync({ records: [gone, stays, erasure, early] });
    for (const phone of [oldMember, oldSecretary]) {
      const rows = await phone.pull();
      const ids = rows.map(({ id }) => id);
      expect(ids).toContain(stays.id);
      expect(ids).not.toContain(gone.id);
      expect(ids).not.toContain(early.id);
      // Kept as a kind that it does not know, until the app is updated.
      expect(rows.find(({ id }) => id === erasure.id)).toMatchObject({
        kind: 'erasure',
        body: { records: [gone.id, early.id] },
      });
      expect(await phone.pull()).toEqual([]);
      const level = await phone.sync();
      expect(level.pages).toEqual([]);
      expect(level.more).toBe(false);
    }
  });

  it('P-13 goes on past a stretch in which every row was erased', async () => {
    await oldMember.pull();
    const records = Array.from({ length: 30 }, named);
    const ids = records.map(({ id }) => id);
    await newSecretary.sync({ records });
    await newSecretary.sync({ records: [erasing(...ids)] });
    const [last, ...more] = await oldMember.pull();
    expect(more).toEqual([]);
    expect(last).toMatchObject({ kind: 'erasure' });
  });

  it('P-13 that holds a record in full brings it again: a duplicate, and it stays erased', async () => {
    const record = { ...named(), seq: 3 };
    await oldSecretary.sync({ records: [record] });
    await newSecretary.sync({ records: [erasing(record.id)] });
    const again = await oldSecretary.sync({ records: [record] });
    expect(again.results).toMatchObject([{ from: 3, to: 3, code: 'dup' }]);
    const { rows } = await server.pool.query('select body, salt from records where id = $1', [
      record.id,
    ]);
    expect(rows).toEqual([{ body: null, salt: null }]);
    // A phone whose store was emptied asks for its own rows: the erased one is passed over.
    const own = await oldSecretary.sync({ own: true, cursors: [], want: 512 * 1024 });
    const seen = own.pages.flatMap((page) => page.rows).map(({ id }) => id);
    expect(seen).toContain(recorded.syncRequest.records[0]?.['id']);
    expect(seen).not.toContain(record.id);
  });

  it('P-13 is not refused for what it cannot say: its form of an erased record is malformed, no more', async () => {
    const torn = { ...named(), seq: 4, salt: '', body: {} };
    const good = { ...named(), seq: 5 };
    const { results } = await oldSecretary.sync({ records: [torn, good] });
    expect(results.map(({ code, reason }) => [code, reason])).toEqual([
      ['invalid', 'malformed'],
      ['ok', undefined],
    ]);
  });
});
