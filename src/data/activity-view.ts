import type { RecordQuery } from './ledger/ledger.ts';
import type { CheckInBody } from '#domain/bodies/attendance.ts';
import { foldAbsences } from '#domain/absence.ts';
import { erasedPeople } from '#domain/erase-person.ts';
import type { Foldable } from '#domain/fold.ts';
import { foldRoll, type RollEntry } from '#domain/roll.ts';
import { civilDay } from '#domain/civil-day.ts';
import { foldRoster, type RosterMember } from '#domain/roster.ts';
import { foldSeconds, SECOND_KIND, type SecondMember } from '#domain/seconds.ts';
import { hasDesk, type Grant } from '#domain/roles.ts';
import { ACTIVITY_KINDS, foldActivities, type Activity } from '#domain/activities.ts';
import { foldExclusions, type Exclusion } from '#domain/exclusions.ts';
import { foldPaper, PAPER_KINDS, type Paper } from '#domain/paper.ts';

/** `refused`: the server will not take it; it counts for nobody. */
type Row = Foldable<unknown> & { scope: string; state: string };

interface Reader {
  person: string;
  grants: readonly Grant[];
}

/** What these screens ask of the ledger. */
export interface BranchLedger<P extends Reader> {
  current(): Promise<P | null>;
  records(query: RecordQuery): Promise<readonly Row[]>;
}

/** One activity with all that this phone knows of it. */
export interface ActivityView<P> {
  person: P;
  activity: Activity;
  /** Whether this person keeps the roll here. */
  desk: boolean;
  roster: RosterMember[];
  /** Who took part here that day and is another branch's: on the roll, and in none of its numbers. */
  seconds: SecondMember[];
  roll: Map<string, RollEntry>;
  /** Who had a name here that was erased: their entries still count. */
  erased: ReadonlySet<string>;
  /** Who has said ahead that they cannot come, by the record that says so. */
  absences: Map<string, string>;
  /** Whom the branch has taken out of those who should come. */
  exclusions: Map<string, Exclusion>;
  /** Those who are kept on paper alone, by number. */
  paper: Paper;
  /** The roster entry of this person, once it has reached the phone. */
  me: RosterMember | null;
}

/** Reads one activity; null when this phone does not hold it, or nobody has joined on it. */
export async function readActivity<P extends Reader>(
  ledger: BranchLedger<P>,
  id: string,
): Promise<ActivityView<P> | null> {
  const person = await ledger.current();
  const records = person ? await ledger.records({ kind: ACTIVITY_KINDS }) : [];
  const activity = foldActivities(records, person?.grants).find((one) => one.id === id);
  if (!person || !activity) return null;
  const { scope } = activity;
  const checkIns = await ledger.records({ kind: 'check-in', scope });
  const roll = foldRoll(id, checkIns.filter(stands));
  const absences = await ledger.records({ kind: 'absence', scope });
  const everybody = await readRoster(ledger, scope, civilDay(activity.starts));
  // An old roll keeps the name of whoever left since, and of whoever came all the same.
  const known = everybody.filter(({ person: one, state }) => state !== 'unlisted' || roll.has(one));
  const seconds = await readSeconds(ledger, activity, { roster: known, roll });
  // Whoever left and reports here again has one row: two would be two lines of every sheet and check code.
  const guests = new Set(seconds.map(({ person: one }) => one));
  const roster = known.filter(({ person: one }) => !guests.has(one));
  return {
    person,
    activity,
    desk: hasDesk(person.grants, scope),
    roster,
    seconds,
    roll,
    erased: await readErased(ledger, scope),
    absences: foldAbsences(id, absences.filter(stands)),
    ...(await readOfDesk(ledger, activity)),
    me: [...roster, ...seconds].find((member) => member.person === person.person) ?? null,
  };
}

/** Who took part on the day, and whoever was called present all the same. */
async function readSeconds(
  ledger: Pick<BranchLedger<Reader>, 'records'>,
  { scope, starts }: Activity,
  { roster, roll }: Pick<ActivityView<Reader>, 'roster' | 'roll'>,
): Promise<SecondMember[]> {
  const rows = (await ledger.records({ kind: SECOND_KIND, scope })).filter(stands);
  const day = civilDay(starts);
  const then = new Set(foldSeconds(rows, roster, { day }).map(({ person }) => person));
  const ever = foldSeconds(rows, roster, { day, ever: true });
  return ever.filter(({ person }) => then.has(person) || roll.has(person));
}

/** What the desk decided and counted; a member's phone holds none of it. */
async function readOfDesk(
  ledger: Pick<BranchLedger<Reader>, 'records'>,
  { id, scope }: Activity,
): Promise<Pick<ActivityView<Reader>, 'exclusions' | 'paper'>> {
  const exclusions = await ledger.records({ kind: 'exclusion', scope });
  const paper = await ledger.records({ kind: PAPER_KINDS, scope });
  return {
    exclusions: foldExclusions(id, exclusions.filter(stands)),
    paper: foldPaper(id, paper.filter(stands)),
  };
}

/** Of the branch's own: who reported here from another one, and was erased, is in no number of it. */
async function readErased(
  ledger: Pick<BranchLedger<Reader>, 'records'>,
  scope: string,
): Promise<ReadonlySet<string>> {
  const erased = erasedPeople(await ledger.records({ kind: 'erased', scope }));
  for (const { subject } of await ledger.records({ kind: SECOND_KIND, scope }))
    if (subject) erased.delete(subject);
  return erased;
}

/** The roster of a day as far as this phone may know it: everybody on a desk phone, oneself on a member's. */
export async function readRoster(
  ledger: Pick<BranchLedger<Reader>, 'records'>,
  scope: string,
  day: string,
): Promise<RosterMember[]> {
  const rows = await ledger.records({ kind: ['member', 'role', 'standing'], scope });
  return foldRoster(rows.filter(stands), day);
}

function stands(row: Row): boolean {
  return row.state !== 'refused';
}

/** The state that the desk gave this person, or null while nobody has. */
export function stateOf(
  view: Pick<ActivityView<unknown>, 'roll'>,
  person: string,
): Exclude<CheckInBody['state'], 'none'> | null {
  const state = view.roll.get(person)?.state ?? 'none';
  return state === 'none' ? null : state;
}
