import type { Break } from './break.ts';

const JUDGE = 'src/domain/judge-proof.ts';
const FOLD = 'src/domain/proofs.ts';

const WATCH = 'src/server/modules/sync/forgery-watch.ts';

/** What is wrong with members' own proofs: what is believed, whom it shames, what is lost. */
export const PLANTED_IN_PROOFS: Break[] = [
  {
    name: 'a-photograph-is-as-good-as-the-hall',
    ids: ['A-01'],
    file: JUDGE,
    find: 'correctedAt(proof) > slot.until + LATE_MS;',
    replace: 'correctedAt(proof) > slot.until + LATE_MS * 100;',
  },
  {
    name: 'lateness-by-the-wrong-clock',
    ids: ['A-05'],
    file: JUDGE,
    find: 'return at + (offset ?? 0);',
    replace: 'return at + (offset ?? 0) * 0;',
  },
  {
    name: 'a-doubtful-scan-asks-for-nothing',
    ids: ['A-01'],
    file: FOLD,
    find: "const asked = doubt || confirm ? ('doubt' as const)",
    replace: "const asked = doubt && confirm ? ('doubt' as const)",
  },
  {
    name: 'a-household-is-flagged',
    ids: ['A-04'],
    file: JUDGE,
    find: "> HOUSEHOLD_MAX ? 'many' : null;",
    replace: ">= HOUSEHOLD_MAX ? 'many' : null;",
  },
  {
    name: 'twenty-on-one-phone-go-unseen',
    ids: ['A-04'],
    file: JUDGE,
    find: 'return Math.max(people, body.people ?? 0)',
    replace: 'return Math.min(people, body.people ?? 0)',
  },
  {
    name: 'an-unknown-clock-is-late',
    ids: ['A-05'],
    file: JUDGE,
    find: 'const late = timed && ',
    replace: 'const late = ',
  },
  {
    name: 'a-fast-phone-goes-unnoticed',
    ids: ['A-05'],
    file: JUDGE,
    find: "skew: doubt !== 'late' && isFar(proof.at, slot),",
    replace: "skew: doubt === 'late' && isFar(proof.at, slot),",
  },
  {
    name: 'a-proof-for-anybody',
    ids: ['A-07'],
    file: 'src/domain/permissions.ts',
    find: 'return draft.subject === person && isOf(',
    replace: 'return draft.subject !== null && isOf(',
  },
  {
    name: 'hundreds-refused-and-nobody-knows',
    ids: ['A-07'],
    file: WATCH,
    find: 'if (wasFew && hour.refused > REFUSED_MAX)',
    replace: 'if (!wasFew && hour.refused > REFUSED_MAX)',
  },
  {
    name: 'a-changed-app-goes-on',
    ids: ['A-07'],
    file: WATCH,
    find: 'turnsAway: (device) => hourOf(device).refused > REFUSED_MAX,',
    replace: 'turnsAway: (device) => hourOf(device).refused > Infinity,',
  },
];
