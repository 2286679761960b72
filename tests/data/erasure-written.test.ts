import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { fromBase64Url, toBase64Url } from '#lib/base64.ts';
import { startMirror } from '#data/mirror/mirror.ts';
import { readMirror } from '#data/mirror/mirror-store.ts';
import { findWayOut } from '#data/mirror/way-out.ts';
import { chainHead } from '#domain/records.ts';
import { recordSchema } from '#protocol/record.ts';
import {
  erasureOf,
  everything,
  member,
  memberPage,
  roster,
  row,
  rowsOf,
  WRONG,
} from '#tests/support/erasure.ts';
import { databaseOf, EMPTIED, mirroredPhone, startAgain } from '#tests/support/mirrored-phone.ts';
import { joinedLedger, ME, OTHER, testId } from '#tests/support/test-ledger.ts';

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
