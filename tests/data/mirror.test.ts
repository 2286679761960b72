import { describe, expect, it } from 'vitest';
import { lacksMirrored, MIRROR_KEY } from '#data/ledger/mirror-head.ts';
import { readMirror } from '#data/mirror/mirror-store.ts';
import { saveMirror } from '#data/mirror/save-mirror.ts';
import {
  databaseOf,
  EMPTIED,
  loseAfter,
  mirroredPhone,
  startAgain,
} from '#tests/support/mirrored-phone.ts';
import { accepting } from '#tests/support/scripted-transport.ts';
import { engineOver, held, study, take } from '#tests/support/test-engine.ts';
import {
  ACTIVITY,
  admission,
  BRANCH,
  ME,
  OTHER,
  STUDY,
  testId,
} from '#tests/support/test-ledger.ts';

const seqsOf = (records: readonly { seq: number }[]) =>
  records.map(({ seq }) => seq).sort((a, b) => a - b);

/** Three records with a receipt, two without, all of it mirrored. */
async function phoneWithFive() {
  const phone = await mirroredPhone();
  await study(phone.ledger, 3);
  await engineOver(phone.ledger, phone.clock, {}, take).engine.syncOnce();
  await study(phone.ledger, 2);
  await phone.save();
  return phone;
}

describe('a database that lost its end', () => {
  it('D-05 has every un-acknowledged record back from the mirror, each once', async () => {
    const phone = await phoneWithFive();
    const before = await phone.ledger.records();
    await loseAfter(phone.ledger, 3);
    expect(await lacksMirrored(databaseOf(phone.ledger), phone.storage)).toBe(true);
    const again = await startAgain(phone);
    expect(again.restored).toMatchObject({ people: 1, records: 2 });
    expect(await again.ledger.unsent()).toBe(2);
    const after = await again.ledger.records();
    expect(new Set(after.map(({ id }) => id))).toEqual(new Set(before.map(({ id }) => id)));
    expect(after).toHaveLength(5);
    expect(after.every(({ body }) => (body as typeof STUDY).minutes === STUDY.minutes)).toBe(true);
    expect(await again.restore()).toBeNull();
    expect(await again.ledger.records()).toHaveLength(5);
  });

  it('D-05 uses no seq twice, though rows with a receipt are gone too', async () => {
    const phone = await phoneWithFive();
    await engineOver(phone.ledger, phone.clock, {}, take).engine.syncOnce();
    await phone.save();
    await loseAfter(phone.ledger, 2);
    const again = await startAgain(phone);
    expect(again.restored).toMatchObject({ people: 1, records: 0 });
    expect(await again.ledger.write({ kind: 'study', body: STUDY })).toMatchObject({
      ok: true,
      value: { seq: 6 },
    });
  });

  it('D-05 asks the server for the own rows before it sends what came back', async () => {
    const phone = await phoneWithFive();
    await loseAfter(phone.ledger, 1);
    const again = await startAgain(phone);
    const { engine, transport } = engineOver(again.ledger, phone.clock, {}, take);
    await engine.syncOnce();
    expect(
      transport.requests.map(({ own, records }) => [own, seqsOf((records ?? []) as [])]),
    ).toEqual([
      [true, []],
      [undefined, [4, 5]],
    ]);
    expect(await again.ledger.unsent()).toBe(0);
  });

  it('D-06 notices a hole in the middle by the sequence, and asks for it once', async () => {
    const phone = await phoneWithFive();
    await databaseOf(phone.ledger)
      .records.filter((row) => row.seq === 2)
      .delete();
    const again = await startAgain(phone);
    expect(again.restored).toMatchObject({ people: 1, records: 0 });
    expect((await again.ledger.current())?.fresh).toBe(true);
    const { engine } = engineOver(again.ledger, phone.clock, {}, take);
    await engine.syncOnce();
    expect((await startAgain(again)).restored).toBeNull();
  });
});

describe('a database that was re-created empty', () => {
  it('D-06 has its person, token, key and un-sent records again, and tells so', async () => {
    const phone = await phoneWithFive();
    const again = await startAgain(phone, EMPTIED());
    expect(again.restored).toMatchObject({ people: 1, records: 2 });
    expect(await again.ledger.sync.keptFor('', 'mirror.restored')).toEqual(again.restored);
    const { signing: _signing, ...person } = phone.person;
    const now = await again.ledger.current();
    expect(now).toMatchObject({ ...person, offset: now?.offset, fresh: true });
    expect(seqsOf(await again.ledger.records())).toEqual([4, 5]);
    expect((await again.ledger.records()).map(({ body }) => body)).toEqual([STUDY, STUDY]);
    expect(await again.ledger.write({ kind: 'study', body: STUDY })).toMatchObject({
      ok: true,
      value: { seq: 6 },
    });
  });

  it('D-06 pulls all history again, the own rows too', async () => {
    const phone = await phoneWithFive();
    const again = await startAgain(phone, EMPTIED());
    const { engine, transport } = engineOver(again.ledger, phone.clock, {}, (request) =>
      accepting(request, held),
    );
    await engine.syncOnce();
    expect(transport.requests[0]).toMatchObject({ own: true, at: [0, '', 0, ''] });
  });

  it('D-06 brings back everybody, and whoever was on the screen', async () => {
    const phone = await mirroredPhone('secretary');
    await phone.ledger.write({ kind: 'activity', scope: BRANCH, body: ACTIVITY });
    await phone.ledger.admit(admission({ person: OTHER, device: testId(20), token: 'other' }));
    await study(phone.ledger, 2);
    await phone.save();
    const again = await startAgain(phone, EMPTIED());
    expect(again.restored).toMatchObject({ people: 2, records: 3 });
    expect((await again.ledger.current())?.person).toBe(OTHER);
    expect(await again.ledger.sync.countUnsent(ME)).toBe(1);
  });

  it('D-06 is never the reason to empty the mirror', async () => {
    const phone = await phoneWithFive();
    const again = await startAgain({ ...phone, storage: phone.storage }, EMPTIED());
    await databaseOf(again.ledger).delete();
    await databaseOf(again.ledger).open();
    await saveMirror(databaseOf(again.ledger), phone.storage);
    expect(readMirror(phone.storage).records.get(ME)).toHaveLength(2);
    expect(readMirror(phone.storage).people[0]).toMatchObject({ seq: 5, token: 'token-of-me' });
  });
});

describe('the mirror', () => {
  it('changes nothing where nothing was lost', async () => {
    const phone = await phoneWithFive();
    expect(await lacksMirrored(databaseOf(phone.ledger), phone.storage)).toBe(false);
    expect((await startAgain(phone)).restored).toBeNull();
  });

  it('lets a record go with its receipt and no sooner', async () => {
    const phone = await phoneWithFive();
    expect(seqsOf(readMirror(phone.storage).records.get(ME) ?? [])).toEqual([4, 5]);
    const refusing = engineOver(phone.ledger, phone.clock, {}, (request) =>
      accepting(request, { ...held, results: [{ from: 4, to: 4, code: 'invalid' }] }),
    );
    await refusing.engine.syncOnce();
    await phone.save();
    expect(seqsOf(readMirror(phone.storage).records.get(ME) ?? [])).toEqual([4, 5]);
    await engineOver(phone.ledger, phone.clock, {}, take).engine.syncOnce();
    await phone.save();
    expect(seqsOf(readMirror(phone.storage).records.get(ME) ?? [])).toEqual([4]);
  });

  it('holds study as ciphertext only', async () => {
    const phone = await mirroredPhone();
    await phone.ledger.write({ kind: 'study', body: { ...STUDY, note: 'private words' } });
    await phone.save();
    const text = [...phone.storage.values.values()].join();
    expect(text).not.toContain('private words');
    expect(text).not.toContain('"study"');
  });

  it('is no condition of saving: a full storage costs only the mirror, and is said', async () => {
    const phone = await mirroredPhone();
    await phone.save();
    phone.storage.limit(2_000);
    await study(phone.ledger, 60);
    expect(await phone.save()).toBeGreaterThan(0);
    expect(await phone.ledger.unsent()).toBe(60);
    phone.storage.limit(Infinity);
    expect(await phone.save()).toBe(0);
    expect(readMirror(phone.storage).records.get(ME)).toHaveLength(60);
  });

  it('keeps to 2 MB, the oldest records first, and says how many are left', async () => {
    const phone = await mirroredPhone();
    await study(phone.ledger, 1);
    const db = databaseOf(phone.ledger);
    const [row] = await db.records.toArray();
    const text = 'A'.repeat(2_000);
    await db.records.bulkAdd(
      Array.from({ length: 1_200 }, (_, i) => ({ ...row!, id: testId(100 + i), seq: i + 2, text })),
    );
    const left = await phone.save();
    const kept = seqsOf(readMirror(phone.storage).records.get(ME) ?? []);
    expect(left).toBeGreaterThan(0);
    expect(kept).toEqual(Array.from({ length: 1_201 - left }, (_, i) => i + 1));
    expect(readMirror(phone.storage).left).toBe(left);
  });

  it('passes over what is mangled, and whatever a record was changed into', async () => {
    const phone = await phoneWithFive();
    const key = [...phone.storage.values.keys()].find((each) => each !== MIRROR_KEY)!;
    const entries = JSON.parse(phone.storage.getItem(key)!) as { seq: number; salt: string }[];
    const changed = entries.map((one) => (one.seq === 4 ? { ...one, salt: 'BBBBBBBBBBB' } : one));
    phone.storage.setItem(key, JSON.stringify(['?', ...changed]));
    const again = await startAgain(phone, EMPTIED());
    expect(again.restored).toMatchObject({ people: 1, records: 1 });
    phone.storage.setItem(MIRROR_KEY, '{');
    expect((await startAgain(again)).restored).toBeNull();
    expect(await lacksMirrored(databaseOf(again.ledger), phone.storage)).toBe(false);
  });
});
