/** Desk phones of one meeting that write what they would write over what they hold, and sync when told to. */
import type { CheckInState } from '#domain/bodies/attendance.ts';
import { foldClosing } from '#domain/closing.ts';
import { foldHall } from '#domain/hall-count.ts';
import { closingFor } from '#domain/headcount.ts';
import type { MeetingRecord } from '#domain/meeting-records.ts';
import { checkInFor, foldRoll } from '#domain/roll.ts';

/** 19:30 on 23 November 2026 in Shanghai. */
const STARTS = Date.parse('2026-11-23T11:30:00Z');
export const DAY = '2026-11-23';
export const meeting = { id: 'meeting', starts: STARTS };
let made = 0;

/** One of them. */
export function phone(author: string, device = `phone of ${author}`) {
  let seq = 0;
  const held: MeetingRecord[] = [];
  const write = (kind: string, subject: string | null, body: object, day = DAY) => {
    seq += 1;
    made += 1;
    const id = `r${String(made).padStart(4, '0')}`;
    const header = { id, kind, subject, author, device, seq, n: null, at: seq, day };
    const record: MeetingRecord = { ...header, body: { activity: meeting.id, ...body } };
    held.push(record);
    return record;
  };
  const tap = (person: string, state: CheckInState = 'present') => {
    const body = checkInFor(meeting.id, foldRoll(meeting.id, held).get(person), state, 'tap');
    return body && write('check-in', person, body);
  };
  const close = (headcount: number, day = DAY) => {
    const hall = foldHall(meeting.id, held);
    const body = closingFor(meeting.id, hall, { headcount, asIs: true });
    if (!body.ok) throw new Error('it was left so');
    return write('closing', null, body.value, day);
  };
  const reopen = () => write('reopening', null, { closings: closing()?.reopens ?? [] });
  const closing = () => foldClosing(meeting, held);
  return { author, held, write, tap, close, reopen, closing };
}
type Phone = ReturnType<typeof phone>;

/** Phones that sync one after the other, as often as they are named: each sends what it has and gets the rest. */
export function county() {
  const rows: MeetingRecord[] = [];
  const sync = (...phones: Phone[]) => {
    for (const { held } of phones) {
      for (const [i, record] of held.entries()) {
        const known = rows.find(({ id }) => id === record.id);
        held[i] = known ?? { ...record, n: rows.length + 1 };
        if (!known) rows.push(held[i]);
      }
      held.push(...rows.filter(({ id }) => !held.some((one) => one.id === id)));
    }
  };
  return { rows, sync };
}
