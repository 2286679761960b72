/** SQL of devices' chains. Everything is in the device's person's scope. */
import { bytesToHex } from '@noble/hashes/utils.js';
import { sql } from 'kysely';
import type { Tx } from '#server/db/database.ts';
import type { ChainPlace, KnownLink, Link } from './judge-chain.ts';

/** A device of a person. */
export interface ChainOf {
  scope: string;
  device: string;
}

export interface ChainRow extends ChainPlace {
  handedIn: number;
}

/** More unverified records than any phone holds: a chain that long waits for a later seal. */
const KNOWN_MAX = 20_000;

/** The chain's state, its row locked: of two pushes of one device one waits for the other. */
export async function lockChain(tx: Tx, { scope, device }: ChainOf): Promise<ChainRow> {
  const { rows } = await sql<ChainRow>`
    insert into chains as c (scope, device) values (${scope}, ${device})
    on conflict (scope, device) do update set top = c.top
    returning seq, head, handed_in as "handedIn"`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error('a chain has a row');
  return row;
}

/** Links above `after` up to `upTo`, and those of `seqs`. */
export async function findLinks(
  tx: Tx,
  { scope, device }: ChainOf,
  wanted: { after: number; upTo: number; seqs: readonly number[] },
): Promise<KnownLink[]> {
  const { rows } = await sql<KnownLink>`
    select seq, hash, sealed from chain_links
    where scope = ${scope} and device = ${device}
      and ((seq > ${wanted.after} and seq <= ${wanted.upTo}) or seq = any (${[...wanted.seqs]}::bigint[]))
    order by seq, sealed limit ${KNOWN_MAX}`.execute(tx);
  return rows;
}

/** Keeps links, sealed where they are said to be; what is there already stays, and stays sealed. */
export async function keepLinks(
  tx: Tx,
  { scope, device }: ChainOf,
  links: readonly KnownLink[],
): Promise<void> {
  if (links.length === 0) return;
  const rows = links.map(({ seq, hash, sealed }) => ({ seq, hash: bytesToHex(hash), sealed }));
  await sql`
    insert into chain_links as l (scope, device, seq, hash, sealed)
    select ${scope}, ${device}::uuid, r.seq, decode(r.hash, 'hex'), bool_or(r.sealed)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (seq bigint, hash text, sealed boolean)
    group by r.seq, r.hash
    on conflict (scope, device, seq, hash) do update set sealed = true
    where excluded.sealed and not l.sealed`.execute(tx);
}

/** Moves the verified place and the counters. */
export async function moveChain(
  tx: Tx,
  { scope, device }: ChainOf,
  to: { place: ChainPlace; links: readonly Link[]; fresh: number; handedIn: number },
): Promise<void> {
  const top = to.links.reduce((most, { seq }) => Math.max(most, seq), 0);
  await sql`
    update chains set seq = ${to.place.seq}, head = ${Buffer.from(to.place.head)},
      top = greatest(top, ${top}::bigint), known = known + ${to.fresh},
      handed_in = handed_in + ${to.handedIn}
    where scope = ${scope} and device = ${device}`.execute(tx);
}

/** The device's key from now on. */
export async function replaceKey(tx: Tx, { scope, device }: ChainOf, key: string): Promise<void> {
  await tx
    .updateTable('devices')
    .set({ public_key: key })
    .where('scope', '=', scope)
    .where('device', '=', device)
    .execute();
}
