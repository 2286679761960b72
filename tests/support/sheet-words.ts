/** What the tables of a roll say, in either script, for tests that have no screen. */
import { civilDay } from '#domain/civil-day.ts';
import type { RollTable } from '#domain/roll-table.ts';
import type { SheetWords } from '#features/sheets/sheet-table.ts';
import { words, type Script } from './words.ts';

export function sheetWords({ activity }: RollTable, script: Script = 'hans'): SheetWords {
  const say = (key: string) => words(key, script);
  return {
    headOf: (column) => say(`sheets.head.${column}`),
    checkOf: (column) => say(`sheets.check.${column}`),
    factOf: (fact) => say(`sheets.fact.${fact}`),
    labelOf: ({ names }) => names?.[script] ?? names?.hans ?? '',
    groupOf: (group) => group ?? '',
    membershipOf: (membership) => (membership ? say(`desk.membership.${membership}`) : ''),
    stateOf: (state) => (state === 'none' ? '' : say(`activities.state.${state}`)),
    howOf: (how) => (how ? say(`sheets.how.${how}`) : ''),
    remarkOf: () => '',
    yes: say('sheets.yes'),
    title: activity.title,
    day: civilDay(activity.starts),
  };
}
