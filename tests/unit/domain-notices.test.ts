import { expect, it } from 'vitest';
import { foldNotices } from '#domain/notices.ts';

const notice = (n: number, until: string, more: object = {}) => ({
  ...{ id: `r${n}`, scope: 'branch', kind: 'notice', subject: null, author: 'desk', seq: n, n },
  ...{ at: n, day: '2026-03-05', body: { text: `第${n}条`, until } as unknown, ...more },
});
const texts = (records: Parameters<typeof foldNotices>[0], today = '2026-03-05') =>
  foldNotices(records, today).map(({ text }) => text);

it('notices are read until their day is over, the newest first', () => {
  const records = [notice(1, '2026-03-06'), notice(2, '2026-03-05'), notice(3, '2026-03-04')];
  expect(texts(records)).toEqual(['第2条', '第1条']);
  expect(texts([...records].reverse())).toEqual(['第2条', '第1条']);
  expect(texts(records, '2026-03-07')).toEqual([]);
});

it('one that was taken back is gone, and one that waits for a person is not read yet', () => {
  expect(texts([notice(1, '2026-03-06', { body: null })])).toEqual([]);
  expect(texts([notice(1, '2026-03-06', { confirm: 'after-role' })])).toEqual([]);
});
