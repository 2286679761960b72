import { describe, expect, it, vi } from 'vitest';
import { startMirror } from '#data/mirror/mirror.ts';
import { createLeaseLocks } from '#data/lease-locks.ts';
import { openLedger } from '#data/ledger/create-ledger.ts';
import { losableIndexedDB } from '#tests/support/losable-indexeddb.ts';
import { memoryStorage } from '#tests/support/memory-storage.ts';
import { databaseOf } from '#tests/support/mirrored-phone.ts';
import { saveMirror } from '#data/mirror/save-mirror.ts';
import { createTestLedger, joinedLedger, STUDY } from '#tests/support/test-ledger.ts';

const draft = { kind: 'study', body: STUDY };

async function phone() {
  const disk = losableIndexedDB();
  const rests: number[] = [];
  const wait = async (ms: number) => void rests.push(ms);
  const joined = await joinedLedger('member', { ...disk, wait });
  const counts: number[] = [];
  joined.ledger.live(() => joined.ledger.unsent()).subscribe((count) => counts.push(count));
  await vi.waitFor(() => expect(counts).toEqual([0]));
  const opens: boolean[] = [];
  joined.ledger.connection.follow((open) => opens.push(open));
  return { ...joined, disk, rests, counts, opens };
}

describe('a connection that the browser ends', () => {
  it.each([undefined, 'silently'] as const)(
    'D-09 between two saves (%s) keeps nobody from saving, and what is on the screen goes on',
    async (how) => {
      const { ledger, disk, counts } = await phone();
      disk.lose(how);
      expect(await ledger.write(draft)).toMatchObject({ ok: true });
      await vi.waitFor(() => expect(counts.at(-1)).toBe(1));
      await ledger.write(draft);
      await vi.waitFor(() => expect(counts.at(-1)).toBe(2));
    },
  );

  it.each(['in a write', 'after a commit'] as const)(
    'D-02 %s costs no record and doubles none',
    async (moment) => {
      const { ledger, disk } = await phone();
      disk.loseAt(moment);
      const saved = await ledger.write(draft);
      expect(saved).toMatchObject({ ok: true, value: { seq: 1 } });
      expect((await ledger.records({ kind: 'study' })).map(({ id }) => id)).toEqual([
        saved.ok ? saved.value.id : null,
      ]);
      expect(await ledger.write(draft)).toMatchObject({ ok: true, value: { seq: 2 } });
    },
  );

  it('D-09 is opened again in three tries at most, with rests', async () => {
    const { ledger, disk, rests, opens } = await phone();
    disk.refuse(2);
    disk.lose();
    expect(await ledger.write(draft)).toMatchObject({ ok: true });
    expect(rests).toEqual([250, 1_000]);
    expect(opens).toEqual([true]);
  });

  it('D-09 and does not open again: it is said, left in peace for a moment, and over as soon as it opens', async () => {
    const { ledger, clock, disk, counts, opens } = await phone();
    disk.refuse(Infinity);
    disk.lose();
    expect(await ledger.write(draft)).toEqual({ ok: false, error: 'storage.failed' });
    expect(opens).toEqual([false]);
    const tried = disk.openings;
    expect(await ledger.write(draft)).toEqual({ ok: false, error: 'storage.failed' });
    expect(disk.openings).toBe(tried);
    disk.refuse(0);
    clock.pass(5_000);
    expect(await ledger.write(draft)).toMatchObject({ ok: true });
    expect(opens).toEqual([false, true]);
    await vi.waitFor(() => expect(counts.at(-1)).toBe(1));
  });

  it('D-09 a ledger that was closed on purpose stays closed', async () => {
    const { ledger, disk } = await phone();
    const opened = disk.openings;
    ledger.close();
    expect(await ledger.write(draft)).toEqual({ ok: false, error: 'storage.failed' });
    expect(disk.openings).toBe(opened);
  });
});

describe('a database that is thrown away', () => {
  it.each([
    ['without locks', false],
    ['under a lease', true],
  ])(
    'D-06 under the running app is filled from the mirror before anybody saves (%s)',
    async (_, leases) => {
      const { ledger, clock, deps, disk } = await phone();
      const wait = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));
      const locks = createLeaseLocks({ sync: ledger.sync, tab: 'this', wait });
      const storage = memoryStorage();
      const told: string[] = [];
      const { random } = deps;
      await startMirror({
        ...{ ledger, storage, clock, random, subtle: crypto.subtle },
        ...(leases ? { locks } : {}),
        schedule: () => () => undefined,
        onError: (error) => expect(error).toBeUndefined(),
        onRestored: () => told.push('restored'),
      });
      const before = await ledger.write(draft);
      await saveMirror(databaseOf(ledger), storage);
      await disk.empty();
      expect(await ledger.write(draft)).toMatchObject({ ok: true, value: { seq: 2 } });
      expect(told).toEqual(['restored']);
      expect((await ledger.records({ kind: 'study' })).map(({ id }) => id)).toContain(
        before.ok ? before.value.id : null,
      );
      expect(await ledger.current()).toMatchObject({ fresh: true });
    },
  );

  it.each([
    ['total', true],
    ['none', false],
    [undefined, false],
  ])('D-06 with dataLoss %s is noticed at opening: %s', async (dataLoss, noticed) => {
    const disk = losableIndexedDB();
    const lossy = new Proxy(disk.indexedDB, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        if (key !== 'open') return value;
        return (...given: Parameters<IDBFactory['open']>) => {
          const request = target.open(...given);
          request.addEventListener('upgradeneeded', (event) => Object.assign(event, { dataLoss }));
          return request;
        };
      },
    });
    const { deps } = createTestLedger({ ...disk, indexedDB: lossy });
    const opened = await openLedger(deps);
    expect(opened.ok && opened.value.connection.lostData()).toBe(noticed);
  });
});
