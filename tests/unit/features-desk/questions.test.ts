import { describe, expect, it } from 'vitest';
import type { DeviceRow } from '#domain/devices.ts';
import { foldQuestions } from '#features/desk/questions.ts';

const NOW = Date.parse('2026-03-20T08:00:00+08:00');
const [ME, SECRETARY, MEMBER] = ['me', 'secretary', 'member'];

function row(n: number, kind: string, body: object, more: Partial<DeviceRow> = {}): DeviceRow {
  return {
    ...{
      id: `r${n}`,
      kind,
      scope: 'b',
      subject: MEMBER,
      author: MEMBER,
      device: `d${n}`,
      seq: n,
      n,
    },
    ...{ at: NOW, day: '2026-03-18', body, confirm: null, state: 'received', ...more },
  };
}
const consent = (n: number, more: Partial<DeviceRow> = {}) =>
  row(n, 'consent', { notice: 1 }, more);
const asked = (rows: DeviceRow[], answered: string[] = []) =>
  foldQuestions(rows, {
    ...{ now: NOW, reader: ME, answered: new Set(answered) },
    isPlain: (person) => person !== SECRETARY,
  }).map(({ is, person, device }) => [is, person, device]);

describe('what the desk is asked', () => {
  it('is whether whoever joined is who they say, once on this phone', () => {
    expect(asked([consent(1)])).toEqual([['joined', MEMBER, 'd1']]);
    expect(asked([consent(1)], ['d1'])).toEqual([]);
  });

  it('is asked no more on any phone once one secretary has said no', () => {
    expect(asked([consent(1), row(2, 'revocation', { device: 'd1' })])).toEqual([]);
  });

  it('is nothing about oneself, a role’s holder, or whoever joined more than a month ago', () => {
    expect(asked([consent(1, { subject: ME }), consent(2, { subject: SECRETARY })])).toEqual([]);
    expect(asked([consent(1, { day: '2026-02-01' })])).toEqual([]);
  });

  it('is who wants to be let in again, and not a second time when they have come', () => {
    const request = row(2, 'rejoin-request', { device: 'd9' });
    expect(asked([consent(1), request])).toEqual([['rejoin', MEMBER, 'd9']]);
    expect(asked([request], ['r2'])).toEqual([]);
    const admission = row(3, 'admission', { device: 'd9', request: 'r2' });
    expect(asked([consent(1), request, admission, consent(4, { device: 'd9' })])).toEqual([]);
  });
});
