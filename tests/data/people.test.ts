import { describe, expect, it } from 'vitest';
import {
  admission,
  createTestLedger,
  grant,
  joinedLedger,
  ME,
  OTHER,
  STUDY,
  testId,
} from '#tests/support/test-ledger.ts';

const someoneElse = admission({ person: OTHER, device: testId(20), token: 'other-token' });

describe('several people on one phone', () => {
  it('have own records, outboxes, keys and kept values', async () => {
    const { ledger, person } = await joinedLedger();
    await ledger.write({ kind: 'study', body: STUDY });
    await ledger.keep('draft', 'mine');
    const other = await ledger.admit(someoneElse);
    expect((await ledger.current())?.person).toBe(OTHER);
    expect(await ledger.records()).toEqual([]);
    expect(await ledger.unsent()).toBe(0);
    expect(await ledger.kept('draft')).toBeNull();
    expect(other.key).not.toEqual(person.key);
    await ledger.write({ kind: 'study', body: STUDY });
    expect(await ledger.records()).toMatchObject([{ seq: 1, author: OTHER }]);
    await ledger.setCurrent(ME);
    expect(await ledger.records()).toMatchObject([{ seq: 1, author: ME }]);
    expect(await ledger.kept('draft')).toBe('mine');
  });

  it('are listed in the order of joining, and nobody unknown becomes current', async () => {
    const { ledger, clock } = await joinedLedger();
    clock.pass(1);
    await ledger.admit(someoneElse);
    await ledger.setCurrent(testId(99));
    expect((await ledger.current())?.person).toBe(OTHER);
    expect((await ledger.people()).map(({ person }) => person)).toEqual([ME, OTHER]);
  });
});

describe('a second invitation of somebody who is here', () => {
  const again = admission({
    device: testId(30),
    token: 'new-token',
    grants: [grant('member'), grant('secretary')],
  });

  it('keeps the key and takes the new device where nothing waits', async () => {
    const { ledger, person } = await joinedLedger();
    const readmitted = await ledger.admit(again);
    expect(readmitted).toMatchObject({
      device: testId(30),
      token: 'new-token',
      grants: again.grants,
    });
    expect(readmitted.key).toEqual(person.key);
  });

  it('keeps the old device while records wait under it', async () => {
    const { ledger, person } = await joinedLedger();
    await ledger.write({ kind: 'study', body: STUDY });
    const readmitted = await ledger.admit(again);
    expect(readmitted).toMatchObject({
      device: person.device,
      token: person.token,
      grants: again.grants,
    });
    expect((await ledger.sync.listUnsent(readmitted, 10)).records).toHaveLength(1);
  });
});

describe('before anybody joined', () => {
  it('keeps values for the phone', async () => {
    const { ledger } = createTestLedger();
    await ledger.keep('invitation', 'secret');
    expect(await ledger.kept('invitation')).toBe('secret');
    expect(await ledger.current()).toBeNull();
    expect(await ledger.records()).toEqual([]);
  });
});

describe('a live query', () => {
  it('answers now and again after a change', async () => {
    const { ledger } = await joinedLedger();
    const seen: number[] = [];
    const subscription = ledger
      .live(() => ledger.records({ kind: 'study' }))
      .subscribe((rows) => seen.push(rows.length));
    await expect.poll(() => seen).toEqual([0]);
    await ledger.write({ kind: 'study', body: STUDY });
    await expect.poll(() => seen).toEqual([0, 1]);
    subscription.unsubscribe();
  });
});
