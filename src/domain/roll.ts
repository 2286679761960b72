/**
 * The roll of one activity, folded from `check-in` records: entries that another one replaces are
 * out, of the rest the last in the common order stands. Entries that disagree without one naming
 * the other (two desks tapped at once) are marked to-confirm; a person decides. An entry that waits
 * for a person (waits.ts) marks its line, replaces nothing and counts for nothing until then. An erased
 * entry counts for nothing, and what it had replaced stands again: whoever erases a person's line
 * names all of it.
 */
import type { CheckInBody, CheckInState } from './bodies/attendance.ts';
import { inOrder, readable, type Foldable } from './fold.ts';
import type { RosterMember } from './roster.ts';
import { waits } from './waits.ts';

export interface RollEntry {
  subject: string;
  state: CheckInState;
  how: CheckInBody['how'];
  /** Record that stands. */
  record: string;
  /** All records about this person that nothing replaces, the standing one last; a decision names them. */
  heads: string[];
  at: number;
  /** The heads disagree, or one of them waits: a person decides. */
  toConfirm: boolean;
  /** Why the last one that waits does; null where none does. */
  confirm: string | null;
}

/** The roll of `activity`: one entry for each person somebody has tapped or scanned, `none` included. */
export function foldRoll(
  activity: string,
  records: readonly Foldable<unknown>[],
): Map<string, RollEntry> {
  // Sorted are this activity's alone: a phone holds a year of others.
  const entries = inOrder(
    readable(records).filter(
      (record) => record.kind === 'check-in' && (record.body as CheckInBody).activity === activity,
    ),
  ) as Foldable<CheckInBody>[];
  const replaced = new Set<string>();
  for (const entry of entries)
    if (!waits(entry)) for (const id of entry.body.replaces ?? []) replaced.add(id);
  const roll = new Map<string, RollEntry>();
  for (const entry of entries) {
    if (!entry.subject || replaced.has(entry.id)) continue;
    const before = roll.get(entry.subject);
    // The same record twice says nothing more.
    if (before?.heads.includes(entry.id)) continue;
    roll.set(entry.subject, waits(entry) ? doubted(entry, before) : standing(entry, before));
  }
  return roll;
}

function standing(entry: Foldable<CheckInBody>, before: RollEntry | undefined): RollEntry {
  const { state, how } = entry.body;
  return {
    ...{ subject: entry.subject ?? '', state, how, record: entry.id, at: entry.at },
    heads: [...(before?.heads ?? []), entry.id],
    toConfirm: before !== undefined && (before.toConfirm || before.state !== state),
    confirm: before?.confirm ?? null,
  };
}

/** The line as it was, with a question. */
function doubted(entry: Foldable<CheckInBody>, before: RollEntry | undefined): RollEntry {
  const line = before ?? { ...standing(entry, undefined), state: 'none' as const, heads: [] };
  const confirm = entry.confirm ?? null;
  return { ...line, heads: [...line.heads, entry.id], toConfirm: true, confirm };
}

/**
 * How many of the roster are in each state; `open` = nobody has tapped them yet. Whoever is 可不到會
 * and has not come is in none of them: never listed as missing (PRODUCT.md, relief 7).
 */
export interface RollCount {
  present: number;
  online: number;
  leave: number;
  /** 可不到會 this once. */
  excused: number;
  open: number;
}

/**
 * Counts over the people on the roster, and over those whose name was `erased`: the number of those who
 * came stays (ADR 7). A row of anybody else never counts. `named`: everybody who has a name here, where
 * that is more than whom it counts.
 */
export function countRoll(
  roster: readonly Pick<RosterMember, 'person' | 'state'>[],
  roll: Map<string, RollEntry>,
  erased: ReadonlySet<string> = new Set(),
  named = roster,
): RollCount {
  const count: RollCount = { present: 0, online: 0, leave: 0, excused: 0, open: 0 };
  for (const state of namelessStates(named, roll, erased)) count[state] += 1;
  for (const { person, state: standing } of roster) {
    const state = roll.get(person)?.state ?? 'none';
    if (state !== 'none') count[state] += 1;
    else if (standing !== 'excused') count.open += 1;
  }
  return count;
}

/** What the roll says of people whose name was erased, one state each; nobody knows any more whose. */
export function namelessStates(
  roster: readonly Pick<RosterMember, 'person'>[],
  roll: Map<string, RollEntry>,
  erased: ReadonlySet<string>,
): Exclude<CheckInState, 'none'>[] {
  const named = new Set(roster.map(({ person }) => person));
  return [...roll.values()].flatMap(({ subject, state }) =>
    state === 'none' || named.has(subject) || !erased.has(subject) ? [] : [state],
  );
}

/** More of one person's own proofs, or of the records before it, one entry cannot name (bodies/attendance.ts). */
export const NAMED_MAX = 16;

/**
 * What to write when the desk sets a person's state; null when it already is so, nobody disagrees and
 * no proof is to be decided. `proofs`: the member's own that the desk had before it.
 */
export function checkInFor(
  activity: string,
  entry: RollEntry | undefined,
  state: CheckInState,
  how: CheckInBody['how'],
  proofs: readonly string[] = [],
): CheckInBody | null {
  const isSo = (entry?.state ?? 'none') === state && !entry?.toConfirm;
  if (isSo && proofs.length === 0) return null;
  return {
    ...{ activity, state, how },
    // Of more than that the next tap names the rest: a line is never beyond mending.
    ...(entry ? { replaces: entry.heads.slice(-NAMED_MAX) } : {}),
    ...(proofs.length > 0 ? { proofs: proofs.slice(0, NAMED_MAX) } : {}),
  };
}
