import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import type { RecordQuery } from '#data/ledger/ledger.ts';
import { activityBody } from '#domain/bodies/attendance.ts';
import { civilTime } from '#domain/civil-day.ts';
import { bodyOf } from '#features/roll/activity-form.ts';
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

describe('the form of an activity', () => {
  const form = {
    type: 'theme-day' as const,
    title: '主题党日',
    place: ' ',
    day: '2026-11-23',
    time: '19:30',
  };

  it('makes a body that the domain takes, in Shanghai time', () => {
    const body = bodyOf(form);
    expect(body).toEqual({
      ok: true,
      value: { type: 'theme-day', title: '主题党日', starts: Date.parse('2026-11-23T11:30:00Z') },
    });
    expect(body.ok && v.safeParse(activityBody, body.value).success).toBe(true);
  });

  it('names the first field that needs another look', () => {
    const fault = (change: object) => {
      const body = bodyOf({ ...form, ...change });
      return body.ok ? null : body.error;
    };
    expect([
      fault({ title: ' ' }),
      fault({ title: '长'.repeat(41) }),
      fault({ place: '长'.repeat(41) }),
      fault({ day: '' }),
      fault({ day: '2026-02-30' }),
      fault({ time: '' }),
      fault({ time: '25:00' }),
    ]).toEqual(['title', 'title-long', 'place-long', 'day', 'day', 'time', 'time']);
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

  it('is null where the phone does not hold it', async () => {
    expect(await readActivity(ledger, 'other')).toBeNull();
  });
});
