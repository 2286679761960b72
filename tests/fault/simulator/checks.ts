/** What must hold when the faults are over and the loops had their time. */
import type { LedgerRecord } from '#data/ledger/ledger.ts';
import { SELF_KIND } from '#domain/kinds.ts';
import { canonicalJson } from '#lib/canonical-json.ts';
import type { Branch, ServerRow } from './branch.ts';
import { checkProjection } from './check-projection.ts';
import type { History, Written } from './history.ts';
import type { SimulatedPhone } from './phone.ts';

/** An invariant of FAULTS.md that does not hold, and where. */
export interface Wrong {
  rule: string;
  detail: string;
}

export type Violate = (rule: string, detail: string) => void;

/** Kinds of which a member sees what is about them alone, and whoever has left sees no other. */
export const OWN_KINDS: readonly string[] = ['check-in', 'member'];

/** Compares phones, server and history; [] where all is well. */
export async function wrongAtTheEnd(
  branch: Branch,
  phones: readonly SimulatedPhone[],
  history: History,
): Promise<Wrong[]> {
  const wrong: Wrong[] = [];
  const violate: Violate = (rule, detail) => void wrong.push({ rule, detail });
  const rows = await branch.rows();
  const onServer = new Map(rows.map((row) => [row.id, row]));
  checkServer(rows, history, violate);
  checkRevoked(branch, rows, history, violate);
  for (const phone of phones) {
    const held = await phone.ledger.records();
    checkOwn(phone, held, onServer, history, violate);
    if (history.revoked.has(phone.index)) {
      checkLeft(branch, phone, held, violate);
      continue;
    }
    checkSight(branch, phone, held, rows, history, violate);
    checkProjection(branch, phone, held, rows, history, violate);
  }
  return wrong;
}

/** I1, I3, I4 and I6 as the server's table shows them. */
function checkServer(
  rows: readonly ServerRow[],
  { written, acknowledged }: History,
  violate: Violate,
): void {
  const seen = new Set<string>();
  for (const [i, row] of rows.entries()) {
    const { scope, n, id, device, seq, kind, subject } = row;
    const before = rows[i - 1];
    if (n !== (before?.scope === scope ? before.n : 0) + 1) violate('I6', `a gap before ${n}`);
    for (const key of [id, `${device} ${seq}`]) {
      if (seen.has(key)) violate('I3', `${key} is there twice`);
      seen.add(key);
    }
    const wrote = written.get(id);
    if (!wrote) violate('I4', `nobody wrote ${id}`);
    else if (kind !== SELF_KIND && !reads(wrote, { kind, subject, body: JSON.parse(row.body) }))
      violate('I4', `${kind} ${id} reads otherwise on the server`);
  }
  for (const id of acknowledged) if (!seen.has(id)) violate('I1', `acknowledged ${id} is gone`);
}

/**
 * I12: what a revoked phone handed in later waits for a person, unless a seal had covered it before;
 * and nothing else does, but for what came under a role that was over.
 */
function checkRevoked(
  { admissions }: Branch,
  rows: readonly ServerRow[],
  { revoked, moved, heldThen }: History,
  violate: Violate,
): void {
  const deviceOf = (phone: number) => admissions[phone]?.device;
  const devices = [...revoked].map(deviceOf);
  const movedDevices = [...moved].map(deviceOf);
  for (const { id, kind, device, confirm, sealed } of rows) {
    const isLate = devices.includes(device) && !heldThen.has(id) && kind !== 'self' && !sealed;
    if (isLate && confirm !== 'after-revocation') violate('I12', `${id} counts`);
    const isAfterRole = confirm === 'after-role' && movedDevices.includes(device);
    if (!isLate && confirm !== null && !isAfterRole)
      violate('I12', `${id} waits for a person: ${confirm}`);
  }
}

/** I2, I3, I9 and I14: what becomes of the records of the phone's own person. */
function checkOwn(
  { index }: SimulatedPhone,
  held: readonly LedgerRecord[],
  onServer: ReadonlyMap<string, ServerRow>,
  { moved, revoked, written }: History,
  violate: Violate,
): void {
  // What these no longer give to read goes from the phone, the own rows too.
  const mayLose = moved.has(index) || revoked.has(index);
  for (const record of [...written.values()].filter(({ phone }) => phone === index)) {
    const here = held.filter(({ id }) => id === record.id);
    const [row] = here;
    const there = onServer.get(record.id);
    const about = `${record.kind} ${record.id} of phone ${index}`;
    if (here.length > 1) violate('I3', `${about} is on the phone ${here.length} times`);
    if (!row && (record.told ? !there || !mayLose : there && !mayLose))
      violate('I2', `${about} is not on the phone`);
    if (row?.state === 'saved') violate('I9', `${about} was never sent`);
    if (row?.state === 'refused' && !moved.has(index)) violate('I2', `${about} was refused`);
    if (row?.state === 'sent' && !there) violate('I14', `${about} is not on the server`);
    if (there && row && row.state !== 'sent')
      violate('I14', `${about} is on the server, the phone says ${row.state}`);
  }
}

/** I8: of a branch nothing stays on a revoked phone but what is about its person or has no receipt. */
function checkLeft(
  { scope }: Branch,
  { index, person }: SimulatedPhone,
  held: readonly LedgerRecord[],
  violate: Violate,
): void {
  for (const row of held) {
    const stays = row.state === 'saved' || row.state === 'refused' || row.subject === person;
    if (row.scope === scope && !stays) violate('I8', `revoked phone ${index} keeps a ${row.kind}`);
  }
}

/** I4, I5, I8 and I11: a phone holds what its person may see, as it was written, and nothing else. */
function checkSight(
  { scope }: Branch,
  { index, person }: SimulatedPhone,
  held: readonly LedgerRecord[],
  rows: readonly ServerRow[],
  { roles, written, moved }: History,
  violate: Violate,
): void {
  const role = roles[index];
  const mine = (row: { subject: string | null }) => row.subject === person;
  const seesHere = (row: ServerRow) =>
    role === 'secretary' || (OWN_KINDS.includes(row.kind) ? mine(row) : role === 'member');
  const sees = (row: ServerRow) =>
    row.scope === scope ? seesHere(row) : row.scope === `person:${person}`;
  const here = new Map(held.map((row) => [row.id, row]));
  for (const row of rows.filter(sees)) {
    const found = here.get(row.id);
    const wrote = written.get(row.id);
    if (!found) violate('I5', `phone ${index} (${role}) misses ${row.kind} ${row.id}`);
    else if (found.n !== row.n) violate('I11', `phone ${index} has ${found.n} for ${row.n}`);
    else if (!wrote || !reads(wrote, found))
      violate('I4', `${row.id} reads otherwise on phone ${index}`);
  }
  const allowed = new Set(rows.filter(sees).map(({ id }) => id));
  for (const row of held) {
    const stays =
      row.state === 'saved' || row.state === 'refused' || (mine(row) && moved.has(index));
    if (!allowed.has(row.id) && !stays)
      violate('I8', `phone ${index} (${role}) keeps a ${row.kind}`);
  }
}

function reads(
  written: Written,
  row: { kind: string; subject: string | null; body: unknown },
): boolean {
  const same = canonicalJson(written.body) === canonicalJson(row.body);
  return same && written.kind === row.kind && written.subject === row.subject;
}
