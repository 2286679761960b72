import { describe, expect, it } from 'vitest';
import { IDBDatabase, IDBObjectStore } from 'fake-indexeddb';
import { createLedger, openLedger } from '#data/ledger/create-ledger.ts';
import { withoutIndexedDB } from '#tests/support/memory-indexeddb.ts';
import {
  ACTIVITY,
  admission,
  BRANCH,
  createTestLedger,
  grant,
  joinedLedger,
  ME,
  OTHER,
  OTHER_DEVICE,
  STUDY,
  testId,
} from '#tests/support/test-ledger.ts';

describe('saving', () => {
  it('answers with the record as screens see it, in the person scope, on the day of Shanghai', async () => {
    const { ledger, clock } = await joinedLedger();
    clock.set(Date.parse('2026-03-01T16:30:00Z'));
    const saved = await ledger.write({ kind: 'study', body: STUDY });
    expect(saved).toMatchObject({
      ok: true,
      value: {
        kind: 'study',
        scope: `person:${ME}`,
        seq: 1,
        n: null,
        day: '2026-03-02',
        state: 'saved',
        body: STUDY,
      },
    });
    expect(await ledger.unsent()).toBe(1);
  });

  it('takes the day from the corrected clock and notes how old the correction was', async () => {
    const { ledger, clock, person } = await joinedLedger('secretary');
    await ledger.sync.noteAnswer(person, {
      offset: { ms: 86_400_000, measuredAt: clock.now() },
      caughtUp: true,
    });
    clock.pass(5_000);
    const saved = await ledger.write({ kind: 'activity', scope: BRANCH, body: ACTIVITY });
    expect(saved).toMatchObject({ ok: true, value: { day: '2026-03-02' } });
    const now = (await ledger.current()) ?? person;
    const [wire] = (await ledger.sync.listUnsent(now, 1)).records;
    expect(wire).toMatchObject({ offset: 86_400_000, offsetAge: 5_000 });
  });

  it('gives parallel writes 1, 2, 3 … without a gap', async () => {
    const { ledger } = await joinedLedger();
    const drafts = Array.from({ length: 30 }, (_, i) => ({ ...STUDY, minutes: i + 1 }));
    await Promise.all(drafts.map((body) => ledger.write({ kind: 'study', body })));
    const seqs = (await ledger.records()).map(({ seq }) => seq).sort((a, b) => a - b);
    expect(seqs).toEqual(drafts.map((_, i) => i + 1));
  });

  it('chains every record to all before it, over a restart', async () => {
    const { ledger, deps, person } = await joinedLedger();
    await ledger.write({ kind: 'study', body: STUDY });
    const first = await ledger.sync.listUnsent(person, 10);
    ledger.close();
    const again = createLedger(deps);
    await again.write({ kind: 'study', body: STUDY });
    const both = await again.sync.listUnsent(person, 10);
    expect(both.upTo).toBe(2);
    expect(both.head).not.toBe(first.head);
    expect((await again.sync.listUnsent(person, 1)).head).toBe(first.head);
  });

  it('refuses what the person may not write, before anything is stored', async () => {
    const { ledger } = await joinedLedger();
    expect(await ledger.write({ kind: 'activity', scope: BRANCH, body: ACTIVITY })).toEqual({
      ok: false,
      error: 'write.writer',
    });
    expect(await ledger.write({ kind: 'study', body: { ...STUDY, minutes: -1 } })).toEqual({
      ok: false,
      error: 'write.body',
    });
    expect(await ledger.write({ kind: 'study', scope: BRANCH, body: STUDY })).toEqual({
      ok: false,
      error: 'write.scope',
    });
    expect(await ledger.write({ kind: 'dance', body: {} })).toEqual({
      ok: false,
      error: 'write.unknown-kind',
    });
    expect(await ledger.records()).toEqual([]);
  });

  it('saves all of several drafts or none', async () => {
    const { ledger } = await joinedLedger('secretary');
    const good = { kind: 'activity', scope: BRANCH, body: ACTIVITY };
    expect(await ledger.writeAll([good, { ...good, body: {} }])).toEqual({
      ok: false,
      error: 'write.body',
    });
    expect(await ledger.unsent()).toBe(0);
    expect(await ledger.writeAll([good, good])).toMatchObject({
      ok: true,
      value: [{ seq: 1 }, { seq: 2 }],
    });
  });

  it('lets an administrator of the county write in a branch that was just made', async () => {
    const { ledger } = createTestLedger();
    await ledger.admit(admission({ grants: [grant('administrator', testId(4))] }));
    const body = {
      role: 'secretary',
      names: { hans: '李梅' },
      card: '0123456789ABCDEF',
      from: '2026-03-01',
    };
    expect(
      await ledger.write({ kind: 'role', scope: testId(77), subject: OTHER, body }),
    ).toMatchObject({ ok: true });
  });

  it('keeps an id that was given, so that others may name it', async () => {
    const { ledger } = await joinedLedger('secretary');
    const saved = await ledger.write({
      kind: 'activity',
      scope: BRANCH,
      body: ACTIVITY,
      id: testId(9),
    });
    expect(saved).toMatchObject({ ok: true, value: { id: testId(9) } });
  });

  it('says so when nobody has joined', async () => {
    const { ledger } = createTestLedger();
    expect(await ledger.write({ kind: 'study', body: STUDY })).toEqual({
      ok: false,
      error: 'write.no-person',
    });
  });
});

describe('a database that does not do as it says', () => {
  it('D-03 says "not kept" when put succeeds and stores nothing', async () => {
    const { ledger } = await joinedLedger();
    await ledger.write({ kind: 'study', body: STUDY });
    const restore = forgetfulStore();
    const saved = await ledger.write({ kind: 'study', body: STUDY });
    restore();
    expect(saved).toEqual({ ok: false, error: 'write.not-kept' });
    expect(await ledger.write({ kind: 'study', body: STUDY })).toMatchObject({
      ok: true,
      value: { seq: 2 },
    });
  });

  it('asks for strict durability in every transaction that writes', async () => {
    const seen: (string | undefined)[] = [];
    const original = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (
      this: IDBDatabase,
      ...args: Parameters<typeof original>
    ) {
      if (args[1] === 'readwrite')
        seen.push((args[2] as IDBTransactionOptions | undefined)?.durability);
      return original.apply(this, args);
    };
    const { ledger } = await joinedLedger();
    await ledger.write({ kind: 'study', body: STUDY });
    await ledger.keep('draft', 1);
    IDBDatabase.prototype.transaction = original;
    expect(seen).toEqual(['strict', 'strict', 'strict']);
  });

  it('keeps any number of minutes, and a note that is empty or missing, as they were given', async () => {
    const { ledger } = await joinedLedger();
    for (const change of [{ minutes: 0, note: '' }, { minutes: 9_999 }, { how: 'read' }]) {
      const body = { ...STUDY, ...change };
      expect(await ledger.write({ kind: 'study', body })).toMatchObject({
        ok: true,
        value: { body },
      });
    }
  });

  it('I9 never leaves a record under a device id that the person has no more', async () => {
    const { ledger, deps } = await joinedLedger();
    const second = createLedger({
      ...deps,
      crypto: {
        subtle: new Proxy(crypto.subtle, {
          get: (subtle, name) =>
            name === 'importKey'
              ? async (...args: Parameters<SubtleCrypto['importKey']>) => {
                  await ledger.admit(admission({ device: OTHER_DEVICE, token: 'second' }));
                  return subtle.importKey(...args);
                }
              : Reflect.get(subtle, name).bind(subtle),
        }),
      },
    });
    const saved = await second.write({ kind: 'study', body: STUDY });
    expect(saved).toMatchObject({ ok: true, value: { device: OTHER_DEVICE, seq: 1 } });
    const [person] = await ledger.sync.people();
    expect((await ledger.sync.listUnsent(person!, 9)).records).toHaveLength(1);
  });

  it('D-18 opens to a value, not an exception, where there is no IndexedDB', async () => {
    const { deps } = createTestLedger();
    const { indexedDB: _none, ...without } = deps;
    await withoutIndexedDB(async () => {
      expect(await openLedger(without)).toEqual({ ok: false, error: 'storage.none' });
      expect(await createLedger(without).write({ kind: 'study', body: STUDY })).toEqual({
        ok: false,
        error: 'storage.none',
      });
    });
    const open = () => {
      throw new DOMException('blocked', 'SecurityError');
    };
    const refusing = { open } as unknown as IDBFactory;
    expect(await openLedger({ ...deps, indexedDB: refusing })).toEqual({
      ok: false,
      error: 'storage.failed',
    });
  });

  it('says that self records need WebCrypto and saves the others', async () => {
    const { ledger } = await joinedLedger('secretary', { crypto: {} });
    expect(await ledger.write({ kind: 'study', body: STUDY })).toEqual({
      ok: false,
      error: 'write.no-crypto',
    });
    expect(await ledger.write({ kind: 'activity', scope: BRANCH, body: ACTIVITY })).toMatchObject({
      ok: true,
    });
  });
});

/** Adds and puts go through and leave nothing behind. */
function forgetfulStore(): () => void {
  const { add, put } = IDBObjectStore.prototype;
  const forget = function (this: IDBObjectStore) {
    return this.get('nothing-here');
  };
  IDBObjectStore.prototype.add = forget as unknown as typeof add;
  IDBObjectStore.prototype.put = forget as unknown as typeof put;
  return () => Object.assign(IDBObjectStore.prototype, { add, put });
}
