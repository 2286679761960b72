/** What this phone holds of one meeting, as a sheet is made from it. */
import { readActivity, type BranchLedger } from '#data/activity-view.ts';
import type { LedgerRecord, RecordQuery } from '#data/ledger/ledger.ts';
import type { Person } from '#data/ledger/person.ts';
import { ACTIVITY_KINDS } from '#domain/activities.ts';
import type { AboutBody } from '#domain/bodies/organisation.ts';
import type { Names } from '#domain/bodies/shared.ts';
import { foldClosing } from '#domain/closing.ts';
import { enteredLater } from '#domain/entered-later.ts';
import { inOrder, readable } from '#domain/fold.ts';
import { foldForms, type Form } from '#domain/forms.ts';
import { CLOSING_KINDS } from '#domain/meeting-records.ts';
import { rollTable, type RollTable } from '#domain/roll-table.ts';

/** The ledger, or what was read from it once. */
export interface SheetLedger extends BranchLedger<Person> {
  records(query: RecordQuery): Promise<readonly LedgerRecord[]>;
}

/** One meeting, ready to be printed or made a file. */
export interface Sheet {
  table: RollTable;
  /** What the branch is called; null until it has reached the phone. */
  place: Names | null;
  forms: Form[];
}

/** The sheet; null where this phone does not hold the activity, `desk-only` where this person keeps no roll there. */
export async function readSheet(
  ledger: SheetLedger,
  id: string,
): Promise<Sheet | 'desk-only' | null> {
  const view = await readActivity(ledger, id);
  if (!view) return null;
  if (!view.desk) return 'desk-only';
  const { activity } = view;
  const { scope } = activity;
  const records = await standing(ledger, { kind: CLOSING_KINDS, scope });
  const began = await standing(ledger, { kind: ACTIVITY_KINDS, scope });
  const closing = foldClosing(activity, records);
  const amended = closing?.amended.filter(({ open }) => open.length > 0) ?? [];
  const table = rollTable({
    ...view,
    headcount: closing?.headcount ?? null,
    late: enteredLater(activity, [...began, ...records]),
    amended: new Set(amended.flatMap(({ subject }) => subject ?? [])),
  });
  const forms = foldForms(await standing(ledger, { kind: 'form', scope }));
  return { table, place: await readPlace(ledger, scope), forms };
}

/** What the branch says it is called. */
export async function readPlace(ledger: SheetLedger, scope: string): Promise<Names | null> {
  const about = inOrder(readable(await standing(ledger, { kind: 'about', scope }))).pop();
  return ((about?.body ?? null) as AboutBody | null)?.names ?? null;
}

/** Without what the server will not take. */
export async function standing(
  ledger: Pick<SheetLedger, 'records'>,
  query: RecordQuery,
): Promise<LedgerRecord[]> {
  return (await ledger.records(query)).filter(({ state }) => state !== 'refused');
}
