/**
 * What became of pushed records. Promises: only `ok`, `dup` and `to-confirm` end the outbox with a
 * receipt; `later` and what no result names stays unsent; `invalid` and `forbidden` are kept apart
 * with their reason and never deleted, and hold up nobody behind them; a receipt of a history that
 * another tab has left behind counts for nothing; what was only waiting for its receipt under a role
 * that is over goes with it.
 */
import type { ResultRun } from '#protocol/sync.ts';
import type { LedgerDatabase } from '#data/ledger/database.ts';
import type { Person } from '#data/ledger/person.ts';
import type { RecordRow } from '#data/ledger/record-row.ts';
import { noteRefused } from '#data/ledger/refused.ts';
import { dropRows, stays } from './apply-grants.ts';
import { isOfNow } from './begin-epoch.ts';

/** Notes the results in one transaction; answers how many records stopped being unsent. */
export async function applyResults(
  db: LedgerDatabase,
  person: Person,
  runs: readonly ResultRun[],
): Promise<number> {
  const own = runs.filter((run) => (run.device ?? person.device) === person.device);
  if (own.length === 0) return 0;
  return db.transaction('rw', [db.people, db.records, db.kept, db.floors], async () => {
    const known = await db.people.get(person.person);
    if (!known || !(await isOfNow(db, person))) return 0;
    const rows = await unsentBetween(db, person, own);
    const judged = rows.map((row) => judge(row, own)).filter((row) => row !== null);
    await db.records.bulkPut(judged);
    await noteRefused(db, person.person, person.device, judged);
    if (judged.some((row) => !stays(row, known, known.grants)))
      await dropRows(db, person, known.grants);
    return judged.length;
  });
}

function unsentBetween(db: LedgerDatabase, { person, device }: Person, runs: readonly ResultRun[]) {
  const from = Math.min(...runs.map((run) => run.from));
  const to = Math.max(...runs.map((run) => run.to));
  return db.records
    .where('[owner+outbox+seq]')
    .between([person, device, from], [person, device, to], true, true)
    .toArray();
}

/** The row as its result leaves it; null when it stays unsent. */
function judge(row: RecordRow, runs: readonly ResultRun[]): RecordRow | null {
  const run = runs.find(({ from, to }) => from <= row.seq && row.seq <= to);
  if (!run || run.code === 'later') return null;
  const { outbox: _outbox, ...rest } = row;
  if (run.code === 'invalid' || run.code === 'forbidden') {
    return { ...rest, state: 'refused', reason: run.reason ?? run.code };
  }
  return {
    ...rest,
    state: 'sent',
    n: run.n === undefined ? null : run.n - (run.to - row.seq),
    tag: row.seq === run.to ? (run.tag ?? null) : null,
    confirm: run.code === 'to-confirm' ? (run.reason ?? run.code) : null,
  };
}
