/**
 * The pushing half of a request. Promise: what is composed fits 48 KiB compressed, unless a single
 * record is all there is; records keep the order of their seq.
 */
import type { LedgerSync, UnsentBatch, ViewCursor } from '#data/ledger/ledger-sync.ts';
import { standing } from '#protocol/brief.ts';
import type { SyncRequest } from '#protocol/sync.ts';
import { PROTOCOL_VERSION } from '#protocol/version.ts';
import { PACKET_MAX_BYTES, type Pace } from './batch-size.ts';
import type { Signer } from './new-key.ts';
import { packSmall, type Packet } from './pack.ts';
import { sealBatch } from './seal.ts';

/** Fewer records compress a little worse: the second try is meant to fit. */
const MARGIN = 0.97;

export interface Outgoing {
  packet: Packet;
  /** How many records it carries, and the seq of the last; 0 when none. */
  records: number;
  upTo: number;
  /** It carries as many as the pace or the packet allowed. */
  full: boolean;
}

/** Puts a request together from the cursors and what the outbox holds above the seq `after`. */
export async function composeRequest(
  deps: { sync: LedgerSync; subtle: SubtleCrypto | undefined },
  signer: Signer,
  cursors: ViewCursor[],
  pace: Pace,
  after: number,
): Promise<Outgoing> {
  const { person } = signer;
  // A fresh store asks for its own rows back: what it pushed at once would come back with them.
  const limit = person.fresh ? 0 : pace.batch.now;
  let count = limit;
  for (;;) {
    const batch = await deps.sync.listUnsent(person, count, after);
    const packet = await packSmall(await requestOf(deps.subtle, signer, cursors, pace, batch));
    const records = batch.records.length;
    const over = packet.bytes.length / PACKET_MAX_BYTES;
    if (over <= 1 || records <= 1)
      return { packet, records, upTo: batch.upTo, full: records > 0 && records >= limit };
    count = Math.min(records - 1, Math.max(1, Math.floor((records / over) * MARGIN)));
  }
}

async function requestOf(
  subtle: SubtleCrypto | undefined,
  { person, key }: Signer,
  cursors: ViewCursor[],
  pace: Pace,
  batch: UnsentBatch,
): Promise<SyncRequest> {
  const seals = await sealBatch(subtle, person, batch);
  return {
    v: PROTOCOL_VERSION,
    ...standing(person, cursors, pace.want.now),
    ...(person.fresh ? { own: true } : {}),
    ...(batch.records.length > 0 ? { records: batch.records } : {}),
    ...(seals.length > 0 ? { seals } : {}),
    ...(key ? { key } : {}),
  };
}
