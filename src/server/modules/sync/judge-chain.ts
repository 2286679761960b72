/**
 * What a device's seals stand for, as a pure function over its chain.
 *
 * A seal that is signed stands for every record up to its seq where the hashes that are known lead
 * to its head (`sealed`). Where one of them is missing (`hole`: records that are lost, or that a
 * server that went back does not have yet), its signature is believed, and nothing is marked sealed.
 * Where they lead elsewhere, it says nothing.
 */
import { bytesToHex } from '@noble/hashes/utils.js';
import { chainHead } from '#domain/records.ts';
import { toBase64Url } from '#lib/base64.ts';

export interface Link {
  seq: number;
  hash: Uint8Array;
}

export interface KnownLink extends Link {
  sealed: boolean;
}

/** Verified up to `seq`; an empty head before the first. */
export interface ChainPlace {
  seq: number;
  head: Uint8Array;
}

export interface ChainQuestion {
  place: ChainPlace;
  /** What is stored of the chain: above `place` all, below it at least the seqs of `given`. */
  known: readonly KnownLink[];
  /** The records at hand. */
  given: readonly Link[];
  /** Refused records as their device names them; they count where nothing else is known. */
  named: readonly Link[];
  /** Those whose signature is right. */
  seals: readonly { upTo: number; head: string }[];
}

export interface ChainJudgement {
  place: ChainPlace;
  /** What the seals cover beyond what they did before. */
  sealed: Link[];
  /** The highest seq that a signed seal speaks of whose head could not be computed; 0: none. */
  believedTo: number;
}

/** Follows the chain from its verified place through the seals. */
export function judgeChain({ place, known, given, named, seals }: ChainQuestion): ChainJudgement {
  const hashes = new Map<number, Uint8Array>();
  for (const link of [...named, ...known, ...given]) hashes.set(link.seq, link.hash);
  const judgement: ChainJudgement = { place, sealed: [], believedTo: 0 };
  for (const { upTo, head } of [...seals].sort((a, b) => a.upTo - b.upTo)) {
    const path = pathTo(upTo, judgement.place, hashes);
    if (!path) judgement.believedTo = Math.max(judgement.believedTo, upTo);
    else if (path.links.length > 0 && toBase64Url(path.head) === head) {
      judgement.place = { seq: upTo, head: path.head };
      judgement.sealed.push(...path.links);
    }
  }
  return judgement;
}

function pathTo(upTo: number, from: ChainPlace, hashes: ReadonlyMap<number, Uint8Array>) {
  let { head } = from;
  const links: Link[] = [];
  for (let seq = from.seq + 1; seq <= upTo; seq += 1) {
    const hash = hashes.get(seq);
    if (!hash) return null;
    head = chainHead(head, hash);
    links.push({ seq, hash });
  }
  return { head, links };
}

/** Why a record of another kind than self waits for a person. */
export type ChainConfirm = 'unsealed' | 'fork' | 'after-revocation' | 'carried';

/** How the device stands that wrote the records, and how they came. */
export interface Bearing {
  hasKey: boolean;
  /** Its token is over; `renewed`: it went on under another id after a fork. */
  ended: 'revoked' | 'renewed' | null;
  /** Another device brought them. */
  carried: boolean;
}

/**
 * Tells for each given record why it waits, or null. A device that never gave a key cannot seal: its
 * own token is all that vouches, which is enough for what it brings itself (ADR 10).
 */
export function confirmations(
  { known, given }: Pick<ChainQuestion, 'known' | 'given'>,
  judgement: ChainJudgement,
  { hasKey, ended, carried }: Bearing,
): (link: Link) => ChainConfirm | null {
  const sealedBefore = new Set(known.filter(({ sealed }) => sealed).map(linkKey));
  const sealed = new Set(judgement.sealed.map(linkKey));
  const forkFrom = firstFork(known, given, (link) => sealed.has(linkKey(link)));
  const here = new Set(known.map(linkKey));
  return (link) => {
    if (sealedBefore.has(linkKey(link))) return null;
    if (ended) return ended === 'renewed' ? 'fork' : 'after-revocation';
    if (sealed.has(linkKey(link))) return null;
    // Behind the first record of the other side everything is of the other side.
    if (link.seq >= forkFrom && !here.has(linkKey(link))) return 'fork';
    if (carried) return 'carried';
    return hasKey && link.seq > judgement.believedTo ? 'unsealed' : null;
  };
}

function firstFork(
  known: readonly Link[],
  given: readonly Link[],
  isSealed: (link: Link) => boolean,
): number {
  const hashes = new Map<number, string>();
  for (const link of known) hashes.set(link.seq, linkKey(link));
  let first = Infinity;
  for (const link of given) {
    const before = hashes.get(link.seq);
    if (before === undefined) hashes.set(link.seq, linkKey(link));
    else if (before !== linkKey(link) && !isSealed(link)) first = Math.min(first, link.seq);
  }
  return first;
}

/** A link as one text. */
export function linkKey({ seq, hash }: Link): string {
  return `${seq} ${bytesToHex(hash)}`;
}
