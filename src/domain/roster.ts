/**
 * The roster of a branch on a day, folded from `member`, `role` and `standing` records; of each person
 * the latest that is not erased stands, and who has none left is on it no more.
 */
import type { RoleBody } from './bodies/organisation.ts';
import type { MemberBody } from './bodies/people.ts';
import type { Names } from './bodies/shared.ts';
import { inOrder, readable, type Foldable } from './fold.ts';
import { foldStandings, NO_STANDING, type Standing } from './standing.ts';
import { waits } from './waits.ts';

export interface RosterMember extends Standing {
  person: string;
  names: Names;
  group: string | null;
  byName: string | null;
  /** Somebody else on this roster has the same name. */
  namesake: boolean;
  card: string;
  role: 'secretary' | 'committee' | null;
}

type Entry = Omit<RosterMember, keyof Standing | 'namesake'>;

type RosterRecord = Foldable<unknown>;

/**
 * Everybody who ever was on the list, as of `day` (YYYY-MM-DD): by group as first typed, within it in
 * the order of first entry. A table in roster order never ranks anybody (PRODUCT.md, "Who sees
 * what"). Whoever is 不再列入 by then is still here; `listedOf` leaves them out.
 */
export function foldRoster(records: readonly RosterRecord[], day: string): RosterMember[] {
  const members = new Map<string, Entry>();
  for (const record of inOrder(readable(records))) {
    if (!record.subject || waits(record)) continue;
    const before = members.get(record.subject);
    if (record.kind === 'member') members.set(record.subject, fromMember(record, before));
    if (record.kind === 'role') members.set(record.subject, fromRole(record, before));
  }
  const standings = foldStandings(records, day);
  const roster = byGroup([...members.values()]).map((entry) => ({
    ...entry,
    ...(standings.get(entry.person) ?? NO_STANDING),
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

/** Names that more than one person has, in either script. */
function namesOfSeveral(roster: readonly RosterMember[]): Set<string> {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const member of roster)
    for (const name of new Set(formsOf(member))) (seen.has(name) ? twice : seen).add(name);
  return twice;
}

function formsOf({ names }: Pick<RosterMember, 'names'>): string[] {
  return [names.hans, names.hant].filter((name) => name !== undefined);
}

function fromMember(record: RosterRecord, before: Entry | undefined): Entry {
  const body = record.body as MemberBody;
  return {
    person: record.subject ?? '',
    names: body.names,
    group: body.group ?? null,
    byName: body.byName ?? null,
    card: body.card,
    role: before?.role ?? null,
  };
}

function fromRole(record: RosterRecord, before: Entry | undefined): Entry {
  const body = record.body as RoleBody;
  const role = body.to ? null : body.role;
  if (before) return { ...before, role };
  const { names, card } = body;
  return { person: record.subject ?? '', names, group: null, byName: null, card, role };
}

function byGroup(members: Entry[]): Entry[] {
  const groups = [...new Set(members.map((member) => member.group))];
  return groups.flatMap((group) => members.filter((member) => member.group === group));
}

/** The person whose card or screen was scanned, or null when nobody on this roster has that id. */
export function findByCard(roster: readonly RosterMember[], card: string): RosterMember | null {
  return roster.find((member) => member.card === card) ?? null;
}
