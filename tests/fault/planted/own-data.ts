import type { Break } from './break.ts';

const OWN_DATA = 'src/features/me/own-data.ts';

/** What is wrong where somebody reads, takes, puts right or has erased what is kept of them. */
export const PLANTED_AROUND_OWN_DATA: Break[] = [
  {
    name: 'names-run-as-formulas-in-the-text-table',
    ids: ['X-15'],
    file: 'src/ui/write-table.ts',
    find: 'escapeFormulae: true',
    replace: 'escapeFormulae: false',
  },
  {
    name: 'names-run-as-formulas-in-the-workbook',
    ids: ['X-15'],
    file: 'src/ui/write-table.ts',
    find: 'type: String }',
    replace: "type: value.startsWith('=') ? 'Formula' : String }",
  },
  {
    name: 'export-with-the-whole-roster-in-it',
    ids: ['X-21'],
    file: OWN_DATA,
    find: '(subject === person || scope === personScope(person))',
    replace: "(subject === person || scope !== '')",
  },
  {
    name: 'contact-person-in-the-export',
    ids: ['X-21'],
    file: OWN_DATA,
    find: "return isContact || kind === 'invitation' ? rest : body;",
    replace: "return isContact && kind === 'invitation' ? rest : body;",
  },
  {
    name: 'anybody-asks-in-the-name-of-others',
    ids: ['X-21'],
    file: 'src/domain/permissions.ts',
    find: 'return draft.subject === person && isOf(',
    replace: 'return draft.subject !== null && isOf(',
  },
  {
    name: 'erasing-a-person-forgets-their-words',
    ids: ['X-21'],
    file: 'src/domain/erase-person.ts',
    find: 'return kind !== REQUEST_KIND || (body as RequestBody).text !== undefined;',
    replace: 'return kind !== REQUEST_KIND && body !== undefined;',
  },
  {
    name: 'rolls-lose-their-number-with-the-name',
    ids: ['X-21'],
    file: 'src/domain/roll.ts',
    find: 'for (const state of namelessStates(named, roll, erased)) count[state] += 1;',
    replace: '',
  },
  {
    name: 'putting-off-is-taken-for-a-yes',
    ids: ['X-22'],
    file: 'src/data/notice.ts',
    find: 'await ledger.keep(LATER, current);',
    replace: 'await agreeToNotice(ledger as Ledger, current);',
  },
  {
    name: 'who-never-said-yes-is-asked-again-and-again',
    ids: ['X-22'],
    file: 'src/data/notice.ts',
    find: 'const changed = outdatedConsents(consents, current).filter(isOwn);',
    replace: 'const changed = person.grants.map(({ scope }) => scope).filter(isOwn);',
  },
];
