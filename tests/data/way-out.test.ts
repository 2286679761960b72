import { describe, expect, it } from 'vitest';
import { createLedger, openLedger } from '#data/ledger/create-ledger.ts';
import { startMirror } from '#data/mirror/mirror.ts';
import { findWayOut } from '#data/mirror/way-out.ts';
import { readMirror } from '#data/mirror/mirror-store.ts';
import { databaseOf, EMPTIED, mirroredPhone } from '#tests/support/mirrored-phone.ts';
import { study } from '#tests/support/test-engine.ts';
import { admission, ME, OTHER, OTHER_DEVICE } from '#tests/support/test-ledger.ts';

/** A factory whose open fails, the first `times` times; and what was asked of it and of the clock. */
function failing(times: number, error = 'AbortError') {
  const real = EMPTIED();
  const asked = { opens: 0, waits: [] as number[] };
  const indexedDB = new Proxy(real.indexedDB, {
    get(factory, name) {
      if (name === 'open')
        return (...args: Parameters<IDBFactory['open']>) => {
          asked.opens += 1;
          if (asked.opens <= times) throw new DOMException('no manifest', error);
          return factory.open(...args);
        };
      return Reflect.get(factory, name).bind(factory) as unknown;
    },
  });
  const wait = async (ms: number) => void asked.waits.push(ms);
  return { asked, change: { ...real, indexedDB, wait } };
}

describe('a database that does not open', () => {
  it('D-09 is tried three times with longer waits, then told as a value', async () => {
    const phone = await mirroredPhone();
    const { asked, change } = failing(Infinity);
    expect(await openLedger({ ...phone.deps, ...change })).toEqual({
      ok: false,
      error: 'storage.failed',
    });
    expect(asked.opens).toBe(3);
    expect(asked.waits).toHaveLength(2);
    expect(asked.waits[1]).toBeGreaterThan(asked.waits[0]!);
  });

  it('D-09 ends too where Dexie tries an unknown error again by itself', async () => {
    const phone = await mirroredPhone();
    const { asked, change } = failing(Infinity, 'UnknownError');
    expect((await openLedger({ ...phone.deps, ...change })).ok).toBe(false);
    expect(asked.waits).toHaveLength(2);
    expect(asked.opens).toBeLessThan(7);
  });

  it('D-09 opens where a later try does', async () => {
    const phone = await mirroredPhone();
    const { asked, change } = failing(2);
    expect((await openLedger({ ...phone.deps, ...change })).ok).toBe(true);
    expect(asked.opens).toBe(3);
  });

  it('D-09 still gives out what was never sent, and neither token nor key', async () => {
    const phone = await mirroredPhone();
    await study(phone.ledger, 2);
    await phone.save();
    const { from, own } = await findWayOut(null, phone.storage);
    expect(from).toBe('mirror');
    expect(own).toMatchObject({ names: { hans: '黄国强' }, refused: [] });
    const records = own!.unsent.map((line) => JSON.parse(line) as object);
    expect(records).toMatchObject([
      { kind: 'self', seq: 1 },
      { kind: 'self', seq: 2 },
    ]);
    expect(JSON.stringify(own)).not.toContain(phone.person.token);
  });

  it('D-09 reads from the mirror when a database that was open fails', async () => {
    const phone = await mirroredPhone();
    await study(phone.ledger, 1);
    await phone.save();
    const db = databaseOf(createLedger({ ...phone.deps, ...failing(Infinity).change }));
    expect(await findWayOut(db, phone.storage)).toMatchObject({
      from: 'mirror',
      own: { names: { hans: '黄国强' } },
    });
  });
});

describe('the way out of a phone that works', () => {
  it('has what the database holds, also what is not mirrored yet', async () => {
    const phone = await mirroredPhone();
    await study(phone.ledger, 3);
    const { from, own } = await findWayOut(databaseOf(phone.ledger), phone.storage);
    expect(from).toBe('database');
    expect(own?.unsent).toHaveLength(3);
  });

  it('S-06 has what the county refused, with the reason, and keeps it in the chain', async () => {
    const phone = await mirroredPhone();
    await study(phone.ledger, 3);
    const refuse = (from: number, reason: string) =>
      phone.ledger.sync.applyResults(phone.person, [{ from, to: from, code: 'forbidden', reason }]);
    expect(await refuse(2, 'writer')).toBe(1);
    const { own } = await findWayOut(databaseOf(phone.ledger), phone.storage);
    expect(own?.unsent).toHaveLength(2);
    expect(own?.refused.map((line) => JSON.parse(line) as object)).toMatchObject([
      { kind: 'self', seq: 2, reason: 'writer' },
    ]);
    expect(await phone.ledger.refused()).toMatchObject([{ seq: 2, reason: 'writer' }]);
    await refuse(3, 'size');
    expect((await phone.ledger.refused()).map(({ seq }) => seq)).toEqual([2, 3]);
    expect(await study(phone.ledger)).toMatchObject({ ok: true, value: [{ seq: 4 }] });
  });

  it('S-06 finds what an earlier version of the app was refused, with the next result', async () => {
    const phone = await mirroredPhone();
    await study(phone.ledger, 2);
    const { records } = databaseOf(phone.ledger);
    const [row] = await records.toArray();
    const { outbox: _, ...rest } = row!;
    await records.put({ ...rest, state: 'refused', reason: 'body' });
    await phone.ledger.sync.applyResults(phone.person, [
      { from: 1, to: 9, code: 'ok', n: 9, tag: 't' },
    ]);
    expect(await phone.ledger.refused()).toMatchObject([{ id: row!.id, reason: 'body' }]);
  });

  it('shows of others on the phone no more than how many wait', async () => {
    const phone = await mirroredPhone();
    await study(phone.ledger, 2);
    await phone.ledger.admit(admission({ person: OTHER, device: OTHER_DEVICE, token: 'other' }));
    await phone.save();
    for (const db of [databaseOf(phone.ledger), null])
      expect(await findWayOut(db, phone.storage)).toMatchObject({ own: null, others: 2 });
    await study(phone.ledger, 1);
    await phone.save();
    for (const db of [databaseOf(phone.ledger), null]) {
      const { own, others } = await findWayOut(db, phone.storage);
      expect([own?.unsent.length, others]).toEqual([1, 2]);
    }
    await phone.ledger.setCurrent(ME);
    expect(await findWayOut(databaseOf(phone.ledger), phone.storage)).toMatchObject({ others: 1 });
  });
});

describe('the mirror of a running app', () => {
  it('follows every save, restores at the next start, and hands its bugs on', async () => {
    const phone = await mirroredPhone();
    const errors: unknown[] = [];
    const start = (ledger = phone.ledger) =>
      startMirror({
        ...phone.deps,
        ...{ ledger, storage: phone.storage, subtle: crypto.subtle },
        schedule: (_ms, run) => {
          const timer = setTimeout(run, 0);
          return () => clearTimeout(timer);
        },
        onError: (error) => errors.push(error),
      });
    expect(await start()).toBeNull();
    await study(phone.ledger, 2);
    await expect.poll(() => readMirror(phone.storage).records.get(ME)?.length).toBe(2);
    phone.ledger.close();
    const ledger = createLedger({ ...phone.deps, ...EMPTIED() });
    expect(await start(ledger)).toMatchObject({ people: 1, records: 2 });
    expect(errors).toEqual([]);
    const broken = createLedger({ ...phone.deps, ...failing(Infinity).change });
    expect(await start(broken)).toBeNull();
    expect(errors).toHaveLength(1);
  });
});
