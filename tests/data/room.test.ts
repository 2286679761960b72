import { IDBObjectStore } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { admission, createTestLedger, STUDY } from '#tests/support/test-ledger.ts';

describe('a full phone', () => {
  it.each([
    ['something was freed', true, { ok: true }, 1],
    ['nothing could be', false, { ok: false, error: 'write.full' }, 0],
  ] as const)('D-12 a record is tried once more where %s', async (_, freed, saved, unsent) => {
    const add = IDBObjectStore.prototype.add;
    let full = false;
    const makeRoom = async () => {
      full = !freed;
      return freed;
    };
    const { ledger } = createTestLedger({ makeRoom });
    await ledger.admit(admission());
    IDBObjectStore.prototype.add = function (this: IDBObjectStore, ...given: [unknown]) {
      if (full) throw new DOMException('full', 'QuotaExceededError');
      return add.apply(this, given);
    } as typeof add;
    full = true;
    expect(await ledger.write({ kind: 'study', body: STUDY })).toMatchObject(saved);
    IDBObjectStore.prototype.add = add;
    expect(await ledger.unsent()).toBe(unsent);
  });
});
