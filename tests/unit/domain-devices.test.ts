import { describe, expect, it } from 'vitest';
import {
  ASKED_MS,
  checkNumber,
  foldDevices,
  foldRejoining,
  mayActOnDevice,
  type DeviceRow,
} from '#domain/devices.ts';
import type { Grant, Role } from '#domain/roles.ts';

const ID = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [branch, other, me, you] = [ID(1), ID(2), ID(3), ID(4)];

function row(n: number, kind: string, body: unknown, more: Partial<DeviceRow> = {}): DeviceRow {
  return {
    ...{
      id: ID(100 + n),
      kind,
      scope: branch,
      subject: me,
      author: me,
      device: `d${n}`,
      seq: n,
      n,
    },
    ...{ at: n, day: `2026-03-0${n}`, body, confirm: null, state: 'received', ...more },
  };
}
const consent = (n: number, more: Partial<DeviceRow> = {}) =>
  row(n, 'consent', { notice: 1 }, more);
const shown = (rows: DeviceRow[]) => foldDevices(rows).map(({ device, ended }) => [device, ended]);

describe('the devices of a person', () => {
  it('are those that agreed to the notice, since that day, in one order on every phone', () => {
    const rows = [consent(1), consent(2), consent(3, { device: 'd1', scope: other })];
    expect(foldDevices(rows.toReversed())).toMatchObject([
      { device: 'd1', since: '2026-03-01', scope: branch, ended: null },
      { device: 'd2', since: '2026-03-02' },
    ]);
  });

  it('end by a revocation, which is told apart while it is on this phone alone', () => {
    const told = row(3, 'revocation', { device: 'd1' });
    expect(shown([consent(1), consent(2), told])).toEqual([
      ['d1', 'told'],
      ['d2', null],
    ]);
    const saved = row(3, 'revocation', { device: 'd1' }, { state: 'saved', n: null });
    expect(shown([consent(1), saved])).toEqual([['d1', 'saved']]);
  });

  it('end all but one by an admission, and the yes that follows makes no second of it', () => {
    const admission = row(3, 'admission', { device: 'd4', request: ID(9) });
    expect(shown([consent(1), consent(2), admission, consent(4)])).toEqual([
      ['d1', 'told'],
      ['d2', 'told'],
      ['d4', null],
    ]);
    expect(foldDevices([admission, consent(4)])[0]).toMatchObject({ admitted: true });
  });

  it('are not changed by what was refused or waits for a person, save for want of a seal', () => {
    const end = (more: Partial<DeviceRow>) => row(2, 'revocation', { device: 'd1' }, more);
    expect(shown([consent(1), end({ state: 'refused' })])).toEqual([['d1', null]]);
    expect(shown([consent(1), end({ confirm: 'after-revocation' })])).toEqual([['d1', null]]);
    expect(shown([consent(1), end({ confirm: 'unsealed' })])).toEqual([['d1', 'told']]);
    expect(shown([consent(1, { confirm: 'after-revocation' })])).toEqual([]);
  });
});

describe('who waits for the desk', () => {
  const request = row(1, 'rejoin-request', { device: 'd9' }, { at: 1_000 });

  it('is told with the number that is read out, until somebody is let in or a fortnight is over', () => {
    const number = checkNumber(request.id, 'd9');
    const waiting = [{ request: request.id, person: me, device: 'd9', number }];
    expect(foldRejoining([request], 1_000)).toEqual(waiting);
    const admission = row(2, 'admission', { device: 'd9', request: request.id });
    expect(foldRejoining([request, admission], 1_000)).toEqual([]);
    expect(foldRejoining([request], 1_000 + ASKED_MS)).toEqual([]);
    expect(foldRejoining([request, { ...admission, state: 'refused' }], 1_000)).toEqual(waiting);
  });

  it('has six digits, the first of them a nought too', () => {
    const numbers = Array.from({ length: 200 }, (_, n) => checkNumber(ID(n), 'd'));
    expect(numbers.every((number) => /^\d{6}$/.test(number))).toBe(true);
    expect(numbers.some((number) => number.startsWith('0'))).toBe(true);
  });
});

describe('whose phones', () => {
  const at = (...roles: Role[]): Grant[] => roles.map((role) => ({ scope: branch, role }));
  const may = (kind: string, grants: Grant[], subjectGrants: Grant[], more: object = {}) =>
    mayActOnDevice({
      ...{ kind, scope: branch, author: me, subject: you, administers: false },
      ...{ grants, subjectGrants, ...more },
    });

  it('a desk may end: its members’, not another desk’s, not those of whoever holds more elsewhere', () => {
    const desk = at('member', 'secretary');
    const end = (grants: Grant[], more = {}) => may('revocation', desk, grants, more);
    expect(end(at('member'))).toBe(true);
    expect(end([{ scope: other, role: 'member' }])).toBe(false);
    for (const role of ['secretary', 'committee', 'reviewer', 'administrator'] as const)
      for (const scope of [branch, other])
        expect(end([...at('member'), { scope, role }])).toBe(false);
    expect(end(at('member', 'secretary'), { administers: true })).toBe(true);
    expect(end(at('member', 'secretary'), { subject: me })).toBe(true);
  });

  it('a desk may let in: its members’, its own desk’s by the secretary alone', () => {
    const admit = (by: Role, grants: Grant[]) => may('admission', at('member', by), grants);
    for (const by of ['secretary', 'committee'] as const) {
      expect(admit(by, at('member'))).toBe(true);
      expect(admit(by, [])).toBe(true);
      expect(admit(by, [{ scope: other, role: 'member' }])).toBe(false);
      expect(admit(by, [...at('member'), { scope: other, role: 'secretary' }])).toBe(false);
      expect(admit(by, at('member', 'secretary'))).toBe(by === 'secretary');
      expect(admit(by, at('member', 'committee'))).toBe(by === 'secretary');
    }
  });
});
