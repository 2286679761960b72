/** Who reports to a branch besides their own: the fold, and what a code says. */
import { describe, expect, it } from 'vitest';
import type { Foldable } from '#domain/fold.ts';
import { isFresh, readReport, reportLink } from '#domain/report-code.ts';
import { foldRoster } from '#domain/roster.ts';
import { countRoll, foldRoll } from '#domain/roll.ts';
import { foldSeconds } from '#domain/seconds.ts';

const WEI = '0190c3c4-0000-7000-8000-000000000001';
const OWN = '0190c3c4-0000-7000-8000-000000000002';
const DEVICE = '0190c3c4-0000-7000-8000-000000000003';
const NONCE = 'ABCDEFGHJKMNPQRS';
const names = { hans: '韦国栋', hant: '韋國棟' };
const said = {
  names,
  device: DEVICE,
  nonce: NONCE,
  signed: '2026-11-01',
  signature: 'A'.repeat(86),
};
const come = { way: 'in', as: 'double', day: '2026-11-02', card: NONCE, ...said };

const row = (n: number, kind: string, subject: string, body: unknown, more: object = {}) => ({
  ...{ id: `r${n}`, kind, subject, author: 's', seq: n, n, at: 0, day: '2026-11-02', body },
  ...more,
});
const second = (n: number, body: object, more: object = {}) => row(n, 'second', WEI, body, more);
const on = (day: string, ...rows: Foldable<unknown>[]) =>
  foldSeconds(rows, foldRoster(rows, day), { day }).map(({ person }) => person);

describe('a second membership', () => {
  it('runs from its day to the day of its end, whoever ends it', () => {
    const out = second(2, { way: 'out', day: '2026-11-20' });
    expect(on('2026-11-01', second(1, come))).toEqual([]);
    expect(on('2026-11-19', out, second(1, come))).toEqual([WEI]);
    expect(on('2026-11-20', out, second(1, come))).toEqual([]);
  });

  it('begins again by another code, and never by the one that was used', () => {
    const out = second(2, { way: 'out', day: '2026-11-20' });
    const later = { ...come, day: '2026-11-22' };
    expect(on('2026-11-23', second(1, come), out, second(3, later))).toEqual([]);
    const fresh = second(3, { ...later, nonce: 'SRQPNMKJHGFEDCBA' });
    expect(on('2026-11-23', second(1, come), out, fresh)).toEqual([WEI]);
  });

  it('is nothing while its record waits, once it was erased, or to whoever is the branch’s own', () => {
    const own = row(2, 'member', WEI, { names, card: NONCE });
    expect(on('2026-11-03', second(1, come, { confirm: 'carried' }))).toEqual([]);
    expect(on('2026-11-03', second(1, come, { body: null }))).toEqual([]);
    expect(on('2026-11-03', second(1, come), own)).toEqual([]);
  });

  it('is over where the branch took them over since and let them go, and begins anew by another code', () => {
    const own = row(2, 'member', WEI, { names, card: NONCE });
    const gone = row(3, 'standing', WEI, { of: 'state', is: 'unlisted', from: '2026-11-10' });
    const out = row(3, 'transfer', WEI, { way: 'out', day: '2026-11-10' });
    const fresh = second(4, { ...come, day: '2026-11-10', nonce: 'SRQPNMKJHGFEDCBA' });
    const unlisted = row(5, 'standing', WEI, { of: 'state', is: 'unlisted', from: '2026-11-02' });
    expect(on('2026-11-10', second(1, come), own, gone)).toEqual([]);
    expect(on('2026-11-10', own, unlisted, second(6, come), gone, out)).toEqual([WEI]);
    expect(on('2026-11-10', second(1, come), own, gone, fresh)).toEqual([WEI]);
    expect(on('2026-11-10', second(1, come), out)).toEqual([WEI]);
  });

  it('is in no number of the branch, though the line is there', () => {
    const activity = 'a';
    const line = (n: number, person: string) =>
      row(n, 'check-in', person, { activity, state: 'present', how: 'tap' });
    const rows = [row(1, 'member', OWN, { names, card: NONCE }), second(2, come)];
    const roll = foldRoll(activity, [line(3, WEI)]);
    const roster = foldRoster(rows, '2026-11-03');
    expect(roll.get(WEI)?.state).toBe('present');
    expect(countRoll(roster, roll)).toEqual({
      present: 0,
      online: 0,
      leave: 0,
      excused: 0,
      open: 1,
    });
  });
});

describe('what a code says', () => {
  const report = { person: WEI, ...said };

  it('is read back from the whole link or its fragment, with spaces round it', () => {
    const link = reportLink('https://county.example', report);
    expect(readReport(` ${link}\n`)).toEqual(report);
    expect(readReport(link.split('#')[1] ?? '')).toEqual(report);
    expect(link.length).toBeLessThan(330);
  });

  it('is nothing where it is another text, or one that was cut', () => {
    const link = reportLink('https://x', report);
    for (const text of ['', 'https://x/desk/accept#AAAA', link.slice(0, -9), `${link}.more`])
      expect(readReport(text)).toBeNull();
  });

  it('is old after a month, and not yet said by a clock that runs ahead', () => {
    expect(isFresh('2026-11-01', '2026-12-01')).toBe(true);
    expect(isFresh('2026-11-01', '2026-12-02')).toBe(false);
    expect(isFresh('2026-11-02', '2026-11-01')).toBe(true);
    expect(isFresh('2026-11-03', '2026-11-01')).toBe(false);
  });
});
