/**
 * How records become state. Order never depends on a phone's clock (I11): what the server has
 * numbered comes in its order `n`, what is still only on this phone comes after, by `seq`.
 * The same set of records gives the same state in whatever order they arrived (I10).
 */

/** What folding needs to know of a record. */
export interface Foldable<Body> {
  id: string;
  kind: string;
  subject: string | null;
  author: string;
  seq: number;
  /** The server's number in the scope; null while the record is only on this phone. */
  n: number | null;
  at: number;
  day: string;
  /** Null where it was erased or this phone cannot open it. */
  body: Body;
  /** Why it waits for a person (waits.ts); null or left out where it does not. */
  confirm?: string | null;
  /** A person decided that it never counts (decisions.ts). */
  declined?: boolean;
}

/** The records that say something: one that was erased says nothing any more, one that was declined never did. */
export function readable<T extends Pick<Foldable<unknown>, 'body' | 'declined'>>(
  records: readonly T[],
): T[] {
  return records.filter(({ body, declined }) => body !== null && !declined);
}

/** The records in the one order that every device ends with. */
export function inOrder<T extends Pick<Foldable<unknown>, 'n' | 'seq' | 'id'>>(
  records: readonly T[],
): T[] {
  return [...records].sort(
    (a, b) => order(a.n) - order(b.n) || a.seq - b.seq || (a.id < b.id ? -1 : 1),
  );
}

/** Larger than any number a scope will reach, and finite, so that two of them subtract to 0. */
const NOT_NUMBERED = Number.MAX_SAFE_INTEGER;

function order(n: number | null): number {
  return n ?? NOT_NUMBERED;
}
