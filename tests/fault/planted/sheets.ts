import type { Break } from './break.ts';

/** What is wrong where a roll leaves the phone: on paper, as a file, by a link. */
export const PLANTED_IN_SHEETS: Break[] = [
  {
    name: 'entered-later-is-not-said-on-the-file',
    ids: ['A-08'],
    file: 'src/features/sheets/sheet-table.ts',
    find: 'late: table.late ? (table.late.reason ?? words.yes) : undefined,',
    replace: 'late: undefined,',
  },
];
