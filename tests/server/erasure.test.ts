/** Erasure on the server: what is gone, what stays, in whatever order the two come (migration 0004). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { erasedRecordHash, innerHash, recordHash, type RecordHeader } from '#domain/records.ts';
import { toBase64Url } from '#lib/base64.ts';
import { canonicalJson } from '#lib/canonical-json.ts';
import type { ErasedRecord, PlainRecord } from '#protocol/record.ts';
import { startServer } from '#tests/support/server.ts';
import {
  CARD,
  joinWire,
  newId,
  secretOf,
  wireRecord,
  type WireDevice,
} from '#tests/support/wire-device.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let member: WireDevice;
let secretary: WireDevice;
let committee: WireDevice;
let elsewhere: WireDevice;
let seq = 0;
const WRONG = '黄国墙';

beforeAll(async () => {
  server = await startServer();
  const secret = (index: number) => secretOf(server.invitations[index] ?? { url: 'none:' });
  member = await joinWire(server.url, secret(0));
  const desks = [4, 5, 6].map((index) => joinWire(server.url, secret(index)));
  const [first, ...others] = (await Promise.all(desks)) as [WireDevice, ...WireDevice[]];
  secretary = first;
  committee = others.find(({ branch }) => branch === secretary.branch) ?? secretary;
  elsewhere = others.find(({ branch }) => branch !== secretary.branch) ?? secretary;
});
beforeEach(() => (seq += 100));
afterAll(() => server.stop());

const next = () => (seq += 1);
const named = (more: Partial<Pick<PlainRecord, 'body'>> = {}) =>
  wireRecord({
    ...{ kind: 'member', scope: secretary.branch, seq: next(), subject: newId() },
    body: { names: { hans: WRONG }, card: CARD },
    ...more,
  });
const erasing = (...records: string[]) =>
  wireRecord({ kind: 'erasure', scope: secretary.branch, seq: next(), body: { records } });

function headerOf(record: PlainRecord, by = secretary): RecordHeader {
  const { id, kind, v, scope, subject = null, day, at } = record;
  const { offset = null, offsetAge = null } = record;
  const author = by.person;
  return {
    id,
    kind,
    v,
    scope,
    subject,
    author,
    device: by.device,
    seq: record.seq,
    day,
    at,
    offset,
    offsetAge,
  };
}
const innerOf = ({ salt, body }: PlainRecord) => innerHash(salt, canonicalJson(body as never));

/** The record as a phone sends it once it has erased it. */
function erasedForm(record: PlainRecord): ErasedRecord {
  const { salt: _salt, body: _body, ...header } = record;
  return { ...header, erased: toBase64Url(innerOf(record)) };
}

async function stored(id: string) {
  const { rows } = await server.pool.query<{
    salt: string | null;
    body: string | null;
    erased: Buffer | null;
    hash: Buffer;
  }>('select salt, body, erased, hash from records where id = $1 order by n', [id]);
  return rows;
}

/** Code and reason of each record, one by one. */
async function outcomes(device: WireDevice, ...records: unknown[]) {
  const { results } = await device.sync({ records });
  return results.flatMap(({ from, to, code, reason }) =>
    Array.from({ length: to - from + 1 }, () => (reason ? [code, reason] : [code])),
  );
}
const codes = async (device: WireDevice, ...records: unknown[]) =>
  (await outcomes(device, ...records)).map(([code]) => code);

/** What must be left of a record: header and hash, and the hash of what it said. */
async function expectErased(record: PlainRecord, by = secretary) {
  const inner = innerOf(record);
  const hash = recordHash(headerOf(record, by), record.salt, canonicalJson(record.body as never));
  expect(erasedRecordHash(headerOf(record, by), inner)).toEqual(hash);
  expect(await stored(record.id)).toEqual([
    { salt: null, body: null, erased: Buffer.from(inner), hash: Buffer.from(hash) },
  ]);
}

describe('an erasure', () => {
  it('drops salt and body, keeps hash, number and tag, and its row is sent without them', async () => {
    const record = named();
    const first = await secretary.sync({ records: [record] });
    expect(await codes(secretary, erasing(record.id))).toEqual(['ok']);
    await expectErased(record);
    const again = await secretary.sync({ records: [erasedForm(record)] });
    expect(again.results[0]).toMatchObject({
      code: 'dup',
      n: first.results[0]?.n,
      tag: first.results[0]?.tag,
    });
    const [row] = (await secretary.pullAll()).filter(({ id }) => id === record.id);
    expect(row).toEqual({
      ...erasedForm(record),
      ...{ author: secretary.person, device: secretary.device, n: first.results[0]?.n },
    });
  });

  it('is heard of by every device of the branch, and its body names nobody', async () => {
    const record = named();
    const erasure = erasing(record.id);
    await secretary.sync({ records: [record, erasure] });
    const [row] = (await member.pullAll()).filter(({ id }) => id === erasure.id);
    expect(row).toMatchObject({ kind: 'erasure', body: { records: [record.id] } });
    await expectErased(record);
  });

  it('S-02 the full record again is a duplicate and stays erased, and so does the erasure again', async () => {
    const record = named();
    const erasure = erasing(record.id);
    await secretary.sync({ records: [record] });
    for (let i = 0; i < 3; i += 1) await secretary.sync({ records: [erasure] });
    expect(await codes(secretary, record, erasure)).toEqual(['dup', 'dup']);
    await expectErased(record);
  });

  it('S-03 comes before what it names, and beside it, with the same end', async () => {
    const [late, beside, formed] = [named(), named(), named()];
    await secretary.sync({ records: [erasing(late.id)] });
    expect(await codes(secretary, late)).toEqual(['ok']);
    await secretary.sync({ records: [erasing(beside.id), beside] });
    expect(await codes(secretary, erasedForm(formed))).toEqual(['ok']);
    expect(await codes(secretary, formed, erasing(formed.id))).toEqual(['dup', 'ok']);
    for (const record of [late, beside, formed]) await expectErased(record);
  });

  it('S-13 goes at the same moment as what it names, from another device, with the same end', async () => {
    const pairs = Array.from({ length: 12 }, () => {
      const record = named();
      return { record, erasure: { ...erasing(record.id), seq: record.seq } };
    });
    expect(committee.device).not.toBe(secretary.device);
    await Promise.all(
      pairs.flatMap(({ record, erasure }, i) => {
        const both = [
          () => secretary.sync({ records: [record] }),
          () => committee.sync({ records: [erasure] }),
        ];
        return (i % 2 ? both.reverse() : both).map((send) => send());
      }),
    );
    for (const { record } of pairs) await expectErased(record);
  });

  it('takes what a member wrote, whose phone may bring it again', async () => {
    const consent = wireRecord({
      ...{ kind: 'consent', scope: member.branch, seq: next(), subject: member.person },
      body: { notice: 1 },
    });
    await member.sync({ records: [consent] });
    await secretary.sync({ records: [erasing(consent.id)] });
    await expectErased(consent, member);
    expect(await codes(member, consent)).toEqual(['dup']);
    expect(await codes(member, erasedForm(consent))).toEqual(['dup']);
    await expectErased(consent, member);
  });

  it('passes over roles, erasures and what the server said, and every other branch', async () => {
    const { rows } = await server.pool.query<{ id: string; kind: string }>(
      `select id, kind from records where scope = $1 and kind <> 'self' and not is_erasable(kind)`,
      [secretary.branch],
    );
    expect(new Set(rows.map(({ kind }) => kind))).toContain('about');
    const foreign = wireRecord({
      ...{ kind: 'activity', scope: elsewhere.branch, seq: next() },
      body: { type: 'lecture', title: '党课', starts: 1 },
    });
    expect(elsewhere.branch).not.toBe(secretary.branch);
    await elsewhere.sync({ records: [foreign] });
    const ids = [...rows.map(({ id }) => id), foreign.id].slice(-40);
    expect(await codes(secretary, erasing(...ids))).toEqual(['ok']);
    for (const id of ids) expect((await stored(id))[0]?.body, id).not.toBeNull();
  });

  it('is the desk’s alone', async () => {
    const record = named();
    await secretary.sync({ records: [record] });
    const tried = await member.sync({ records: [erasing(record.id)] });
    expect(tried.results).toMatchObject([{ code: 'forbidden', reason: 'writer' }]);
    const foreign = await elsewhere.sync({ records: [erasing(record.id)] });
    expect(foreign.results).toMatchObject([{ code: 'forbidden', reason: 'writer' }]);
    expect((await stored(record.id))[0]?.body).toContain(WRONG);
  });

  it('S-07 waits for a person where its id came twice: what is gone does not come back', async () => {
    const [first, second] = [named(), named()];
    const erasure = erasing(first.id);
    await secretary.sync({ records: [first, second, erasure] });
    const other = { ...erasing(second.id), id: erasure.id };
    expect(await codes(secretary, other)).toEqual(['to-confirm']);
    expect(await codes(secretary, other)).toEqual(['to-confirm']);
    expect((await stored(second.id))[0]?.body).toContain(WRONG);
  });

  it('S-06 an erased form of what is never erased is refused, its neighbours go through', async () => {
    const about = { ...erasedForm(named()), kind: 'erasure', v: 1, subject: undefined };
    const torn = { ...erasedForm(named()), erased: 'AAAA' };
    const both = { ...named(), erased: erasedForm(named()).erased };
    const good = named();
    expect(await outcomes(secretary, about, torn, both, good)).toEqual([
      ['invalid', 'body'],
      ['invalid', 'malformed'],
      ['invalid', 'malformed'],
      ['ok'],
    ]);
  });
});

it('leaves no word of what was erased anywhere in the database', async () => {
  const record = named({ body: { names: { hans: '欧阳错名' }, card: CARD } });
  await secretary.sync({ records: [record] });
  await secretary.sync({ records: [erasing(record.id)] });
  const { rows: tables } = await server.pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public'`,
  );
  for (const { name } of tables) {
    const { rows } = await server.pool.query(
      `select t::text as line from ${name} t where t::text like '%欧阳错名%'`,
    );
    expect(rows, name).toEqual([]);
  }
});
