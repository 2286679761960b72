/** A wrong name on a roster and its erasure, as rows of a server and as drafts of a desk. */
import type { Ledger } from '#data/ledger/ledger.ts';
import type { RecordRow } from '#data/ledger/record-row.ts';
import { foldRoster } from '#domain/roster.ts';
import { canonicalJson } from '#lib/canonical-json.ts';
import type { WireRow } from '#protocol/record.ts';
import type { Page } from '#protocol/sync.ts';
import { databaseOf } from './mirrored-phone.ts';
import { BRANCH, OTHER, OTHER_DEVICE, pageOf, testId } from './test-ledger.ts';

export const CARD = '0123456789ABCDEF';
export const WRONG = '黄国墙';
export const member = (hans = WRONG) => ({
  ...{ kind: 'member', scope: BRANCH, subject: OTHER },
  body: { names: { hans }, card: CARD },
});
export const erasureOf = (...records: string[]) => ({
  kind: 'erasure',
  scope: BRANCH,
  body: { records },
});

/** A row of another desk, the n-th of the branch. */
export function row(n: number, change: Partial<WireRow>): WireRow {
  const header = {
    ...{ id: testId(1_000 + n), v: 1, scope: BRANCH, author: OTHER, device: OTHER_DEVICE, seq: n },
    ...{ day: '2026-03-01', at: 1, salt: 'AAAAAAAAAAA', n },
  };
  return JSON.parse(JSON.stringify({ ...header, ...change })) as WireRow;
}
export const memberPage = (...rows: WireRow[]): Page => pageOf(rows);

export async function rowsOf(ledger: Ledger): Promise<RecordRow[]> {
  const rows = await databaseOf(ledger).records.toArray();
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
}

export async function roster(ledger: Ledger) {
  const records = await ledger.records({ scope: BRANCH });
  return foldRoster(records, '2026-03-05').map(({ person, names }) => [person, names.hans]);
}

/** Everything that the database holds, as text. */
export async function everything(ledger: Ledger): Promise<string> {
  const tables = databaseOf(ledger).tables.map((table) => table.toArray());
  return canonicalJson((await Promise.all(tables)) as never);
}
