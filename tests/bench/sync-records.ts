/** What the sync bench writes: a year of rolls by a desk (plain kinds), half hours by a member (ciphertext). */
import type { WireRecord } from '#protocol/record.ts';
import type { HeadlessDevice } from '#tests/support/headless-device.ts';

/** Records saved in one transaction while preparing. */
const CHUNK = 250;
/** An activity and the roll of its people. */
const ROLL = 50;
const FIRST_DAY = Date.UTC(2026, 0, 1, 11, 30);
const DAY_MS = 86_400_000;

type Draft = Parameters<HeadlessDevice['ledger']['writeAll']>[0][number];

/** Saves the drafts and tells them as they go on the wire. */
export async function fill(
  device: HeadlessDevice,
  drafts: readonly Draft[],
): Promise<WireRecord[]> {
  for (let from = 0; from < drafts.length; from += CHUNK) {
    const saved = await device.ledger.writeAll(drafts.slice(from, from + CHUNK));
    if (!saved.ok) throw new Error(saved.error);
  }
  const person = await device.ledger.current();
  if (!person) throw new Error('nobody has joined');
  return (await device.ledger.sync.listUnsent(person, drafts.length)).records;
}

/** `count` half hours from the `from`th on. */
export function halfHours(count: number, from = 0): Draft[] {
  return Array.from({ length: count }, (_, i) => ({ kind: 'study', body: halfHour(from + i) }));
}

function halfHour(i: number) {
  const day = new Date(FIRST_DAY + (i % 365) * DAY_MS).toISOString().slice(0, 10);
  return { day, minutes: 10 + (i % 50), how: 'app', note: `第 ${i} 次，读了一章。` };
}

/** `count` records of activities with their rolls, in the desk's branch and about its members. */
export async function rolls(desk: HeadlessDevice, count: number): Promise<Draft[]> {
  const scope = (await desk.ledger.current())?.grants[0]?.scope ?? '';
  const members = (await desk.records()).filter(({ kind }) => kind === 'member');
  let activity = '';
  return Array.from({ length: count }, (_, i) => {
    if (i % ROLL === 0) activity = crypto.randomUUID();
    const subject = members[i % members.length]?.subject ?? '';
    return i % ROLL === 0
      ? { id: activity, kind: 'activity', scope, body: meeting(i) }
      : { kind: 'check-in', scope, subject, body: { activity, state: 'present', how: 'tap' } };
  });
}

function meeting(i: number) {
  const starts = FIRST_DAY + (i / ROLL) * DAY_MS;
  return { type: 'theme-day', title: `第 ${i / ROLL + 1} 次主题党日`, place: '村文化室', starts };
}
