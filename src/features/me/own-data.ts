/**
 * What this county holds about one person, out of everything that lies on their phone. Promise: of
 * nobody else. A secretary's phone holds a whole roster; what its owner wrote about others is counted
 * and left out, and who wrote what about the owner is told as `branch`, never by id.
 */
import type { LedgerRecord } from '#data/ledger/ledger.ts';
import type { Person } from '#data/ledger/person.ts';
import { OLDER_KEY_KIND } from '#domain/bodies/older-key.ts';
import { civilDay } from '#domain/civil-day.ts';
import { inOrder } from '#domain/fold.ts';
import { kindRule } from '#domain/kinds.ts';
import { personScope } from '#domain/roles.ts';

export interface OwnData {
  /** About the person, and the person's own study; in the common order. */
  records: LedgerRecord[];
  /** The activities that lines of rolls about the person name: a notice to the whole branch. */
  activities: LedgerRecord[];
  /** How many records the person wrote that are about others or about the branch, by kind. */
  office: Record<string, number>;
  /** That a roster with the person on it was made a file: told to everybody in the branch. */
  exports: LedgerRecord[];
}

/** `rows`: everything that the person's phone holds for them. */
export function ownData(person: string, rows: readonly LedgerRecord[]): OwnData {
  // A key is not data about anybody, and belongs in no file: that is what the recovery card is for.
  const isOwn = ({ subject, scope, kind }: LedgerRecord) =>
    (subject === person || scope === personScope(person)) && kind !== OLDER_KEY_KIND;
  const records = inOrder(rows.filter(isOwn));
  const named = new Set(
    records.map(({ body }) => (body as { activity?: string } | null)?.activity),
  );
  const office: Record<string, number> = {};
  for (const { author, kind } of rows.filter((row) => !isOwn(row)))
    if (author === person && kind !== OLDER_KEY_KIND) office[kind] = (office[kind] ?? 0) + 1;
  return {
    records,
    activities: inOrder(rows.filter(({ kind, id }) => kind === 'activity' && named.has(id))),
    office,
    exports: inOrder(rows.filter(({ kind }) => kind === 'export')),
  };
}

/** What the file tells of its person. */
export type Owner = Pick<
  Person,
  'person' | 'device' | 'names' | 'place' | 'county' | 'grants' | 'joinedAt'
>;

/**
 * The file for machines, JSON: `{format, version, made, person, records, activities, office}`. A record
 * is `{header: {id, kind, scope, subject, seq, day, at, n, by, device?}, state, waits, body}`: `by` is
 * `me` or `branch`, `n` the county's number (null before it has one), `at` ms of the writing phone's
 * clock, `state` as the ledger has it, `waits` why somebody has to look at it. A body is as kinds.ts
 * says, null where it was erased or is of a later version. What names somebody else, a contact person,
 * is left out. Study is in it as its owner reads it. A change of this shape raises `version`.
 */
export function dataFile(owner: Owner, data: OwnData, today: string): string {
  const { person, device, names, place, county, grants, joinedAt } = owner;
  const joined = civilDay(joinedAt);
  const told = (rows: readonly LedgerRecord[]) => rows.map((row) => toldRecord(person, row));
  const file = {
    ...{ format: 'rixue-my-data', version: 1, made: today },
    person: { id: person, device, names, place, county, roles: grants, joined },
    records: told(data.records),
    activities: told(data.activities),
    office: data.office,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function toldRecord(person: string, row: LedgerRecord) {
  const { id, kind, scope, subject, seq, day, at, n, author, device, state, confirm } = row;
  const by = author === person ? { by: 'me', device } : { by: 'branch' };
  const header = { id, kind, scope, subject, seq, day, at, n, ...by };
  return { header, state, waits: confirm, body: kindRule(kind) ? toldBody(kind, row.body) : null };
}

/** Whom this person contacts is somebody else's matter: only the days are told. */
const ABOUT_ANOTHER = ['contact', 'contact-person'];

/** Without the contact person's id, and without what an invitation could be found by. */
function toldBody(kind: string, body: unknown): unknown {
  if (body === null) return null;
  if (ABOUT_ANOTHER.includes(kind)) {
    const { member: _id, names: _name, ...days } = body as Record<string, unknown>;
    return days;
  }
  const { is: _somebody, hash: _secret, ...rest } = body as Record<string, unknown>;
  const isContact = kind === 'standing' && rest['of'] === 'contact';
  return isContact || kind === 'invitation' ? rest : body;
}
