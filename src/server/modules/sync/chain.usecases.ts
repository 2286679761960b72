/**
 * A push as a device's chain sees it. Promises: before a record is stored its hash is in the chain,
 * whatever becomes of the record; a batch costs the batch, because the place up to which the chain
 * was verified is kept; a seal that does not fit or is not there refuses nothing.
 */
import { personScope } from '#domain/roles.ts';
import { fromBase64Url } from '#lib/base64.ts';
import { inScopes, type Database, type Tx } from '#server/db/database.ts';
import { findLinks, keepLinks, lockChain, moveChain, type ChainOf } from './chain.repository.ts';
import {
  confirmations,
  judgeChain,
  linkKey,
  type Bearing,
  type ChainConfirm,
  type ChainQuestion,
  type Link,
} from './judge-chain.ts';
import { keepSeals } from './sync.repository.ts';
import { deviceKey, isSigned, type WholeSeal } from './verify-seal.ts';

/** Whose chain. */
export interface Sealer {
  person: string;
  device: string;
  /** Public key, base64url; null where it never gave one. */
  key: string | null;
  ended: Bearing['ended'];
}

export interface Pushed {
  links: readonly Link[];
  /** As they came; those of other devices and those that are not signed right are passed over. */
  seals: readonly WholeSeal[];
  carried: boolean;
}

export interface Standing {
  /** Why a record waits for a person; null where it does not. */
  confirmOf(link: Link): ChainConfirm | null;
  /** The chain is verified up to here. */
  sealedTo: number;
  /** More came after the device's end than may (HAND_IN_MAX): nothing of this is to be stored. */
  over: boolean;
}

/** What an ended token may hand in at most: a year of a busy phone. */
export const HAND_IN_MAX = 500;
/** A phone sends one seal a batch; each costs a fraction of a millisecond. */
const SEALS_MAX = 8;

/** Notes the links and seals of one device, and tells what stands behind each record. */
export async function noteChain(
  database: Database,
  sealer: Sealer,
  pushed: Pushed,
): Promise<Standing> {
  const key = await deviceKey(sealer.key);
  const seals: WholeSeal[] = [];
  const own = pushed.seals.filter(({ device }) => device === sealer.device).slice(-SEALS_MAX);
  // What an ended device seals now may have been written after its end.
  for (const seal of sealer.ended ? [] : own)
    if (key && (await isSigned(key, seal))) seals.push(seal);
  const scope = personScope(sealer.person);
  const of = { scope, device: sealer.device };
  const bearing = { hasKey: key !== null, ended: sealer.ended, carried: pushed.carried };
  return inScopes(database, [scope], (tx) => note(tx, of, { ...pushed, seals }, bearing));
}

async function note(tx: Tx, of: ChainOf, pushed: Pushed, bearing: Bearing): Promise<Standing> {
  const chain = await lockChain(tx, of);
  const { links, seals } = pushed;
  const named = seals.flatMap(({ refused = [] }) => refused.flatMap(linkOf));
  const known = await findLinks(tx, of, {
    after: chain.seq,
    upTo: Math.max(0, ...seals.map(({ upTo }) => upTo)),
    seqs: [...links, ...named].map(({ seq }) => seq),
  });
  const question: ChainQuestion = { place: chain, known, given: links, named, seals };
  const judgement = judgeChain(question);
  const seqs = new Set(known.map(({ seq }) => seq));
  const unknown = named.filter(({ seq }) => !seqs.has(seq));
  const more = [...links, ...unknown];
  const fresh = new Set(more.map(({ seq }) => seq).filter((seq) => !seqs.has(seq))).size;
  const here = new Set(known.map(linkKey));
  const unseen = new Set(links.map(linkKey).filter((link) => !here.has(link))).size;
  const handedIn = bearing.ended ? unseen : 0;
  const over = chain.handedIn + handedIn > HAND_IN_MAX;
  const standing = { confirmOf: confirmations(question, judgement, bearing), over };
  if (over) return { ...standing, sealedTo: chain.seq };
  await keepLinks(tx, of, [
    ...more.map((link) => ({ ...link, sealed: false })),
    ...judgement.sealed.map((link) => ({ ...link, sealed: true })),
  ]);
  await moveChain(tx, of, { place: judgement.place, links: more, fresh, handedIn });
  if (seals.length > 0) await keepSeals(tx, of.scope, seals);
  return { ...standing, sealedTo: judgement.place.seq };
}

function linkOf({ seq, hash }: { seq: number; hash: string }): Link[] {
  const bytes = fromBase64Url(hash);
  return bytes?.length === 32 && seq > 0 ? [{ seq, hash: bytes }] : [];
}
