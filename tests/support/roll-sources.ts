/** Rolls for whoever makes tables of them: people, entries and activities by number. */
import type { CheckInState } from '#domain/bodies/attendance.ts';
import type { RollEntry } from '#domain/roll.ts';
import type { RollSource } from '#domain/roll-table.ts';
import type { RosterMember } from '#domain/roster.ts';
import type { SecondMember } from '#domain/seconds.ts';

const idOf = (of: string, n: number) => `0190c3c4-0000-7000-${of}-${`${n}`.padStart(12, '0')}`;

/** 20 March 2026, 19:30 in Shanghai. */
const STARTS = Date.parse('2026-03-20T11:30:00Z');

/** The `n`th member. */
export function memberOf(n: number, more: Partial<RosterMember> = {}): RosterMember {
  return {
    ...{ person: idOf('8001', n), names: { hans: `罗明${n}`, hant: `羅明${n}` } },
    ...{ group: null, byName: null, namesake: false, card: 'K'.repeat(16) },
    ...{ role: null, roleSince: null, membership: 'full', state: 'listed' },
    ...{ since: null, contact: null },
    ...more,
  };
}

/** The `n`th member as somebody who reports here. */
export function guestOf(n: number, as: SecondMember['as']): SecondMember {
  return { ...memberOf(n), as, from: '2026-01-01', to: null };
}

/** What the roll says of the `n`th member. */
export function entryOf(n: number, state: CheckInState, more: Partial<RollEntry> = {}): RollEntry {
  const record = idOf('8002', n);
  return {
    ...{ subject: idOf('8001', n), state, how: 'tap', record, heads: [record] },
    ...{ at: STARTS, toConfirm: false, confirm: null },
    ...more,
  };
}

/** An open roll; `erased` by number. */
export function sourceOf({
  roster,
  roll = [],
  seconds = [],
  erased = [],
}: {
  roster: RosterMember[];
  roll?: RollEntry[];
  seconds?: SecondMember[];
  erased?: number[];
}): RollSource {
  return {
    activity: {
      ...{ id: idOf('8000', 1), scope: 'branch:1', confirm: null, change: null, type: 'theme-day' },
      ...{ title: '主题党日', place: '村活动室', starts: STARTS },
    },
    ...{
      roster,
      seconds,
      exclusions: new Map(),
      paper: { people: 0, here: 0 },
      headcount: null,
      late: null,
    },
    roll: new Map(roll.map((entry) => [entry.subject, entry])),
    erased: new Set(erased.map((n) => idOf('8001', n))),
  };
}
