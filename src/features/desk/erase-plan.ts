import type { MemberBody } from '#domain/bodies/people.ts';
import type { Names } from '#domain/bodies/shared.ts';
import { erasuresOf, toErase } from '#domain/erase-person.ts';
import { ERASURE_KIND } from '#domain/erasure.ts';
import { inOrder, readable } from '#domain/fold.ts';
import { SECOND_KIND } from '#domain/seconds.ts';
import { ANSWER_KIND, foldRequests, type Asked } from '#domain/requests.ts';
import type { Row } from './waiting.ts';

/** Kinds that have a word of their own under `desk.erase.what`. */
const NAMED = ['member', 'standing', 'consent', 'request'] as const;
type Told = (typeof NAMED)[number] | 'other';

/** What goes when a person is erased, and what the desk should know before. */
export interface ErasePlan {
  person: string;
  /** What the branch calls them; null where no name is left. */
  names: Names | null;
  records: Row[];
  /** How many of each kind go, in the order in which they are told. */
  counts: { what: Told; n: number }[];
  /** Held or holds a role: that record keeps its name. */
  hasRole: boolean;
  /** Their own requests for it that are not done yet. */
  asked: Asked[];
}

/** The plan over what the desks of this phone hold about `person`. */
export function planErasure(rows: readonly Row[], person: string): ErasePlan {
  const own = inOrder(rows.filter(({ subject }) => subject === person));
  const records = toErase(inOrder(rows), person);
  const whatOf = ({ kind }: Row): Told => NAMED.find((named) => named === kind) ?? 'other';
  const counts = [...NAMED, 'other' as const].map((what) => ({
    what,
    n: records.filter((record) => whatOf(record) === what).length,
  }));
  const named = readable(own).filter(
    ({ kind, body }) =>
      kind === 'member' || kind === 'role' || (kind === SECOND_KIND && 'names' in (body as object)),
  );
  return {
    person,
    names: (named.pop()?.body as MemberBody | undefined)?.names ?? null,
    records,
    counts: counts.filter(({ n }) => n > 0),
    hasRole: own.some(({ kind }) => kind === 'role'),
    asked: foldRequests(own).filter(({ of, done }) => of === 'erasure' && !done),
  };
}

/** What is to be written, in one transaction: where they reported the end of that, the erasures of each branch, the answers. */
export function draftsOf({ person, records, asked }: ErasePlan, today: string) {
  const scopes = [...new Set(records.map(({ scope }) => scope))];
  const erasures = scopes.flatMap((scope) => {
    const ids = records.filter((record) => record.scope === scope).map(({ id }) => id);
    return erasuresOf([...new Set(ids)]).map((body) => ({ kind: ERASURE_KIND, scope, body }));
  });
  const answers = asked.map(({ id, scope }) => ({
    ...{ kind: ANSWER_KIND, scope, subject: person },
    body: { request: id, done: true },
  }));
  const stays = scopes.filter((scope) =>
    records.some((record) => record.scope === scope && record.kind === SECOND_KIND),
  );
  const ends = stays.map((scope) => ({
    ...{ kind: SECOND_KIND, scope, subject: person },
    body: { way: 'out', day: today },
  }));
  return [...ends, ...erasures, ...answers];
}
