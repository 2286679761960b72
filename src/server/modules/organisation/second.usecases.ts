/**
 * What `second` records mean for a person's roles (ADR 16); sync/report-rights.ts has asked before
 * whether the person's own phone had said so.
 *
 * Promises: a code opens one branch, once, also when its record is told again after the stay is over,
 * and when two branches send it in the same moment: the code is taken in the transaction that stores
 * the record, and whoever comes second stores none; no membership of any branch begins or ends by it.
 */
import type { SecondBody } from '#domain/bodies/second.ts';
import { personScope } from '#domain/roles.ts';
import { SECOND_KIND } from '#domain/seconds.ts';
import { roleWaits } from '#domain/waits.ts';
import type { Appended, NewRecord } from '#server/db/append-records.ts';
import { inScopes, type Tx } from '#server/db/database.ts';
import { beginSecond, endSecond, findCodeBranch, isStored, useCode } from './second.repository.ts';
import type { Deps, StoredRecord } from './stored-record.ts';

/** Somebody reports to the branch, or no more. */
export async function projectSecond(deps: Deps, record: StoredRecord): Promise<void> {
  const { scope, subject: person, n } = record;
  if (person === null) return;
  const body = record.body as Partial<SecondBody>;
  const own = personScope(person);
  await inScopes(deps.database, [scope, own], async (tx) => {
    if (body.way === 'out') await endSecond(tx, { scope, person, n, day: body.day ?? '' });
    // Of one that came in its erased form nothing is known.
    if (body.way !== 'in' || !body.day || !body.nonce) return;
    if (await useCode(tx, { scope: own, nonce: body.nonce, branch: scope }))
      await beginSecond(tx, { scope, person, n, day: body.day });
  });
}

interface Coming {
  record: NewRecord;
  person: string;
  day: string;
  nonce: string;
}

/**
 * Stores by `append`, and in the same transaction takes the codes by which somebody is let in; records
 * whose code another branch has taken meanwhile are not stored, and not in the answer.
 */
export async function storeWithCodes(
  { database }: Pick<Deps, 'database'>,
  scope: string,
  records: readonly NewRecord[],
  append: (tx: Tx, records: readonly NewRecord[]) => Promise<Appended[]>,
): Promise<Map<NewRecord, Appended>> {
  const coming = records.flatMap(comingIn);
  const own = new Set(coming.map(({ person }) => personScope(person)));
  return inScopes(database, [scope, ...own], async (tx) => {
    const { first, late } = await takeCodes(tx, scope, coming);
    const kept = records.filter((record) => !late.has(record));
    const appended = await append(tx, kept);
    const stored = new Map<NewRecord, Appended>();
    kept.forEach((record, at) => appended[at] && stored.set(record, appended[at]));
    for (const { record, person, day } of first) {
      const n = stored.get(record)?.n;
      if (n !== undefined) await beginSecond(tx, { scope, person, n, day });
    }
    return stored;
  });
}

/** What lets somebody in; one that waits for a person never does, and takes no code. */
function comingIn(record: NewRecord): Coming[] {
  const { kind, subject: person, confirm, body: text } = record;
  if (kind !== SECOND_KIND || !person || text === null || roleWaits({ confirm })) return [];
  const body = JSON.parse(text) as Partial<SecondBody>;
  if (body.way !== 'in' || !body.day || !body.nonce) return [];
  return [{ record, person, day: body.day, nonce: body.nonce }];
}

/** `first`: whose code was nobody's; `late`: whose code is another branch's. */
async function takeCodes(tx: Tx, scope: string, coming: readonly Coming[]) {
  const first: Coming[] = [];
  const late = new Set<NewRecord>();
  for (const one of coming) {
    // Told again: what it means is written once more where it was not (projectSecond).
    if (await isStored(tx, scope, one.record.id)) continue;
    const code = { scope: personScope(one.person), nonce: one.nonce, branch: scope };
    if (await useCode(tx, code)) first.push(one);
    else if ((await findCodeBranch(tx, code)) !== scope) late.add(one.record);
  }
  return { first, late };
}
