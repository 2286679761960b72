import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { activityBody } from '#domain/bodies/attendance.ts';
import { bodiesOf, seriesDays, timeOf, type ActivityForm } from '#features/roll/activity-form.ts';

const TODAY = '2026-11-23';
const form: ActivityForm = {
  ...{ type: 'theme-day', title: '主题党日', place: ' ', day: TODAY, time: '19:30' },
  ...{ quorum: 'none', group: '', late: '', every: 'once', times: 3 },
};
const bodies = (change: Partial<ActivityForm>) => {
  const made = bodiesOf({ ...form, ...change }, TODAY);
  return made.ok ? made.value : [];
};
const fault = (change: Partial<ActivityForm>) => {
  const made = bodiesOf({ ...form, ...change }, TODAY);
  return made.ok ? null : made.error;
};

describe('the form of an activity', () => {
  it('makes a body that the domain takes, in Shanghai time', () => {
    const [body] = bodies({});
    expect(body).toEqual({
      ...{ type: 'theme-day', title: '主题党日', starts: Date.parse('2026-11-23T11:30:00Z') },
    });
    expect(v.safeParse(activityBody, body).success).toBe(true);
    expect(timeOf(19 * 60 + 5)).toBe('19:05');
  });

  it('names the first field that needs another look', () => {
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

  it('A-08 a meeting entered after its day is taken with a reason, however long ago it was', () => {
    const late = { day: '2026-07-01' };
    expect(fault(late)).toBe('late');
    expect(fault({ ...late, late: '长'.repeat(61) })).toBe('late-long');
    const [body] = bodies({ ...late, late: '那天手机没电' });
    expect(body).toMatchObject({
      late: '那天手机没电',
      starts: Date.parse('2026-07-01T11:30:00Z'),
    });
    expect(v.safeParse(activityBody, body).success).toBe(true);
    expect(bodies({ late: '那天手机没电' })[0]).not.toHaveProperty('late');
  });

  it('asks what is decided of a members’ meeting alone; a committee needs half by rule', () => {
    expect(bodies({ type: 'members-meeting', quorum: 'election' })[0]?.quorum).toBe('election');
    expect(bodies({ type: 'members-meeting' })[0]).not.toHaveProperty('quorum');
    expect(bodies({ type: 'committee-meeting' })[0]?.quorum).toBe('vote');
    expect(bodies({ quorum: 'election' })[0]).not.toHaveProperty('quorum');
  });

  it('keeps the group of a group’s meeting and of no other', () => {
    expect(bodies({ type: 'group-meeting', group: '二组' })[0]?.group).toBe('二组');
    expect(bodies({ group: '二组' })[0]).not.toHaveProperty('group');
  });

  it('writes a series as so many meetings, the late ones alone with a reason', () => {
    expect(seriesDays('2026-11-30', 'week', 3)).toEqual(['2026-11-30', '2026-12-07', '2026-12-14']);
    expect(seriesDays('2026-12-31', 'month', 3)).toEqual([
      '2026-12-31',
      '2027-01-31',
      '2027-02-28',
    ]);
    expect(seriesDays(TODAY, 'once', 9)).toEqual([TODAY]);
    const series = bodies({ day: '2026-11-16', every: 'week', late: '补' });
    expect(series.map(({ late }) => late)).toEqual(['补', undefined, undefined]);
  });
});
