import type { Break } from './break.ts';

const HEADCOUNT = 'src/domain/headcount.ts';
const LATER = 'src/domain/entered-later.ts';

/** What is wrong with rolls that are closed, and with meetings that are entered later. */
export const PLANTED_IN_ROLLS: Break[] = [
  {
    name: 'difference-that-nobody-is-asked-about',
    ids: ['A-03'],
    file: HEADCOUNT,
    find: 'if (difference !== 0 && !asIs)',
    replace: 'if (difference < 0 && !asIs)',
  },
  {
    name: 'own-look-at-the-own-difference',
    ids: ['A-03'],
    file: 'src/domain/amendments.ts',
    find: 'look.author !== by && ',
    replace: '',
  },
  {
    name: 'answered-phones-counted-twice',
    ids: ['A-03'],
    file: 'src/domain/hall-count.ts',
    find: '(!answered.has(id) || ',
    replace: '(answered.size >= 0 || ',
  },
  {
    name: 'last-line-that-makes-a-meeting-late',
    ids: ['A-06'],
    file: LATER,
    find: 'days.every((day)',
    replace: 'days.some((day)',
  },
  {
    name: 'day-of-the-plan-that-makes-a-meeting-late',
    ids: ['A-06'],
    file: LATER,
    find: 'return day > civilDay(starts + EVENING_MS);',
    replace: 'return day !== civilDay(starts + EVENING_MS);',
  },
  {
    name: 'reason-for-entering-later-forgotten',
    ids: ['A-08'],
    file: LATER,
    find: 'return { reason: late };',
    replace: 'return { reason: null };',
  },
];
