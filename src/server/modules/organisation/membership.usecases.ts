/**
 * What desks' records mean for a membership: 不再列入 ends it on its day, a transfer moves it (ADR 14).
 *
 * Promises: told again, or in another order, the records of two branches leave the same membership; a
 * branch lets nobody go who is another's alone; whom a branch took over by a code that nobody gave out
 * stays where they were. Whoever left reads the own rows there on (role `left`), and no other.
 */
import { civilDay } from '#domain/civil-day.ts';
import type { DecisionBody } from '#domain/bodies/decision.ts';
import type { TransferBody } from '#domain/bodies/transfer.ts';
import { foldDecisions } from '#domain/decisions.ts';
import { personScope } from '#domain/roles.ts';
import { foldStandings } from '#domain/standing.ts';
import { TAKEN_OVER_KIND } from '#domain/transfers.ts';
import { toBase64Url } from '#lib/base64.ts';
import { inScopes, type Tx } from '#server/db/database.ts';
import { appendServerRecords } from '#server/db/server-records.ts';
import {
  beginMembership,
  endMembership,
  findStandingOf,
  findStandings,
  findTransfer,
  mayLetGo,
  noteTransfer,
  resumeMembership,
  wasTold,
  type TransferRow,
} from './membership.repository.ts';
import type { Deps, StoredRecord } from './stored-record.ts';

/** Later than every term that has a beginning: what holds in the end. */
const IN_THE_END = '9999-12-31';

/** 不再列入 and back. */
export async function projectStanding(
  deps: Deps,
  { scope, subject, n }: StoredRecord,
): Promise<void> {
  if (subject === null) return;
  await inScopes(deps.database, [scope], (tx) => follow(deps, tx, { scope, person: subject, n }));
}

/** A standing that waited and counts now, or never will. */
export async function projectDecision(deps: Deps, { scope, n, body }: StoredRecord): Promise<void> {
  const { record } = body as DecisionBody;
  await inScopes(deps.database, [scope], async (tx) => {
    const person = await findStandingOf(tx, scope, record);
    if (person !== null) await follow(deps, tx, { scope, person, n });
  });
}

/** The membership as all that is stored of the person's standing leaves it. */
async function follow(
  { clock }: Deps,
  tx: Tx,
  of: { scope: string; person: string; n: number },
): Promise<void> {
  const records = await findStandings(tx, of);
  const decisions = foldDecisions(records);
  const told = records.map((record) => {
    const counts = decisions.get(toBase64Url(record.hash))?.counts;
    if (counts === undefined || !record.confirm) return record;
    return counts ? { ...record, confirm: null } : { ...record, declined: true };
  });
  const { state, since } = foldStandings(told, IN_THE_END).get(of.person) ?? {};
  if (state === 'unlisted' && since) return endMembership(tx, { ...of, day: since });
  return resumeMembership(tx, { ...of, today: civilDay(clock.now()) }, ['standing', 'decision']);
}

/** 转出, 接收 and 不转了. */
export async function projectTransfer(deps: Deps, record: StoredRecord): Promise<void> {
  const { scope, subject: person, n } = record;
  if (person === null) return;
  const body = record.body as TransferBody;
  const today = civilDay(deps.clock.now());
  const whole = await inScopes(deps.database, [scope, personScope(person)], async (tx) => {
    if (body.way === 'in') {
      const to = { to_scope: scope, to_day: body.day, to_n: n };
      return noteTransfer(tx, { person, code: body.code }, to);
    }
    const { code } = body;
    const before = code === undefined ? null : await findTransfer(tx, { person, code });
    const isOurs = before?.from_scope === scope;
    if (body.way === 'stay')
      return isOurs ? stay(tx, before, { code: body.code, scope, person, n, today }) : null;
    if (!isOurs && !(await mayLetGo(tx, { scope, person, today }))) return null;
    await endMembership(tx, { scope, person, n, day: body.day });
    const from = { from_scope: scope, from_day: body.day };
    return code === undefined ? null : noteTransfer(tx, { person, code }, from);
  });
  if (whole) await move(deps, person, whole);
}

/** The code opens nothing any more, unless somebody was quicker. */
async function stay(
  tx: Tx,
  before: TransferRow,
  of: { code: string; scope: string; person: string; n: number; today: string },
): Promise<TransferRow> {
  if (before.to_scope !== null && !before.stayed) return before;
  await resumeMembership(tx, of, ['transfer']);
  return noteTransfer(tx, of, { stayed: true });
}

/** Once both sides have come, the person is the new branch's. */
async function move(
  deps: Deps,
  person: string,
  { code, from_scope, to_scope, to_day, to_n, stayed }: TransferRow,
): Promise<void> {
  if (!from_scope || !to_scope || to_day === null || to_n === null || stayed) return;
  await inScopes(deps.database, [to_scope, personScope(person)], (tx) =>
    beginMembership(tx, { scope: to_scope, person, n: to_n, day: to_day }),
  );
  if (from_scope === to_scope) return;
  await inScopes(deps.database, [from_scope], async (tx) => {
    if (await wasTold(tx, { scope: from_scope, person, code })) return;
    const body = { day: to_day, code };
    await appendServerRecords(
      tx,
      from_scope,
      [{ kind: TAKEN_OVER_KIND, subject: person, body }],
      deps,
    );
  });
}
