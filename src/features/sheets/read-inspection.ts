/** The meetings of a branch in one year, each as a sheet: for whoever comes to look. */
import type { LedgerRecord, RecordQuery } from '#data/ledger/ledger.ts';
import type { Person } from '#data/ledger/person.ts';
import { ACTIVITY_KINDS, foldActivities } from '#domain/activities.ts';
import { civilDay } from '#domain/civil-day.ts';
import { readSheet, standing, type Sheet, type SheetLedger } from './read-sheet.ts';

export interface Inspection {
  /** Years with a meeting, the latest first, and the one that is shown. */
  years: string[];
  year: string;
  /** Earliest first. */
  sheets: Sheet[];
}

/** What a sheet is made from, read once for all of them: a year has fifty, and each would read the whole branch. */
const KINDS = [
  ...[
    'about',
    'member',
    'role',
    'standing',
    'second',
    'transfer',
    'erased',
    'absence',
    'exclusion',
  ],
  ...['paper-people', 'paper-count', 'closing', 'reopening', 'looked', 'proof', 'decision', 'form'],
  ...['check-in', ...ACTIVITY_KINDS],
];

/** The meetings up to `today` (civil day); `year`: as chosen, else the latest with one. */
export async function readInspection(
  ledger: SheetLedger,
  scope: string,
  { year, today }: { year: string | null; today: string },
): Promise<Inspection> {
  const person = await ledger.current();
  const rows = await standing(ledger, { kind: KINDS, scope });
  const held = heldLedger(person, rows);
  const meetings = foldActivities(rows, person?.grants).filter(
    ({ starts, change }) => civilDay(starts) <= today && change !== 'off',
  );
  const yearOf = ({ starts }: { starts: number }) => civilDay(starts).slice(0, 4);
  const years = [...new Set(meetings.map(yearOf))].sort().reverse();
  const shown = years.find((one) => one === year) ?? years[0] ?? today.slice(0, 4);
  const sheets: Sheet[] = [];
  for (const { id } of meetings.filter((one) => yearOf(one) === shown)) {
    const sheet = await readSheet(held(id), id);
    if (sheet && sheet !== 'desk-only') sheets.push(sheet);
  }
  return { years, year: shown, sheets };
}

/** The rows as a ledger of one activity: what is of another one is left out before anything is folded. */
function heldLedger(person: Person | null, rows: readonly LedgerRecord[]) {
  const isOf = ({ kind, body }: LedgerRecord, id: string) => {
    const of = (body as { activity?: string } | null)?.activity;
    return kind === 'activity-change' || of === undefined || of === id;
  };
  return (id: string): SheetLedger => ({
    current: async () => person,
    records: async ({ kind }: RecordQuery) => {
      const kinds: readonly (string | undefined)[] = Array.isArray(kind) ? kind : [kind];
      return rows.filter((row) => kinds.includes(row.kind) && isOf(row, id));
    },
  });
}
