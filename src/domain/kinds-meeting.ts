/** The part of the table of kinds (kinds.ts) that meetings and their rolls are made of. */
import type { KindRule } from './kind-rule.ts';

/** What the desk writes of a meeting and keeps to itself. */
const OF_DESK = {
  version: 1,
  writers: ['desk'],
  audience: 'desk',
  erasable: true,
  ages: 'roll',
} as const;

/** What concerns one person of a meeting. */
const OF_ONE = {
  version: 1,
  audience: 'own',
  ofPerson: true,
  erasable: true,
  ages: 'roll',
} as const;

export const MEETING_KINDS = {
  /** A meeting or session that people come to. Its record id is the activity's id. */
  activity: { ...OF_DESK, version: 2, audience: 'branch' },
  /** It was moved, called off, or is on after all. */
  'activity-change': { ...OF_DESK, audience: 'branch' },
  /** One line of a roll: subject was there (or not after all), as the desk saw it. */
  'check-in': { ...OF_ONE, version: 2, writers: ['desk'] },
  /** 「我去不了」 ahead of a meeting, by whoever it is about; it is no state of the roll and decides nothing. */
  absence: { ...OF_ONE, writers: ['subject'], ages: 'message' },
  /** subject's own phone was in the hall: a scan of the hall code, or its digits. Decides nothing by itself. */
  proof: { ...OF_ONE, writers: ['subject'] },
  /** subject is not among those who should come to one meeting. */
  exclusion: { ...OF_ONE, writers: ['desk'] },
  /** subject says that their line is wrong. */
  objection: { ...OF_ONE, writers: ['subject'], ages: 'message' },
  /** The same to the county, past the branch. scope = the county. */
  'objection-above': {
    ...{ version: 1, writers: ['anybody'], audience: 'sponsor' },
    ...{ ofPerson: true, ages: 'message' },
  },
  /** How many of those kept on paper alone came. */
  'paper-count': OF_DESK,
  /** How many of the branch those are. */
  'paper-people': {
    ...{ version: 1, writers: ['desk'], audience: 'desk', erasable: true },
  },
  /** A roll was closed. */
  closing: OF_DESK,
  /** A closed roll was opened again. */
  reopening: OF_DESK,
  /** Another person of the desk looked at what was changed after closing. */
  looked: OF_DESK,
  /** A device of the desk shows the hall code of an activity. */
  shown: OF_DESK,
  /** subject's printed card; the last one is good, the ones before are void. */
  card: {
    ...{ version: 1, writers: ['desk'], audience: 'desk' },
    ...{ ofPerson: true, erasable: true },
  },
  /** A line for the whole branch. */
  notice: {
    ...{ version: 1, writers: ['desk'], audience: 'branch' },
    ...{ erasable: true, ages: 'message' },
  },
  /** The columns of a township's own table. */
  form: { version: 1, writers: ['desk'], audience: 'desk', erasable: true },
  /** The key that hall codes are derived from; never reaches members. */
  'presence-key': { version: 1, writers: ['server'], audience: 'desk' },
} as const satisfies Record<string, KindRule>;
