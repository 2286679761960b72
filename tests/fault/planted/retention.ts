import type { Break } from './break.ts';

const DUE = 'src/server/db/due-records.ts';

/** What is wrong where things go by age. */
export const PLANTED_IN_RETENTION: Break[] = [
  {
    name: 'floor-of-a-period-forgotten',
    ids: ['X-21'],
    file: 'src/domain/retention.ts',
    find: 'return withEach((part) => Math.max(body[part], PERIODS[part].least));',
    replace: 'return withEach((part) => body[part]);',
  },
  {
    name: 'lines-of-a-roll-go-by-the-day-they-were-written',
    ids: ['X-21'],
    file: DUE,
    find: 'coalesce(m.due, r.day < ${since.rolls})',
    replace: 'r.day < ${since.rolls}',
  },
  {
    name: 'things-that-go-before-anybody-saw-them',
    ids: ['X-21'],
    file: DUE,
    find: 'r.received < ${civilTime(since.came)}',
    replace: 'true',
  },
  {
    name: 'retention-run-that-forgets-what-it-took',
    ids: ['X-21'],
    file: 'src/server/db/retention-runs.ts',
    find: 'if (Object.values(took).some((count) => count > 0)) {',
    replace: 'if (took === null) {',
  },
];
