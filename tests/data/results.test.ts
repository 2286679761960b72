import { describe, expect, it } from 'vitest';
import { ACTIVITY, BRANCH, joinedLedger, STUDY, testId } from '#tests/support/test-ledger.ts';

async function withRecords(count: number) {
  const test = await joinedLedger('secretary');
  await test.ledger.writeAll(
    Array.from({ length: count }, () => ({ kind: 'activity', scope: BRANCH, body: ACTIVITY })),
  );
  return test;
}

const bySeq = <T extends { seq: number }>(rows: T[]) => rows.sort((a, b) => a.seq - b.seq);

describe('results', () => {
  it('give each record of a run its own number', async () => {
    const { ledger, person } = await withRecords(3);
    expect(
      await ledger.sync.applyResults(person, [{ from: 1, to: 3, code: 'ok', n: 12, tag: 't' }]),
    ).toBe(3);
    expect(bySeq(await ledger.records()).map(({ n, state }) => [n, state])).toEqual([
      [10, 'sent'],
      [11, 'sent'],
      [12, 'sent'],
    ]);
  });

  it('S-06 set one bad record apart with its reason and let its neighbours through', async () => {
    const { ledger, person } = await withRecords(3);
    await ledger.sync.applyResults(person, [
      { from: 1, to: 1, code: 'ok', n: 1, tag: 't' },
      { from: 2, to: 2, code: 'invalid', reason: 'body' },
      { from: 3, to: 3, code: 'dup', n: 2, tag: 't' },
    ]);
    const rows = bySeq(await ledger.records());
    expect(rows.map(({ state }) => state)).toEqual(['sent', 'refused', 'sent']);
    expect(rows[1]?.reason).toBe('body');
    expect(await ledger.unsent()).toBe(0);
  });

  it('leave what is `later`, and what nothing was said of, in the outbox', async () => {
    const { ledger, person } = await withRecords(3);
    expect(await ledger.sync.applyResults(person, [{ from: 1, to: 2, code: 'later' }])).toBe(0);
    expect(await ledger.unsent()).toBe(3);
  });

  it('mark what a person has to confirm and never call it refused', async () => {
    const { ledger, person } = await withRecords(1);
    await ledger.sync.applyResults(person, [
      { from: 1, to: 1, code: 'to-confirm', n: 4, tag: 't', reason: 'same-id' },
    ]);
    expect(await ledger.records()).toMatchObject([{ state: 'sent', n: 4, confirm: 'same-id' }]);
  });

  it('of another device or for unknown places change nothing', async () => {
    const { ledger, person } = await withRecords(1);
    const runs = [
      { device: testId(50), from: 1, to: 1, code: 'ok' as const, n: 1 },
      { from: 0, to: 0, code: 'invalid' as const },
      { from: 5, to: 900_000_000_000, code: 'ok' as const, n: 900_000_000_000 },
    ];
    expect(await ledger.sync.applyResults(person, runs)).toBe(0);
    expect(await ledger.unsent()).toBe(1);
  });

  it('are forgotten when the server was restored: every own record goes again, refused ones stay apart', async () => {
    const { ledger, person } = await withRecords(3);
    await ledger.write({ kind: 'study', body: STUDY });
    await ledger.sync.applyResults(person, [
      { from: 1, to: 2, code: 'ok', n: 2, tag: 't' },
      { from: 3, to: 3, code: 'forbidden', reason: 'writer' },
    ]);
    await ledger.sync.beginEpoch(person, 'second');
    const again = (await ledger.current()) ?? person;
    expect(again.epoch).toBe('second');
    expect((await ledger.sync.listUnsent(again, 9)).records.map(({ seq }) => seq)).toEqual([
      1, 2, 4,
    ]);
    expect(bySeq(await ledger.records()).map(({ state }) => state)).toEqual([
      'saved',
      'saved',
      'refused',
      'saved',
    ]);
    expect((await ledger.sync.listCursors(again)).every(({ n }) => n === 0)).toBe(true);
  });
});
