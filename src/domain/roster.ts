/**
 * The roster of a branch on a day, folded from `member`, `role` and `standing` records; of each person
 * the latest that is not erased stands, and who has none left is on it no more.
 */
import { typedName } from '#lib/typed-text.ts';
import type { RoleBody } from './bodies/organisation.ts';
import type { MemberBody } from './bodies/people.ts';
import type { Names } from './bodies/shared.ts';
import { inOrder, readable, type Foldable } from './fold.ts';
import { foldStandings, NO_STANDING, type Standing } from './standing.ts';
import { roleWaits, waits } from './waits.ts';

export interface RosterMember extends Standing {
  person: string;
  names: Names;
  group: string | null;
  byName: string | null;
  /** Somebody else on this roster has the same name. */
  namesake: boolean;
  card: string;
  role: DeskRole | null;
  /** The day from which they hold it; null without a role. */
  roleSince: string | null;
}

type DeskRole = RoleBody['role'];

type Entry = Omit<RosterMember, keyof Standing | 'namesake' | 'role' | 'roleSince'>;

type RosterRecord = Foldable<unknown>;

/**
 * Everybody who ever was on the list, as of `day` (YYYY-MM-DD): by group as first typed, within it in
 * the order of first entry. A table in roster order never ranks anybody (PRODUCT.md, "Who sees
 * what"). Whoever is 不再列入 by then is still here; `listedOf` leaves them out.
 */
export function foldRoster(records: readonly RosterRecord[], day: string): RosterMember[] {
  const members = new Map<string, Entry>();
  for (const record of inOrder(readable(records))) {
    if (!record.subject || (record.kind === 'role' ? roleWaits : waits)(record)) continue;
    const before = members.get(record.subject);
    if (record.kind === 'member') members.set(record.subject, fromMember(record));
    if (record.kind === 'role' && !before) members.set(record.subject, fromRole(record));
  }
  const standings = foldStandings(records, day);
  const roles = foldRoles(records, day);
  const roster = byGroup([...members.values()]).map((entry) => ({
    ...entry,
    ...(standings.get(entry.person) ?? NO_STANDING),
    ...(roles.get(entry.person) ?? NO_ROLE),
    namesake: false,
  }));
  const twice = namesOfSeveral(listedOf(roster));
  return roster.map((member) => ({
    ...member,
    namesake: formsOf(member).some((n) => twice.has(n)),
  }));
}

/** Without those who are 不再列入. */
export function listedOf(roster: readonly RosterMember[]): RosterMember[] {
  return roster.filter(({ state }) => state !== 'unlisted');
}

/** Names that more than one person has, in either script, as the forms would keep them today. */
function namesOfSeveral(roster: readonly RosterMember[]): Set<string> {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const member of roster)
    for (const name of new Set(formsOf(member))) (seen.has(name) ? twice : seen).add(name);
  return twice;
}

function formsOf({ names }: Pick<RosterMember, 'names'>): string[] {
  return [names.hans, names.hant].filter((name) => name !== undefined).map(typedName);
}

function fromMember(record: RosterRecord): Entry {
  const body = record.body as MemberBody;
  return {
    person: record.subject ?? '',
    names: body.names,
    group: body.group ?? null,
    byName: body.byName ?? null,
    card: body.card,
  };
}

/** Who is on the list by a role alone, until somebody enters them. */
function fromRole(record: RosterRecord): Entry {
  const { names, card } = record.body as RoleBody;
  return { person: record.subject ?? '', names, group: null, byName: null, card };
}

type Held = Pick<RosterMember, 'role' | 'roleSince'>;
const NO_ROLE: Held = { role: null, roleSince: null };

/**
 * Who holds which role on `day`: of each person and role the last record stands, as on the server
 * (grants), from its first day to the day before `to`. Whoever holds both is told as secretary.
 */
function foldRoles(records: readonly RosterRecord[], day: string): Map<string, Held> {
  const last = new Map<string, { subject: string; body: RoleBody }>();
  for (const record of inOrder(readable(records))) {
    if (record.kind !== 'role' || !record.subject || roleWaits(record)) continue;
    const body = record.body as RoleBody;
    last.set(`${record.subject} ${body.role}`, { subject: record.subject, body });
  }
  const held = new Map<string, Held>();
  for (const { subject, body } of last.values()) {
    const { role, from, to } = body;
    const holds = from <= day && (to === undefined || day < to);
    if (holds && held.get(subject)?.role !== 'secretary')
      held.set(subject, { role, roleSince: from });
  }
  return held;
}

function byGroup(members: Entry[]): Entry[] {
  const groups = [...new Set(members.map((member) => member.group))];
  return groups.flatMap((group) => members.filter((member) => member.group === group));
}

/** The person whose card or screen was scanned, or null when nobody on this roster has that id. */
export function findByCard(roster: readonly RosterMember[], card: string): RosterMember | null {
  return roster.find((member) => member.card === card) ?? null;
}
