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
  {
    name: 'anybody-leaves-a-table',
    ids: ['X-06'],
    file: 'src/server/http/guard.ts',
    find: 'desk: officeDoor(deps, ({ grants }) => grants.some(({ role }) => isDesk(role))),',
    replace: 'desk: officeDoor(deps, ({ grants }) => grants.length > 0),',
  },
  {
    name: 'a-used-link-says-so',
    ids: ['X-01'],
    file: 'src/server/modules/once/once.routes.ts',
    find: 'const status = download ? 200 : 410;',
    replace: "const status = download ? 200 : request.url.includes('AAAA') ? 404 : 410;",
  },
];
