/**
 * What should stand in a branch, worked out without the app's folds: from what people wrote and the
 * order in which the server has it, by the rules in words. The last line about somebody on the roster
 * counts; of a roll's entries those that another entry names are out, of the rest the last counts, and
 * where they disagree a person decides. What waits for a person counts for nothing and names nothing;
 * on a roll it leaves a question.
 */
import type { CheckInBody } from '#domain/bodies/attendance.ts';
import type { MemberBody } from '#domain/bodies/people.ts';

/** A record as its author wrote it. */
export interface Fact {
  id: string;
  kind: string;
  subject: string | null;
  body: unknown;
  /** The server has it, but it waits for a person. */
  waits: boolean;
}

/** Lines that can be compared: one a person of the roster, one a person of each roll. */
export interface Projection {
  roster: string[];
  rolls: string[];
}

/** The projection of facts in the server's order. */
export function modelOf(facts: readonly Fact[]): Projection {
  return { roster: rosterOf(facts), rolls: rollsOf(facts) };
}

export function rosterLine(person: string, { names, group, card }: MemberBody): string {
  return `${person} ${names.hans} ${group ?? '-'} ${card}`;
}

export function rollLine(
  activity: string,
  person: string,
  entry: { state: string; heads: readonly string[]; toConfirm: boolean },
): string {
  const doubt = entry.toConfirm ? ' ?' : '';
  return `${activity} ${person} ${entry.state}${doubt} ${entry.heads.join('+')}`;
}

/** People in the order of their first line, and their groups in that order. */
function rosterOf(facts: readonly Fact[]): string[] {
  const standing = new Map<string, MemberBody>();
  for (const { kind, subject, body, waits } of facts)
    if (kind === 'member' && subject && !waits) standing.set(subject, body as MemberBody);
  const groups = new Map<string, string[]>();
  for (const [person, body] of standing) {
    const lines = groups.get(body.group ?? '') ?? [];
    groups.set(body.group ?? '', [...lines, rosterLine(person, body)]);
  }
  return [...groups.values()].flat();
}

function rollsOf(facts: readonly Fact[]): string[] {
  const taps = facts
    .filter(({ kind, subject }) => kind === 'check-in' && subject)
    .map(({ id, subject, body, waits }) => {
      const { activity, state, replaces = [] } = body as CheckInBody;
      return { id, subject: subject ?? '', waits, activity, state, names: waits ? [] : replaces };
    });
  const named = new Set(taps.flatMap(({ names }) => names));
  const left = new Map<string, typeof taps>();
  for (const tap of taps.filter(({ id }) => !named.has(id))) {
    const key = `${tap.activity} ${tap.subject}`;
    left.set(key, [...(left.get(key) ?? []), tap]);
  }
  return [...left.values()]
    .map((same) => {
      const { activity, subject } = same[0]!;
      const state = same.findLast(({ waits }) => !waits)?.state ?? 'none';
      const toConfirm = same.some((tap) => tap.waits || tap.state !== state);
      return rollLine(activity, subject, { state, heads: same.map(({ id }) => id), toConfirm });
    })
    .sort();
}
