import { describe, expect, it } from 'vitest';
import { foldOfficers } from '#features/desk/branch-officers.ts';

const COUNTY = 'county';
const DAY = '2026-03-05';
let made = 0;

function row(kind: 'role' | 'office', subject: string, body: object, more: object = {}) {
  made += 1;
  const numbers = { seq: made, n: made, at: made };
  const header = { id: `r${made}`, kind, subject, author: 'a', day: DAY, state: 'received' };
  const term = { role: 'secretary', names: { hans: subject }, card: 'C', from: '2024-01-01' };
  const place = kind === 'office' ? { scope: COUNTY } : { scope: 'b' };
  const whole = { ...term, ...(kind === 'office' ? { branch: 'b' } : {}), ...body };
  return { ...header, ...numbers, ...place, body: whole, ...more };
}

const told = (rows: ReturnType<typeof row>[], day = DAY) =>
  (foldOfficers(rows, day).get('b') ?? []).map(({ person, since }) => [person, since]);

describe('the secretaries of a branch, for an administrator', () => {
  it('are those of the county’s register on that day', () => {
    const rows = [
      row('office', 'old', {}),
      row('office', 'new', { from: DAY }),
      row('office', 'old', { to: DAY }),
      row('office', 'c', { role: 'committee' }),
    ];
    expect(told(rows)).toEqual([['new', DAY]]);
    expect(told(rows, '2026-03-04')).toEqual([['old', '2024-01-01']]);
    const committee = foldOfficers(rows, DAY, 'committee').get('b') ?? [];
    expect(committee.map(({ person }) => person)).toEqual(['c']);
  });

  it('are whom the administrator has asked, before that is sent and where no register tells', () => {
    const asked = row('role', 'x', { from: DAY }, { state: 'saved', n: null });
    expect(told([asked])).toEqual([['x', DAY]]);
    expect(told([row('role', 'y', {}, { state: 'sent' })])).toEqual([['y', '2024-01-01']]);
    expect(told([row('role', 'z', {}, { state: 'refused' })])).toEqual([]);
  });

  it('are no more whom a secretary relieved meanwhile', () => {
    const own = row('role', 'old', {}, { state: 'sent' });
    expect(told([own, row('office', 'old', {}), row('office', 'old', { to: DAY })])).toEqual([]);
  });
});
