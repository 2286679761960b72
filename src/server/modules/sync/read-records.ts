/** A push taken apart: whose records it holds, which have the right form, and their links in the chain. */
import type { NewRecord } from '#server/db/append-records.ts';
import { parseRecord, toStored, type Judgement, type Parsed } from './judge-record.ts';
import type { Link } from './judge-chain.ts';
import { linkOfRaw } from './record-hash.ts';
import type { Source } from './sources.ts';

/** A record of the right form at its place in the request. */
export interface Given {
  place: number;
  parsed: Parsed;
  record: NewRecord;
  source: Source;
}

/** A record that is not stored. */
export interface Refused {
  place: number;
  raw: unknown;
  judgement: Judgement;
  source: Source;
}

export interface Read {
  given: Given[];
  refused: Refused[];
  /** Of every record whose hash can be computed, the refused ones too. */
  links: Link[];
}

/** Reads the records of one source; `received`: server time, ms. */
export function readRecords(
  raws: readonly { place: number; raw: unknown }[],
  source: Source,
  received: number,
): Read {
  const read: Read = { given: [], refused: [], links: [] };
  for (const { place, raw } of raws) {
    const parsed = parseRecord(raw, source);
    const stored = parsed.ok ? toStored(parsed.value, source, received) : parsed;
    if (parsed.ok && stored.ok) {
      const record = stored.value;
      read.given.push({ place, parsed: parsed.value, record, source });
      read.links.push({ seq: record.seq, hash: record.hash });
      continue;
    }
    if (!stored.ok) read.refused.push({ place, raw, judgement: stored.error, source });
    const link = linkOfRaw(raw, source);
    if (link) read.links.push(link);
  }
  return read;
}
