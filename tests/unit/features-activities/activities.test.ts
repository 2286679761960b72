import { describe, expect, it } from 'vitest';
import type { RecordQuery } from '#data/ledger/ledger.ts';
import { civilTime } from '#domain/civil-day.ts';
import { foldActivities, splitActivities } from '#domain/activities.ts';
import { readActivity } from '#data/activity-view.ts';

const at = (id: string, starts: number) => ({
  id,
  kind: 'activity',
  scope: 'b',
  subject: null,
  author: 's',
  seq: 1,
  n: 1,
  at: 0,
  day: '2026-11-23',
  state: 'received',
  body: { type: 'theme-day', title: '主题党日', starts } as unknown,
});

describe('the list of activities', () => {
  it('goes by the civil day of Shanghai, the latest of the past first', () => {
    const rows = [
      at('late', civilTime('2026-11-23', 23 * 60 + 59)),
      at('next', civilTime('2026-11-24', 0)),
      at('old', civilTime('2026-10-01', 600)),
      at('before', civilTime('2026-11-22', 600)),
    ];
    const lists = splitActivities(foldActivities(rows), '2026-11-23');
    const ids = (list: { id: string }[]) => list.map(({ id }) => id);
    expect([ids(lists.today), ids(lists.coming), ids(lists.past)]).toEqual([
      ['late'],
      ['next'],
      ['before', 'old'],
    ]);
  });
});

describe('what became of an activity', () => {
  const starts = civilTime('2026-11-23', 600);
  const later = civilTime('2026-11-25', 600);
  let made = 1;
  const change = (body: object, more: object = {}) => ({
    ...at(`c${(made += 1)}`, 0),
    ...{ kind: 'activity-change', seq: made, n: made, body: { activity: 'a', ...body } },
    ...more,
  });
  const folded = (...changes: ReturnType<typeof change>[]) =>
    foldActivities([...changes, at('a', starts)])[0];

  it('is what was said last in the common order, whichever came first to this phone', () => {
    const moved = change({ is: 'moved', starts: later, place: '村部' });
    const off = change({ is: 'off', starts: later, place: '村部' });
    const on = change({ is: 'on', starts: later, place: '村部' });
    expect(folded()).toMatchObject({ starts, change: null });
    expect(folded(moved)).toMatchObject({ starts: later, place: '村部', change: 'moved' });
    expect(folded(off, moved)).toMatchObject({ starts: later, change: 'off' });
    expect(folded(on, off, moved)).toMatchObject({ starts: later, change: 'moved' });
  });

  it('is not what waits for a person, was refused, or another branch says', () => {
    const off = (more: object) => folded(change({ is: 'off' }, more))?.change;
    expect(off({})).toBe('off');
    expect(off({ confirm: 'unsealed' })).toBeNull();
    expect(off({ state: 'refused' })).toBeNull();
    expect(off({ scope: 'elsewhere' })).toBeNull();
    expect(off({ body: null })).toBeNull();
  });

  it('takes nobody off the roll: who was tapped or scanned while it was called off stays', async () => {
    const tap = { activity: 'a', state: 'present', how: 'scan' };
    const rows = [
      at('a', starts),
      { ...at('m', 0), kind: 'member', subject: 'huang', body: { names: {}, card: 'C' } },
      change({ is: 'off' }),
      { ...at('t', 0), kind: 'check-in', subject: 'huang', n: 9, seq: 9, body: tap },
    ];
    const view = await readActivity(
      {
        current: async () => ({
          person: 's',
          grants: [{ scope: 'b', role: 'secretary' as const }],
        }),
        records: async ({ kind }: RecordQuery) =>
          rows.filter((row) => [kind ?? row.kind].flat().includes(row.kind)),
      },
      'a',
    );
    expect(view?.activity.change).toBe('off');
    expect(view?.roll.get('huang')).toMatchObject({ state: 'present', how: 'scan' });
  });
});

describe('one activity', () => {
  const person = { person: 'me', grants: [{ scope: 'b', role: 'member' as const }] };
  const card = '0123456789ABCDEF';
  const rows = [
    at('a1', 0),
    { ...at('m', 0), kind: 'member', subject: 'me', body: { names: { hans: '黄国强' }, card } },
    {
      ...at('c', 0),
      kind: 'check-in',
      subject: 'me',
      state: 'refused',
      body: { activity: 'a1', state: 'present', how: 'tap' },
    },
  ];
  const ledger = {
    current: async () => person,
    records: async ({ kind }: RecordQuery) =>
      rows.filter((row) => (kind === undefined ? true : [kind].flat().includes(row.kind))),
  };

  it('shows the own card and counts nothing that the server refused', async () => {
    const view = await readActivity(ledger, 'a1');
    expect(view?.me?.card).toBe(card);
    expect(view?.desk).toBe(false);
    expect(view?.roll.size).toBe(0);
  });

  it('names whoever left and reports here again once: their line is one line of the sheet and its code', async () => {
    const second = { way: 'in', as: 'double', names: { hans: '黄国强' }, card, day: '2026-01-02' };
    const held = [
      at('a1', civilTime('2026-11-23', 600)),
      { ...at('m', 0), kind: 'member', subject: 'wei', body: { names: { hans: '韦志刚' }, card } },
      {
        ...{ ...at('s', 0), kind: 'standing', subject: 'wei', n: 2 },
        body: { of: 'state', is: 'unlisted', from: '2026-01-01' },
      },
      { ...at('2', 0), kind: 'second', subject: 'wei', n: 3, body: { ...second, nonce: 'N' } },
      {
        ...{ ...at('c', 0), kind: 'check-in', subject: 'wei', n: 4 },
        body: { activity: 'a1', state: 'present', how: 'tap' },
      },
    ];
    const view = await readActivity(
      {
        current: async () => ({
          person: 's',
          grants: [{ scope: 'b', role: 'secretary' as const }],
        }),
        records: async ({ kind }: RecordQuery) =>
          held.filter((row) => [kind ?? row.kind].flat().includes(row.kind)),
      },
      'a1',
    );
    expect(view?.seconds.map((one) => one.person)).toEqual(['wei']);
    expect(view?.roster.map((one) => one.person)).toEqual([]);
  });

  it('is null where the phone does not hold it', async () => {
    expect(await readActivity(ledger, 'other')).toBeNull();
  });
});
