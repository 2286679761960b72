import type { ActivityView } from '#data/activity-view.ts';
import type { CheckInState } from '#domain/bodies/attendance.ts';
import { SECOND_AS } from '#domain/bodies/second.ts';
import type { Exclusion } from '#domain/exclusions.ts';
import { partsOf } from '#domain/roll-parts.ts';
import type { RosterMember } from '#domain/roster.ts';

/** One name of a roll, with what its row says. */
export interface RollLine {
  member: RosterMember;
  state: CheckInState;
  /** Said ahead that they cannot come. */
  cannot: boolean;
  toConfirm: boolean;
  confirm: string | null;
  /** The decision that takes them out of those who should come; null where there is none. */
  exclusion: Exclusion | null;
}

/** What decides which rows there are, besides the records. */
export interface RollLook {
  /** Who had said 「我去不了」 when the roll was opened. */
  said: ReadonlySet<string>;
  /** Who is shown while only the open ones are. */
  shown: ReadonlySet<string> | null;
  /** Those who are not expected are in sight. */
  everybody: boolean;
}

type View = ActivityView<unknown>;

/** The rows under the head of their group, in roster order; one part without a head where there is one group. */
export function groupsOf(
  view: View,
  look: RollLook,
): { group: string | null; lines: RollLine[] }[] {
  const { called } = partsOf(view);
  const groups = [...new Set(called.map(({ group }) => group))];
  return groups
    .map((group) => ({
      group,
      lines: linesOf(
        view,
        called.filter((one) => one.group === group),
        look,
      ),
    }))
    .filter(({ lines }) => lines.length > 0);
}

/** Whoever is not expected: those who were tapped, or all of them once somebody asked for them. No row moves then. */
export function besideOf(view: View, look: RollLook): RollLine[] {
  const { beside, rest } = partsOf(view);
  const shown = new Set([...beside, ...(look.everybody ? rest : [])]);
  return linesOf(
    view,
    view.roster.filter((one) => shown.has(one)),
    look,
  );
}

/** Those who report here, under a head for each way. */
export function guestsOf(view: View, look: RollLook) {
  return SECOND_AS.map((as) => ({
    as,
    lines: linesOf(
      view,
      view.seconds.filter((one) => one.as === as),
      look,
    ),
  })).filter(({ lines }) => lines.length > 0);
}

/** Whom nobody has tapped and somebody waits for. */
export function openOf(view: View): Set<string> {
  const all = [...partsOf(view).called, ...view.seconds];
  const open = all.filter(
    ({ person, state }) =>
      state !== 'excused' && !view.exclusions.has(person) && stateIn(view, person) === 'none',
  );
  return new Set(open.map(({ person }) => person));
}

/** What the roll says of this person; none where nobody has tapped them. */
export function stateIn(view: View, person: string): CheckInState {
  return view.roll.get(person)?.state ?? 'none';
}

function linesOf(
  view: View,
  members: readonly RosterMember[],
  { said, shown }: RollLook,
): RollLine[] {
  return members
    .filter(({ person }) => shown?.has(person) ?? true)
    .map((member) => {
      const { person } = member;
      const entry = view.roll.get(person);
      return {
        ...{ member, state: stateIn(view, person) },
        // Nobody waits for whoever is 可不到会: nothing is made of it.
        cannot: said.has(person) && member.state !== 'excused',
        ...{ toConfirm: entry?.toConfirm ?? false, confirm: entry?.confirm ?? null },
        exclusion: view.exclusions.get(person) ?? null,
      };
    });
}
