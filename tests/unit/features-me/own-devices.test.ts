import { describe, expect, it } from 'vitest';
import type { DeviceRow } from '#domain/devices.ts';
import { listDevices } from '#features/me/own-devices.ts';

const here = {
  device: 'new',
  joinedAt: Date.parse('2026-03-05T08:00:00+08:00'),
  grants: [{ scope: 'b' }],
};
const NOW = Date.parse('2026-03-09T08:00:00+08:00');

function row(n: number, device: string, more: Partial<DeviceRow> = {}): DeviceRow {
  return {
    ...{ id: `r${n}`, kind: 'consent', scope: 'b', subject: 'me', author: 'me', device, seq: n, n },
    ...{ at: n, day: `2026-03-0${n}`, body: { notice: 1 }, confirm: null, state: 'sent' },
    ...more,
  };
}
const shown = (rows: DeviceRow[], former: string[] = []) =>
  listDevices(rows, here, former, NOW).map(({ device, isHere, since, ended }) => [
    ...[device, isHere ? 'here' : 'other', since],
    ...(ended ? [ended] : []),
  ]);

describe('the own phones', () => {
  it('begin with the one in the hand, and end with those that are theirs no more', () => {
    const end = row(4, 'x', { kind: 'revocation', body: { device: 'lost' }, state: 'saved' });
    expect(shown([row(1, 'lost'), row(2, 'office'), row(3, 'new'), end])).toEqual([
      ['new', 'here', '2026-03-03'],
      ['office', 'other', '2026-03-02'],
      ['lost', 'other', '2026-03-01', 'saved'],
    ]);
  });

  it('count a phone once that went on under another id', () => {
    expect(shown([row(1, 'old')], ['old'])).toEqual([['new', 'here', '2026-03-01']]);
  });

  it('have this one also where nobody agreed to anything, such as an administrator', () => {
    expect(shown([])).toEqual([['new', 'here', '2026-03-05']]);
  });

  it('write an end where their person still may: not in a branch that was left', () => {
    const left = listDevices([row(1, 'lost', { scope: 'gone' })], here, [], NOW);
    expect(left.map(({ scope }) => scope)).toEqual(['b', 'b']);
    expect(listDevices([], { ...here, grants: [] }, [], NOW)[0]?.scope).toBeNull();
  });

  it('say what a second device is, and that one that was lent is over by itself', () => {
    const said = (n: number, device: string, body: object) => [
      row(n, device),
      row(n + 1, device, { kind: 'own-device', scope: 'person:me', subject: null, body }),
    ];
    const office = (until: number) =>
      listDevices(
        [...said(1, 'lent', { where: 'office', until }), ...said(3, 'app', { where: 'phone' })],
        here,
        [],
        NOW,
      ).map(({ device, where, until: end, ended, scope }) => [device, where, end, ended, scope]);
    expect(office(NOW + 1)).toEqual([
      ['new', null, null, null, 'b'],
      ['lent', 'office', NOW + 1, null, 'b'],
      ['app', 'phone', null, null, 'b'],
    ]);
    expect(office(NOW).at(-1)).toEqual(['lent', 'office', NOW, 'told', 'b']);
  });
});
