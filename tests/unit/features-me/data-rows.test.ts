import { expect, it } from 'vitest';
import type { LedgerRecord } from '#data/ledger/ledger.ts';
import { absenceRows, otherRows, type Said } from '#features/me/data-rows.ts';

const said: Said = {
  t: (key) => key,
  te: () => true,
  nameOf: () => '',
  groupOf: () => '',
  titleOf: (title) => title,
  dayOf: (day) => day,
};
const row = (id: string, kind: string, body: object) =>
  ({ id, kind, body, day: '2026-11-26' }) as LedgerRecord;

it('tells what somebody said of coming, and of which activity', () => {
  const rows = [
    row('1', 'absence', { activity: 'a', coming: false }),
    row('2', 'absence', { activity: 'a', coming: true }),
    row('3', 'absence', { activity: 'unknown', coming: false }),
  ];
  const activities = [row('a', 'activity', { title: '主题党日' })];
  expect(absenceRows(said, { rows, activities }).map(({ title, note }) => [title, note])).toEqual([
    ['主题党日', '2026-11-26　me.data.cannot-come'],
    ['主题党日', '2026-11-26　me.data.can-come'],
    ['me.some-activity', '2026-11-26　me.data.cannot-come'],
  ]);
  expect(otherRows(said, rows)).toEqual([]);
});
