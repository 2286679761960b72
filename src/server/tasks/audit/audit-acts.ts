/**
 * Whether the chain of administrators' acts is as it was written (db/acts.ts).
 *
 * Promises: a row that was altered, taken out, put in, moved or cut off at the end is named by its
 * number; so is a chain that was made anew as a whole, where an earlier audit has noted how it stood
 * (audit-note.ts). Nothing is changed. Who alters table, county's row and note together is not found.
 */
import type pg from 'pg';
import { actHash, type ActRow } from '#server/db/acts.ts';

/** Where a chain stood: its last row. */
export interface ChainEnd {
  n: number;
  hash: string;
}

/** What is wrong. `n`: the number at which the row stands now. */
export type Finding =
  | { code: 'altered' | 'inserted' | 'rewritten'; n: number }
  | { code: 'moved'; n: number; was: number }
  | { code: 'missing'; n: number; to: number };

export interface Audit {
  /** Rows that are there. */
  count: number;
  /** As the county's row has it. */
  end: ChainEnd;
  /** In the order of their numbers; [] where all is sound. */
  findings: Finding[];
}

/** A row, and the number that its hash was made with; `fits` is false where there is none. */
interface Seen {
  n: number;
  place: number;
  fits: boolean;
  prev: string;
  hash: string;
}

/** Rows that are read at once: some hundred kB. */
const PAGE_ROWS = 1_000;
/** How far off a moved row's own number is looked for. */
const MOVED_MAX = 50;

/** Reads the whole chain in one moment; null in a database from before there were acts. */
export async function auditActs(
  client: pg.ClientBase,
  anchor: ChainEnd | null,
): Promise<Audit | null> {
  await client.query('begin isolation level repeatable read read only');
  try {
    const there = await client.query(`select from pg_class where oid = to_regclass('acts')`);
    if (!there.rowCount) return null;
    const { rows } = await client.query<ChainEnd>(
      'select acts_n::float8 as n, acts_hash as hash from county',
    );
    const end = rows[0] ?? { n: 0, hash: '' };
    const seen: Seen[] = [];
    for await (const row of readActs(client)) seen.push(look(row));
    return { count: seen.length, end, findings: judge(seen, end, anchor) };
  } finally {
    await client.query('rollback').catch(() => undefined);
  }
}

async function* readActs(client: pg.ClientBase): AsyncGenerator<ActRow> {
  for (let after = 0; ;) {
    const { rows } = await client.query<ActRow>(
      `select n::float8 as n, at::float8 as at, kind, by_person, by_device, scope, person, detail,
        prev, hash from acts where n > $1 order by acts.n limit ${PAGE_ROWS}`,
      [after],
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_ROWS) return;
    after = last.n;
  }
}

function look(row: ActRow): Seen {
  const { n, prev, hash } = row;
  const fitsAt = (place: number) => actHash({ ...row, n: place }) === hash;
  if (fitsAt(n)) return { n, place: n, fits: true, prev, hash };
  for (let off = 1; off <= MOVED_MAX; off += 1)
    for (const place of [n - off, n + off])
      if (fitsAt(place)) return { n, place, fits: true, prev, hash };
  return { n, place: n, fits: false, prev, hash };
}

function judge(seen: readonly Seen[], end: ChainEnd, anchor: ChainEnd | null): Finding[] {
  const findings: Finding[] = [];
  const chain = byPlace(seen, findings);
  const last = Math.max(end.n, anchor?.n ?? 0, seen.at(-1)?.place ?? 0);
  for (let place = 1; place <= last; place += 1) {
    const row = chain.get(place);
    if (!row) miss(findings, place);
    else if (place > end.n) findings.push({ code: 'inserted', n: row.n });
    else if (!row.fits || breaks(chain.get(place + 1), row, end))
      findings.push({ code: 'altered', n: row.n });
    else if (row.n !== place) findings.push({ code: 'moved', n: row.n, was: place });
  }
  const there = anchor && chain.get(anchor.n);
  const named = findings.some(({ n }) => n === anchor?.n);
  if (there && there.hash !== anchor.hash && !named)
    findings.push({ code: 'rewritten', n: anchor.n });
  return findings.sort((a, b) => a.n - b.n);
}

/** Each row at its own number; of two that claim one, that which the next row follows. */
function byPlace(seen: readonly Seen[], findings: Finding[]): Map<number, Seen> {
  const followed = new Set(seen.map(({ prev }) => prev));
  const chain = new Map<number, Seen>();
  for (const row of seen) {
    const other = chain.get(row.place);
    const wins = !other || (followed.has(row.hash) && !followed.has(other.hash));
    if (wins) chain.set(row.place, row);
    const loser = wins ? other : row;
    if (loser) findings.push({ code: 'inserted', n: loser.n });
  }
  return chain;
}

/** A row that was altered and given a new hash fits by itself: what came after it knows the old one. */
function breaks(next: Seen | undefined, row: Seen, end: ChainEnd): boolean {
  if (row.place === end.n) return row.hash !== end.hash;
  return next?.fits === true && next.place <= end.n && next.prev !== row.hash;
}

function miss(findings: Finding[], n: number) {
  const before = findings.at(-1);
  if (before?.code === 'missing' && before.to === n - 1) before.to = n;
  else findings.push({ code: 'missing', n, to: n });
}
