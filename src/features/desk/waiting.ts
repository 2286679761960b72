import type { AbsenceBody, ActivityBody, CheckInBody } from '#domain/bodies/attendance.ts';
import type { MemberBody, StandingBody } from '#domain/bodies/people.ts';
import { isDecidable } from '#domain/decisions.ts';
import { inOrder, readable, type Foldable } from '#domain/fold.ts';
import { REQUEST_KIND } from '#domain/requests.ts';
import { waits } from '#domain/waits.ts';

/** A record of a branch as the ledger tells it. */
export type Row = Foldable<unknown> & { scope: string; hash: string; state: string };

/** A record about which the desk decides. */
export interface Waiting {
  row: Row;
  /** What was decided; null while it waits. */
  counts: boolean | null;
}

/**
 * What waits for a decision here, and of `decided` (hashes) what was decided meanwhile, in the common
 * order. What somebody has answered by a record of their own, a tap in the roll, waits no more.
 */
export function foldWaiting(
  records: readonly Row[],
  decided: ReadonlySet<string> = new Set(),
): Waiting[] {
  const here = records.filter(({ body, state }) => body !== null && state !== 'refused');
  const answered = new Set(
    readable(here.filter((row) => !waits(row))).flatMap(
      ({ body }) => (body as { replaces?: string[] }).replaces ?? [],
    ),
  );
  // What somebody asks of the desk stands on a list of its own, whoever brought it (requests.ts).
  const decidable = here.filter(({ kind }) => isDecidable(kind) && kind !== REQUEST_KIND);
  return inOrder(decidable.filter(({ id }) => !answered.has(id)))
    .filter((row) => (waits(row) && !row.declined) || decided.has(row.hash))
    .map((row) => ({ row, counts: row.declined ? false : waits(row) ? null : true }));
}

/** What a waiting record says, its body by its kind. */
export type Said =
  | { kind: 'member'; body: MemberBody }
  | { kind: 'standing'; body: StandingBody }
  | { kind: 'activity'; body: ActivityBody }
  | { kind: 'check-in'; body: CheckInBody }
  | { kind: 'absence'; body: AbsenceBody }
  | { kind: 'consent' | 'answer'; body: unknown };

/** The row's words; the server has checked the body against its kind. */
export function saidBy({ kind, body }: Row): Said {
  return { kind, body } as Said;
}
