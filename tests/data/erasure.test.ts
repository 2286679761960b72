import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { fromBase64Url, toBase64Url } from '#lib/base64.ts';
import { canonicalJson } from '#lib/canonical-json.ts';
import type { Ledger } from '#data/ledger/ledger.ts';
import type { RecordRow } from '#data/ledger/record-row.ts';
import { startMirror } from '#data/mirror/mirror.ts';
import { readMirror } from '#data/mirror/mirror-store.ts';
import { findWayOut } from '#data/mirror/way-out.ts';
import { chainHead, innerHash } from '#domain/records.ts';
import { foldRoster } from '#domain/roster.ts';
import { recordSchema, type WireRow } from '#protocol/record.ts';
import type { Page } from '#protocol/sync.ts';
import { databaseOf, EMPTIED, mirroredPhone, startAgain } from '#tests/support/mirrored-phone.ts';
import {
  BRANCH,
  joinedLedger,
  ME,
  OTHER,
  OTHER_DEVICE,
  pageOf,
  testId,
} from '#tests/support/test-ledger.ts';

const CARD = '0123456789ABCDEF';
const WRONG = '黄国墙';
const member = (hans = WRONG) => ({
  ...{ kind: 'member', scope: BRANCH, subject: OTHER },
  body: { names: { hans }, card: CARD },
});
const erasureOf = (...records: string[]) => ({ kind: 'erasure', scope: BRANCH, body: { records } });

/** Rows of another desk, n = 1, 2, 3 …: a wrong name, the right one, an erasure of the first. */
function row(n: number, change: Partial<WireRow>): WireRow {
  const header = {
    ...{ id: testId(1_000 + n), v: 1, scope: BRANCH, author: OTHER, device: OTHER_DEVICE, seq: n },
    ...{ day: '2026-03-01', at: 1, salt: 'AAAAAAAAAAA', n },
  };
  return JSON.parse(JSON.stringify({ ...header, ...change })) as WireRow;
}
const wrong = row(1, member());
const right = row(2, member('黄国强'));
const erasure = row(3, erasureOf(wrong.id));

/** The wrong name as the server sends it once it is erased. */
const inner = toBase64Url(innerHash('AAAAAAAAAAA', canonicalJson(member().body)));
const asErased = row(1, { ...member(), erased: inner, salt: undefined, body: undefined } as never);

const deskPage = (...rows: WireRow[]): Page => pageOf(rows, { view: 'desk' });
const memberPage = (...rows: WireRow[]): Page => pageOf(rows);

async function deskWith(...pages: Page[]) {
  const phone = await joinedLedger('secretary');
  for (const page of pages)
    await phone.ledger.sync.applyPage(phone.person, page, { n: 0, tag: '' });
  return phone;
}

async function rowsOf(ledger: Ledger): Promise<RecordRow[]> {
  const rows = await databaseOf(ledger).records.toArray();
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function roster(ledger: Ledger) {
  const records = await ledger.records({ scope: BRANCH });
  return foldRoster(records, '2026-03-05').map(({ person, names }) => [person, names.hans]);
}

/** Everything that the database holds, as text. */
async function everything(ledger: Ledger): Promise<string> {
  const tables = databaseOf(ledger).tables.map((table) => table.toArray());
  return canonicalJson((await Promise.all(tables)) as never);
}

describe('an erasure that comes with a page', () => {
  it('drops body and salt, keeps header and hash, and the person goes by the right name', async () => {
    const { ledger } = await deskWith(deskPage(wrong, right));
    const [before] = await rowsOf(ledger);
    const { ledger: after } = await deskWith(deskPage(wrong, right), memberPage(erasure));
    const [erased] = await rowsOf(after);
    expect(erased?.hash).toBe(before?.hash);
    expect(erased).toMatchObject({ kind: 'member', subject: OTHER, seq: 1, n: 1, salt: '' });
    expect(erased?.erased).toBe(inner);
    expect(await everything(after)).not.toContain(WRONG);
    expect(await roster(after)).toEqual([[OTHER, '黄国强']]);
    expect((await after.records({ kind: 'member' })).map(({ id }) => id)).toEqual([right.id]);
  });

  it('a person whose only record is erased is on no roster any more', async () => {
    const { ledger } = await deskWith(deskPage(wrong), memberPage(erasure));
    expect(await roster(ledger)).toEqual([]);
  });

  it('S-03 leaves the same in any order, together or apart, and as often as it comes', async () => {
    const orders = [
      [deskPage(wrong, right), memberPage(erasure)],
      [memberPage(erasure), deskPage(wrong, right)],
      [memberPage(erasure), deskPage(right), deskPage(wrong), memberPage(erasure)],
      [deskPage(wrong, right), memberPage(erasure), deskPage(wrong, right)],
      [deskPage(asErased, right), memberPage(erasure)],
      [deskPage(asErased, right), deskPage(wrong), memberPage(erasure)],
      [deskPage(wrong, asErased, right), memberPage(erasure, erasure)],
    ];
    const ends = [];
    for (const order of orders) ends.push(await rowsOf((await deskWith(...order)).ledger));
    for (const end of ends) expect(end).toEqual(ends[0]);
  });

  it('S-03 an erased row that comes a second time in full stays erased, also before the erasure is here', async () => {
    const { ledger } = await deskWith(deskPage(asErased), deskPage(wrong));
    expect(await everything(ledger)).not.toContain(WRONG);
  });

  it('takes neither a role nor a row of another branch, and waits where it is to be confirmed', async () => {
    const role = row(4, {
      ...{ kind: 'role', subject: OTHER },
      body: { role: 'secretary', names: { hans: WRONG }, card: CARD, from: '2026-01-01' },
    });
    const elsewhere = row(5, { ...member(), scope: testId(77) });
    const doubtful = row(6, { ...erasureOf(right.id), confirm: 'same-id' });
    const { ledger } = await deskWith(
      deskPage(role, elsewhere, right),
      memberPage(row(7, erasureOf(role.id, elsewhere.id)), doubtful),
    );
    const erased = (await rowsOf(ledger)).filter((each) => each.erased !== undefined);
    expect(erased).toEqual([]);
  });

  it('takes a record of a kind that only a later version knows', async () => {
    const visit = row(4, { kind: 'visit', body: { words: WRONG } });
    const { ledger } = await deskWith(memberPage(visit, row(5, erasureOf(visit.id))));
    expect(await everything(ledger)).not.toContain(WRONG);
  });

  it('reaches the member’s own phone too', async () => {
    const phone = await joinedLedger();
    const own = row(1, { ...member(), subject: ME });
    await phone.ledger.sync.applyPage(phone.person, memberPage(own, row(2, erasureOf(own.id))), {
      n: 0,
      tag: '',
    });
    expect(await everything(phone.ledger)).not.toContain(WRONG);
  });
});

describe('an erasure written here', () => {
  async function mistaken() {
    const phone = await mirroredPhone('secretary');
    const written = await phone.ledger.write(member());
    if (!written.ok) throw new Error(written.error);
    await phone.save();
    const { id } = written.value;
    const erased = await phone.ledger.write(erasureOf(id));
    expect(erased.ok).toBe(true);
    return { ...phone, id };
  }

  it('takes what was not sent yet, which is then sent in its erased form', async () => {
    const { ledger, person, id } = await mistaken();
    expect(await roster(ledger)).toEqual([]);
    const { records, head } = await ledger.sync.listUnsent(person, 9);
    expect(records).toMatchObject([
      { id, kind: 'member', subject: OTHER, seq: 1, erased: expect.stringMatching(/^[\w-]{43}$/) },
      { kind: 'erasure', seq: 2, body: { records: [id] } },
    ]);
    for (const record of records) expect(v.is(recordSchema, record)).toBe(true);
    expect(JSON.stringify(records)).not.toContain(WRONG);
    const hashes = (await rowsOf(ledger)).map(({ seq, hash }) => ({ seq, hash: bytes(hash) }));
    hashes.sort((a, b) => a.seq - b.seq);
    const chain = hashes.reduce<Uint8Array | null>((last, { hash }) => chainHead(last, hash), null);
    expect(head).toBe(chain && toBase64Url(chain));
  });

  it('the chain and the sequence go on behind it', async () => {
    const { ledger, person } = await mistaken();
    expect(await ledger.write(member('黄国强'))).toMatchObject({ ok: true, value: { seq: 3 } });
    expect((await ledger.sync.listUnsent(person, 9)).head).not.toBeNull();
  });

  it('saves both and says so when a record and its erasure are written together', async () => {
    const { ledger } = await joinedLedger('secretary');
    const id = testId(500);
    const both = await ledger.writeAll([{ ...member(), id }, erasureOf(id)]);
    expect(both).toMatchObject({ ok: true, value: [{ kind: 'erased', body: null }, {}] });
    expect(await everything(ledger)).not.toContain(WRONG);
  });

  it('a member writes none', async () => {
    const { ledger } = await joinedLedger();
    expect(await ledger.write(erasureOf(testId(1)))).toEqual({ ok: false, error: 'write.writer' });
  });

  it('leaves nothing in the mirror and in the way out', async () => {
    const { ledger, storage, save } = await mistaken();
    expect(JSON.stringify(await findWayOut(databaseOf(ledger), undefined))).not.toContain(WRONG);
    expect(JSON.stringify([...readMirror(storage).records])).toContain(WRONG);
    await save();
    expect(JSON.stringify([...readMirror(storage).records])).not.toContain(WRONG);
    const outside = await findWayOut(null, storage);
    expect(outside.own?.unsent).toHaveLength(2);
    expect(JSON.stringify(outside)).not.toContain(WRONG);
  });

  it('leaves the mirror too when it comes with a page and nothing new is unsent', async () => {
    const phone = await mirroredPhone('secretary');
    const written = await phone.ledger.write(member());
    if (!written.ok) throw new Error(written.error);
    await startMirror({
      ...phone.deps,
      ...{ ledger: phone.ledger, storage: phone.storage, subtle: crypto.subtle },
      schedule: (_ms, run) => {
        const timer = setTimeout(run, 0);
        return () => clearTimeout(timer);
      },
      onError: (error) => {
        throw error;
      },
    });
    const mirrored = () => JSON.stringify(readMirror(phone.storage).records.get(ME) ?? []);
    await expect.poll(mirrored).toContain(WRONG);
    const page = memberPage(row(3, erasureOf(written.value.id)));
    await phone.ledger.sync.applyPage(phone.person, page, { n: 0, tag: '' });
    await expect.poll(mirrored).not.toContain(WRONG);
    expect(mirrored()).toContain('erased');
  });

  it('D-06 comes back erased from the mirror, with its hash, and is sent so', async () => {
    const phone = await mistaken();
    await phone.save();
    const before = await rowsOf(phone.ledger);
    const again = await startAgain(phone, EMPTIED());
    expect(again.restored).toMatchObject({ records: 2 });
    expect(await rowsOf(again.ledger)).toEqual(before);
  });

  it('D-06 is applied to what the mirror had kept from before it', async () => {
    const phone = await mistaken();
    const [kept] = readMirror(phone.storage).records.get(ME) ?? [];
    await phone.save();
    const image = readMirror(phone.storage).records.get(ME) ?? [];
    // The page died between: the record is there as it was, the erasure is there as well.
    const mixed = JSON.stringify([kept, ...image.filter(({ kind }) => kind === 'erasure')]);
    phone.storage.setItem(`rixue.mirror.${ME}.0`, mixed);
    const again = await startAgain(phone, EMPTIED());
    expect(again.restored).toMatchObject({ records: 2 });
    expect(await everything(again.ledger)).not.toContain(WRONG);
  });

  it('V-05 is what a phone sends again after a restore: both, the record in its erased form', async () => {
    const { ledger, person, id } = await mistaken();
    const run = { from: 1, to: 2, code: 'ok' as const, n: 2, tag: 't' };
    await ledger.sync.applyResults(person, [run]);
    expect(await ledger.unsent()).toBe(0);
    await ledger.sync.beginEpoch(person, 'restored.1.x');
    const again = { ...person, epoch: 'restored.1.x' };
    const { records } = await ledger.sync.listUnsent(again, 9);
    expect(records).toMatchObject([{ id, erased: expect.any(String) }, { kind: 'erasure' }]);
  });
});

function bytes(text: string): Uint8Array {
  return fromBase64Url(text) ?? new Uint8Array(0);
}
