/** What must hold when the faults are over and the loops had their time. */
import type { LedgerRecord } from '#data/ledger/ledger.ts';
import type { Branch, ServerRow } from './branch.ts';
import type { History, Written } from './history.ts';
import type { SimulatedPhone } from './phone.ts';

/** Compares phones, server and history; what is wrong goes into the history. */
export async function checkEnd(
  branch: Branch,
  phones: readonly SimulatedPhone[],
  history: History,
): Promise<void> {
  const rows = await branch.rows();
  const onServer = new Map(rows.map((row) => [row.id, row]));
  checkServer(rows, history);
  for (const phone of phones) {
    const held = await phone.ledger.records();
    checkOwn(phone, held, onServer, history);
    checkSight(branch, phone, held, rows, history);
  }
}

function checkServer(
  rows: readonly ServerRow[],
  { written, acknowledged, violate }: History,
): void {
  const seen = new Set<string>();
  for (const [i, { scope, n, id, device, seq }] of rows.entries()) {
    const before = rows[i - 1];
    if (n !== (before?.scope === scope ? before.n : 0) + 1) violate('I6', `a gap before ${n}`);
    for (const key of [id, `${device} ${seq}`]) {
      if (seen.has(key)) violate('I3', `${key} is there twice`);
      seen.add(key);
    }
    if (!written.has(id)) violate('I4', `nobody wrote ${id}`);
  }
  for (const id of acknowledged) if (!seen.has(id)) violate('I1', `acknowledged ${id} is gone`);
}

function checkOwn(
  { index }: SimulatedPhone,
  held: readonly LedgerRecord[],
  onServer: ReadonlyMap<string, ServerRow>,
  history: History,
): void {
  const { violate, revoked, moved } = history;
  for (const record of [...history.written.values()].filter(({ phone }) => phone === index)) {
    const here = held.filter(({ id }) => id === record.id);
    const [row] = here;
    const there = onServer.get(record.id);
    const about = `${record.draft} ${record.id} of phone ${index}`;
    if (here.length > 1) violate('I3', `${about} is on the phone ${here.length} times`);
    if (!row && (record.told ? !there || !moved.has(index) : there && !moved.has(index)))
      violate('I2', `${about} is not on the phone`);
    if (row?.state === 'saved' && !revoked.has(index)) violate('I9', `${about} was never sent`);
    if (row?.state === 'refused' && !moved.has(index)) violate('I2', `${about} was refused`);
    if (row?.state === 'sent' && !there) violate('I14', `${about} is not on the server`);
    if (there && row && !revoked.has(index) && row.state !== 'sent')
      violate('I14', `${about} is on the server, the phone says ${row.state}`);
  }
}

function checkSight(
  { scope }: Branch,
  { index, person }: SimulatedPhone,
  held: readonly LedgerRecord[],
  rows: readonly ServerRow[],
  { violate, roles, revoked, written, moved }: History,
): void {
  if (revoked.has(index)) return;
  const role = roles[index];
  const mine = (row: { subject: string | null }) => row.subject === person;
  const sees = (row: ServerRow) =>
    row.scope === scope
      ? role === 'secretary' || (role === 'member' && (row.kind !== 'check-in' || mine(row)))
      : row.scope === `person:${person}`;
  const here = new Map(held.map((row) => [row.id, row]));
  for (const row of rows.filter(sees)) {
    const found = here.get(row.id);
    if (!found) violate('I5', `phone ${index} (${role}) misses ${row.kind} ${row.id}`);
    else if (found.n !== row.n) violate('I11', `phone ${index} has ${found.n} for ${row.n}`);
    else if (!sameDraft(written.get(row.id), found)) violate('I4', `${row.id} reads otherwise`);
  }
  const allowed = new Set(rows.filter(sees).map(({ id }) => id));
  for (const row of held) {
    const stays =
      row.state === 'saved' || row.state === 'refused' || (mine(row) && moved.has(index));
    if (!allowed.has(row.id) && !stays)
      violate('I8', `phone ${index} (${role}) keeps a ${row.kind}`);
  }
}

function sameDraft(written: Written | undefined, row: LedgerRecord): boolean {
  const kind = written?.draft === 'check-in-other' ? 'check-in' : written?.draft;
  // Another phone of the same person could not read it; here everybody has one phone.
  return kind === row.kind && written?.subject === row.subject;
}
