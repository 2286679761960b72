import { describe, expect, it } from 'vitest';
import { enteredLater } from '#domain/entered-later.ts';
import { refusal } from '#domain/permissions.ts';
import { DAY, meeting } from '#tests/support/desk-phones.ts';

describe('a meeting entered later', () => {
  const activity = (day: string) => ({
    ...{ id: meeting.id, kind: 'activity', n: 1, seq: 1, day, body: {} },
  });
  const line = (day: string, n: number) => ({
    ...{ id: `l${n}`, kind: 'check-in', n, seq: n, day, body: { activity: meeting.id } },
  });

  it('A-06 is told by the records’ own days, whatever a phone’s clock says, and only where it is so', () => {
    expect(enteredLater(meeting, [activity('2026-11-20'), line(DAY, 2)])).toBeNull();
    expect(enteredLater(meeting, [activity(DAY), line(DAY, 2), line('2026-12-01', 3)])).toBeNull();
    expect(enteredLater(meeting, [activity('2026-11-20'), line('2026-11-25', 2)])).toEqual({
      reason: null,
    });
    expect(enteredLater(meeting, [activity('2026-11-25')])).toEqual({ reason: null });
    expect(enteredLater(meeting, [activity(DAY)])).toBeNull();
    // Two days slow and never told better: nobody can say that it was later.
    expect(enteredLater(meeting, [activity('2026-11-21'), line('2026-11-21', 2)])).toBeNull();
  });

  it('A-06 is kept on its day where any line was, whichever phone reached the server first', () => {
    const own = line(DAY, 3);
    expect(enteredLater(meeting, [activity(DAY), line('2026-11-25', 2), own])).toBeNull();
    const waiting = { ...line('2026-11-25', 4), confirm: 'after-role' };
    expect(enteredLater(meeting, [activity(DAY), waiting])).toBeNull();
  });

  it('A-08 after the end of the quarter is taken in with its reason, which the sheet prints', () => {
    const body = { type: 'lecture', title: '党课', starts: meeting.starts, late: '当时只有纸' };
    const desk = { person: 'p', grants: [{ scope: 'b', role: 'secretary' as const }], parents: [] };
    const draft = { kind: 'activity', scope: 'b', subject: null, body };
    expect(refusal(draft, desk)).toBeNull();
    const rows = [activity('2027-02-03'), line('2027-02-03', 2)];
    expect(enteredLater({ ...meeting, late: body.late }, rows)).toEqual({ reason: '当时只有纸' });
  });
});
