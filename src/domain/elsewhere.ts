/**
 * What a host branch recorded of somebody, handed in at home by themselves (「交給家裏支部」, ADR 16).
 * It stands apart: no roll, quorum or number of the home branch counts it. Whether the host's line is
 * there only the server can say, which holds both; its word is a record of its own (`attended-checked`).
 */
import type { ActivityBody, ActivityChangeBody, CheckInBody } from './bodies/attendance.ts';
import type { AttendedBody, AttendedCheckedBody } from './bodies/migrants.ts';
import type { AboutBody } from './bodies/organisation.ts';
import type { Names } from './bodies/shared.ts';
import type { Activity } from './activities.ts';
import { civilDay } from './civil-day.ts';
import { inOrder, readable, type Foldable } from './fold.ts';
import { foldRoll } from './roll.ts';
import { waits } from './waits.ts';

/** The kinds whose records say it, and that the server holds the host's line. */
export const ATTENDED_KIND = 'attended-elsewhere';
export const ATTENDED_CHECKED_KIND = 'attended-checked';

/** A record with the hash that names it. */
type Hashed = Foldable<unknown> & { hash: string };

/** One activity of another branch that somebody handed in. */
export interface Elsewhere extends AttendedBody {
  id: string;
  person: string;
  /** The day on which the server found the host's line; null while it has not. */
  checked: string | null;
}

/** What was handed in, the latest activity first; of one person and activity the last stands. */
export function foldElsewhere(records: readonly Hashed[]): Elsewhere[] {
  const ordered = inOrder(readable(records));
  const checked = new Map<string, string>();
  for (const { kind, subject, body, day } of ordered) {
    if (kind !== ATTENDED_CHECKED_KIND) continue;
    const { record, hash } = body as AttendedCheckedBody;
    checked.set(`${subject} ${record} ${hash}`, day);
  }
  const handedIn = new Map<string, Elsewhere>();
  for (const record of ordered) {
    const { id, hash, kind, subject } = record;
    if (kind !== ATTENDED_KIND || !subject || waits(record)) continue;
    const body = record.body as AttendedBody;
    const isChecked = checked.get(`${subject} ${id} ${hash}`) ?? null;
    handedIn.set(`${subject} ${body.activity}`, {
      ...{ ...body, id, person: subject, checked: isChecked },
    });
  }
  return [...handedIn.values()].sort(byDay);
}

function byDay(a: Elsewhere, b: Elsewhere): number {
  if (a.day !== b.day) return a.day < b.day ? 1 : -1;
  return a.id < b.id ? -1 : 1;
}

/** A state of a line that says that somebody took part. */
function tookPart(state: CheckInBody['state']): state is AttendedBody['state'] {
  return state === 'present' || state === 'online';
}

/**
 * What subject's phone hands in of a host's activity: `lines` are the host's about them. Null where the
 * host has not said that they took part, has two words for it, or is not named on this phone.
 */
export function attendedOf(
  { id: activity, scope: host, title, type, starts }: Activity,
  { person, names, lines }: { person: string; names: Names | null; lines: readonly Hashed[] },
): AttendedBody | null {
  const line = foldRoll(activity, lines).get(person);
  const row = lines.find(({ id }) => id === line?.record);
  if (!names || !row || !line || line.toConfirm || !tookPart(line.state)) return null;
  const { id: record, hash } = row;
  const day = civilDay(starts);
  return { host, names, activity, title, type, day, state: line.state, record, hash };
}

/**
 * Whether a host's records bear out what was handed in: the line of this id and hash is about subject,
 * says the same and stands, the activity is of that title, type and day, and the branch is called so.
 * Anything forged, changed or taken back since is simply not borne out.
 */
export function bearsOut(said: AttendedBody, subject: string, records: readonly Hashed[]): boolean {
  const rows = readable(records);
  const lines = rows.filter((row) => row.kind === 'check-in' && row.subject === subject);
  const line = foldRoll(said.activity, lines).get(subject);
  const stands =
    line?.state === said.state &&
    !line.toConfirm &&
    line.heads.includes(said.record) &&
    lines.some(({ id, hash }) => id === said.record && hash === said.hash);
  return stands && isOfActivity(said, rows) && isNamed(said.names, rows);
}

/** Its first day or one to which it was moved. */
function isOfActivity(said: AttendedBody, rows: readonly Hashed[]): boolean {
  const body = rows.find(({ kind, id }) => kind === 'activity' && id === said.activity)?.body as
    ActivityBody | undefined;
  if (!body || body.title !== said.title || body.type !== said.type) return false;
  const moved = rows
    .filter(({ kind }) => kind === 'activity-change')
    .map((row) => row.body as ActivityChangeBody)
    .flatMap(({ activity, starts }) => (activity === said.activity && starts ? [starts] : []));
  return [body.starts, ...moved].some((starts) => civilDay(starts) === said.day);
}

/** The branch is called so, or was when the phone last heard of it. */
function isNamed({ hans, hant }: Names, rows: readonly Hashed[]): boolean {
  return rows
    .filter(({ kind }) => kind === 'about')
    .map((row) => (row.body as AboutBody).names)
    .some((names) => names.hans === hans && names.hant === hant);
}
