/** A county with rolls and messages of other years, and what is left of them. */
import { civilTime } from '#domain/civil-day.ts';
import type { PlainRecord } from '#protocol/record.ts';
import { newId, wireRecord, type WireDevice } from './wire-device.ts';

/** A meeting of `day` with so many lines, written on `written`; what the secretary's device sends. */
export function rollOf(
  { branch }: Pick<WireDevice, 'branch'>,
  first: number,
  { day, lines = 2, written = day }: { day: string; lines?: number; written?: string },
): { meeting: PlainRecord; records: PlainRecord[] } {
  const meeting = wireRecord({
    ...{ kind: 'activity', scope: branch, seq: first, day: written },
    body: { type: 'lecture', title: '党课', starts: civilTime(day, 19 * 60) },
  });
  const entries = Array.from({ length: lines }, (_, i) =>
    wireRecord({
      ...{ kind: 'check-in', scope: branch, seq: first + 1 + i, subject: newId(), day: written },
      body: { activity: meeting.id, state: 'present', how: 'tap' },
    }),
  );
  return { meeting, records: [meeting, ...entries] };
}
