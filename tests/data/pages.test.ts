import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { inOrder } from '#domain/fold.ts';
import { CURSOR_START } from '#protocol/limits.ts';
import {
  ACTIVITY,
  activityRow,
  BRANCH,
  DEVICE,
  joinedLedger,
  ME,
  pageOf,
  STUDY,
  testId,
} from '#tests/support/test-ledger.ts';

describe('a page', () => {
  it('brings rows and cursor together', async () => {
    const { ledger, person } = await joinedLedger();
    expect(
      await ledger.sync.applyPage(person, pageOf([activityRow(1), activityRow(2)]), CURSOR_START),
    ).toBe(2);
    expect(await ledger.records({ kind: 'activity', scope: BRANCH })).toHaveLength(2);
    expect(await ledger.sync.listCursors(person)).toContainEqual({
      scope: BRANCH,
      view: 'member',
      n: 2,
      tag: 'tag-2',
    });
  });

  it('never moves a cursor back or past what another tab has pulled meanwhile', async () => {
    const { ledger, person } = await joinedLedger();
    await ledger.sync.applyPage(person, pageOf([activityRow(1), activityRow(2)]), CURSOR_START);
    await ledger.sync.applyPage(person, pageOf([activityRow(1)]), CURSOR_START);
    expect(await ledger.sync.listCursors(person)).toContainEqual({
      scope: BRANCH,
      view: 'member',
      n: 2,
      tag: 'tag-2',
    });
  });

  it('keeps kinds that this version does not know', async () => {
    const { ledger, person } = await joinedLedger();
    const row = activityRow(1, { kind: 'dance', body: { steps: 3 } });
    await ledger.sync.applyPage(person, pageOf([row]), CURSOR_START);
    expect(await ledger.records()).toMatchObject([{ kind: 'dance', body: { steps: 3 } }]);
  });

  it('S-07 keeps both of one id with different contents', async () => {
    const { ledger, person } = await joinedLedger();
    const other = { ...activityRow(2, { id: testId(1_001) }), confirm: 'same-id' };
    await ledger.sync.applyPage(person, pageOf([activityRow(1), other]), CURSOR_START);
    const rows = inOrder(await ledger.records());
    expect(rows.map(({ id, confirm }) => [id, confirm])).toEqual([
      [testId(1_001), null],
      [testId(1_001), 'same-id'],
    ]);
  });

  it('is the receipt of an own row that comes back', async () => {
    const { ledger, person } = await joinedLedger('secretary');
    await ledger.write({ kind: 'activity', scope: BRANCH, body: ACTIVITY });
    const [wire] = (await ledger.sync.listUnsent(person, 1)).records;
    const row = { ...wire, author: ME, device: DEVICE, n: 7 } as ReturnType<typeof activityRow>;
    await ledger.sync.applyPage(person, pageOf([row]), CURSOR_START);
    expect(await ledger.records()).toMatchObject([{ state: 'sent', n: 7 }]);
    expect(await ledger.unsent()).toBe(0);
  });

  it('of another history begins its view again and makes own records of the scope unsent', async () => {
    const { ledger, person } = await joinedLedger('secretary');
    await ledger.write({ kind: 'activity', scope: BRANCH, body: ACTIVITY });
    await ledger.write({ kind: 'study', body: STUDY });
    await ledger.sync.applyResults(person, [{ from: 1, to: 2, code: 'ok', n: 6, tag: 't' }]);
    const from = { n: 9, tag: 'gone' };
    await ledger.sync.applyPage(person, { ...pageOf([]), cursor: from }, CURSOR_START);
    await ledger.sync.applyPage(
      person,
      { ...pageOf([]), cursor: CURSOR_START, more: true, reset: true },
      from,
    );
    expect(await ledger.sync.listCursors(person)).toContainEqual({
      scope: BRANCH,
      view: 'member',
      ...CURSOR_START,
    });
    expect((await ledger.sync.listUnsent(person, 9)).records).toMatchObject([{ kind: 'activity' }]);
  });

  it('S-03 in any order and any number of times leaves the same state', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => activityRow(i + 1));
    const pages = [0, 3, 6, 9].map((from) => pageOf(rows.slice(from, from + 3)));
    const order = fc.array(fc.nat({ max: pages.length - 1 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(order, async (extra) => {
        const { ledger, person } = await joinedLedger();
        for (const i of [...extra, 3, 1, 0, 2]) {
          const page = pages[i];
          if (page) await ledger.sync.applyPage(person, page, CURSOR_START);
        }
        expect(inOrder(await ledger.records()).map(({ n }) => n)).toEqual(rows.map(({ n }) => n));
      }),
      { numRuns: 25, seed: 7 },
    );
  });
});
