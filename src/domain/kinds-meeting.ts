/** The part of the table of kinds (kinds.ts) that meetings and their rolls are made of. */
import {
  absenceBody,
  activityBody,
  activityChangeBody,
  checkInBody,
  presenceKeyBody,
} from './bodies/attendance.ts';
import {
  closingBody,
  exclusionBody,
  formBody,
  lookedBody,
  noticeBody,
  paperCountBody,
  paperPeopleBody,
  reopeningBody,
} from './bodies/closing.ts';
import {
  cardBody,
  objectionAboveBody,
  objectionBody,
  proofBody,
  shownBody,
} from './bodies/proof.ts';
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
  activity: { ...OF_DESK, version: 2, audience: 'branch', body: activityBody },
  /** It was moved, called off, or is on after all. */
  'activity-change': { ...OF_DESK, audience: 'branch', body: activityChangeBody },
  /** One line of a roll: subject was there (or not after all), as the desk saw it. */
  'check-in': { ...OF_ONE, version: 2, writers: ['desk'], body: checkInBody },
  /** 「我去不了」 ahead of a meeting, by whoever it is about; it is no state of the roll and decides nothing. */
  absence: { ...OF_ONE, writers: ['subject'], ages: 'message', body: absenceBody },
  /** subject's own phone was in the hall: a scan of the hall code, or its digits. Decides nothing by itself. */
  proof: { ...OF_ONE, writers: ['subject'], body: proofBody },
  /** subject is not among those who should come to one meeting. */
  exclusion: { ...OF_ONE, writers: ['desk'], body: exclusionBody },
  /** subject says that their line is wrong. */
  objection: { ...OF_ONE, writers: ['subject'], ages: 'message', body: objectionBody },
  /** The same to the county, past the branch. scope = the county. */
  'objection-above': {
    ...{ version: 1, body: objectionAboveBody, writers: ['anybody'], audience: 'sponsor' },
    ...{ ofPerson: true, ages: 'message' },
  },
  /** How many of those kept on paper alone came. */
  'paper-count': { ...OF_DESK, body: paperCountBody },
  /** How many of the branch those are. */
  'paper-people': {
    ...{ version: 1, body: paperPeopleBody, writers: ['desk'], audience: 'desk', erasable: true },
  },
  /** A roll was closed. */
  closing: { ...OF_DESK, body: closingBody },
  /** A closed roll was opened again. */
  reopening: { ...OF_DESK, body: reopeningBody },
  /** Another person of the desk looked at what was changed after closing. */
  looked: { ...OF_DESK, body: lookedBody },
  /** A device of the desk shows the hall code of an activity. */
  shown: { ...OF_DESK, body: shownBody },
  /** subject's printed card; the last one is good, the ones before are void. */
  card: {
    ...{ version: 1, body: cardBody, writers: ['desk'], audience: 'desk' },
    ...{ ofPerson: true, erasable: true },
  },
  /** A line for the whole branch. */
  notice: {
    ...{ version: 1, body: noticeBody, writers: ['desk'], audience: 'branch' },
    ...{ erasable: true, ages: 'message' },
  },
  /** The columns of a township's own table. */
  form: { version: 1, body: formBody, writers: ['desk'], audience: 'desk', erasable: true },
  /** The key that hall codes are derived from; never reaches members. */
  'presence-key': { version: 1, body: presenceKeyBody, writers: ['server'], audience: 'desk' },
} as const satisfies Record<string, KindRule>;
