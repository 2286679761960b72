import type { Break } from './break.ts';

/** What is wrong where a meeting is opened and its roll is called. */
export const PLANTED_AROUND_MEETINGS: Break[] = [
  {
    name: 'late-meeting-without-its-reason',
    ids: ['A-08'],
    file: 'src/features/roll/activity-form.ts',
    find: '...(day < today ? { late } : {}),',
    replace: '',
  },
];
