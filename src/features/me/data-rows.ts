/** The rows of each group of the own data: records in plain words, whatever script they are read in. */
import type { LedgerRecord, RecordState } from '#data/ledger/ledger.ts';
import type { Person } from '#data/ledger/person.ts';
import { ownPlace, ownScope } from '#data/own-place.ts';
import { stateWord } from '#data/state-word.ts';
import type { AbsenceBody, ActivityBody } from '#domain/bodies/attendance.ts';
import type { ExportBody } from '#domain/bodies/export.ts';
import type { RoleBody } from '#domain/bodies/organisation.ts';
import type { ConsentBody, MemberBody, StandingBody } from '#domain/bodies/people.ts';
import type { Names } from '#domain/bodies/shared.ts';
import type { StudyBody } from '#domain/bodies/study.ts';
import { foldRequests } from '#domain/requests.ts';
import type { DataRow } from './data-page.ts';
import { ownAttendance } from './own-records.ts';
import type { OwnData } from './own-data.ts';

type Rows = readonly LedgerRecord[];

/** How things are said in the reader's script. */
export interface Said {
  t(key: string, values?: Record<string, unknown>): string;
  te(key: string): boolean;
  nameOf(names: { hans?: string | undefined; hant?: string | undefined }): string;
  groupOf(group: string | undefined): string;
  titleOf(title: string): string;
  /** 2026年11月23日 */
  dayOf(day: string): string;
}

/** Name in both scripts, branch, group: what each branch's roster says now. */
export function whoRows(
  { t, nameOf, groupOf }: Said,
  person: Pick<Person, 'names' | 'place' | 'grants'>,
  { rows, places }: { rows: Rows; places: ReadonlyMap<string, Names> },
): DataRow[] {
  const entries = new Map(
    rows.filter(({ kind }) => kind === 'member').map((row) => [row.scope, row.body as MemberBody]),
  );
  const names = [...entries.values()].pop()?.names ?? person.names;
  const fact = (what: string, title: string | undefined, of = ''): DataRow[] =>
    title ? [{ key: `${what} ${of}`, title, note: t(`me.data.${what}`) }] : [];
  const own = ownScope(person.grants);
  const placeOf = (scope: string) =>
    scope === own ? ownPlace(person, places) : (places.get(scope) ?? {});
  const scopes = new Set([...entries.keys(), ...person.grants.map(({ scope }) => scope)]);
  return [
    ...fact('hans', names.hans),
    ...fact('hant', names.hant),
    ...[...scopes].flatMap((scope) => [
      ...fact('place', nameOf(placeOf(scope)), scope),
      ...fact('group', groupOf(entries.get(scope)?.group), scope),
      ...fact('by-name', entries.get(scope)?.byName, scope),
    ]),
  ];
}

/** 预备党员，2026年3月1日起: what somebody was from when to when, roles too. */
export function termRows(said: Said, rows: Rows): DataRow[] {
  const { t, dayOf } = said;
  const terms = rows.filter(({ kind }) => kind === 'standing' || kind === 'role');
  const replaced = new Set(terms.flatMap(({ body }) => (body as StandingBody).replaces ?? []));
  return terms
    .filter(({ id }) => !replaced.has(id))
    .map(({ id, kind, body }) => {
      const { from, to } = body as StandingBody | RoleBody;
      const days = [
        t('desk.since', { day: dayOf(from) }),
        to && t('me.data.to', { day: dayOf(to) }),
      ];
      const note = days.filter(Boolean).join('，');
      return { key: id, title: termWord(said, kind, body), note };
    });
}

function termWord({ t }: Said, kind: string, body: unknown): string {
  if (kind === 'role') return t(`desk.role.${(body as RoleBody).role}`);
  const term = body as StandingBody;
  // Who it is, is somebody else's name.
  if (term.of === 'contact') return t('me.data.contact');
  return term.of === 'state' ? t(`desk.state.${term.is}`) : t(`desk.membership.${term.is}`);
}

/** What a secretary recorded of this person, activity by activity. */
export function attendanceRows(
  { t, titleOf, dayOf }: Said,
  person: string,
  { activities, records }: Pick<OwnData, 'activities' | 'records'>,
): DataRow[] {
  const checkIns = records.filter(({ kind }) => kind === 'check-in');
  return ownAttendance(person, { activities, checkIns }).map((entry) => ({
    key: entry.activity,
    title: entry.title ? titleOf(entry.title) : t('me.some-activity'),
    note: dayOf(entry.day),
    state: { tone: 'green', words: t(`me.recorded.${entry.state}`) },
  }));
}

/** The person's own study, latest first. */
export function studyRows(said: Said, rows: Rows): DataRow[] {
  return rows
    .filter(({ kind }) => kind === 'study')
    .map(({ id, body, state }) => ({ id, state, ...(body as StudyBody) }))
    .sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0))
    .map(({ id, day, minutes, note, state }) => ({
      key: id,
      title: said.t('me.minutes', { minutes }),
      note: [said.dayOf(day), note].filter(Boolean).join('　'),
      state: placeOf(said, state),
    }));
}

/** Each yes to the notice: which version, on which day. */
export function consentRows(said: Said, rows: Rows): DataRow[] {
  return rows
    .filter(({ kind }) => kind === 'consent')
    .map(({ id, body, day, state }) => {
      const n = (body as ConsentBody).notice;
      const note = said.t('me.data.notice', { n, day: said.dayOf(day) });
      return { key: id, title: said.t('me.agreed'), note, state: placeOf(said, state) };
    });
}

/** What the person asked of the desk, and what became of it. */
export function requestRows(said: Said, rows: Rows): DataRow[] {
  const states = new Map(rows.map(({ id, state }) => [id, state]));
  return foldRequests(rows).map(({ id, of, text, day, done }) => ({
    key: id,
    title: said.t(`me.data.asked.${of}`),
    note: [said.dayOf(day), text].filter(Boolean).join('　'),
    state: askedState(said, done, states.get(id) ?? 'saved'),
  }));
}

function askedState(said: Said, done: string | null, state: RecordState): DataRow['state'] {
  if (done) return { tone: 'green', words: said.t('me.data.done') };
  // Until it is at the county the desk can't have heard of it.
  const isThere = state === 'sent' || state === 'received';
  return isThere ? { tone: 'grey', words: said.t('me.data.not-done') } : placeOf(said, state);
}

/** On which days the roster was made a file, and of how many. */
export function exportRows({ t, dayOf }: Said, rows: Rows): DataRow[] {
  return rows.map(({ id, body, day }) => {
    const { of, people } = body as ExportBody;
    const title = t(of === 'roll' ? 'me.data.exported-roll' : 'me.data.exported', { n: people });
    return { key: id, title, note: dayOf(day) };
  });
}

/** What the person said of coming to an activity, each time. */
export function absenceRows(
  { t, titleOf, dayOf }: Said,
  { rows, activities }: { rows: Rows; activities: Rows },
): DataRow[] {
  return rows
    .filter(({ kind }) => kind === 'absence')
    .map(({ id, body, day }) => {
      const { activity, coming } = body as AbsenceBody;
      const known = activities.find((row) => row.id === activity)?.body as ActivityBody | undefined;
      const title = known ? titleOf(known.title) : t('me.some-activity');
      const note = `${dayOf(day)}　${t(coming ? 'me.data.can-come' : 'me.data.cannot-come')}`;
      return { key: id, title, note };
    });
}

/** Whatever else is about the person, by kind and day: what was erased, what another part of the app keeps. */
export function otherRows({ t, te, dayOf }: Said, rows: Rows): DataRow[] {
  return rows
    .filter(({ kind }) => !TOLD.includes(kind))
    .map(({ id, kind, day }) => ({
      key: id,
      title: t(te(`me.kinds.${kind}`) ? `me.kinds.${kind}` : 'me.kinds.other'),
      note: dayOf(day),
    }));
}

/** Kinds that have rows of their own above. */
const TOLD = [
  ...['member', 'role', 'standing', 'check-in', 'absence'],
  ...['study', 'consent', 'request', 'answer'],
];

function placeOf({ t }: Said, state: RecordState): DataRow['state'] {
  const { key, tone } = stateWord(state);
  return { tone, words: t(key) };
}
