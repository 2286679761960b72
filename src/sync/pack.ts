import { utf8ToBytes } from '@noble/hashes/utils.js';
import { COMPACT_TYPE, toCompact } from '#protocol/compact.ts';

/** A body ready to be sent. */
export interface Packet {
  bytes: Uint8Array<ArrayBuffer>;
  gzip: boolean;
  /** Content type. */
  type: string;
}

/** Smaller bodies fit one network packet as they are; gzip would only cost time. */
export const PLAIN_MAX_BYTES = 1_400;

/** JSON as it goes on the wire, gzip'ed where that saves a packet. */
export async function pack(value: unknown): Promise<Packet> {
  const bytes = utf8ToBytes(JSON.stringify(value)) as Uint8Array<ArrayBuffer>;
  return zipped(bytes, 'application/json');
}

/** The small form of the same JSON (protocol/compact.ts), gzip'ed likewise. */
export function packSmall(value: unknown): Promise<Packet> {
  return zipped(toCompact(value), COMPACT_TYPE);
}

async function zipped(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<Packet> {
  if (bytes.length <= PLAIN_MAX_BYTES) return { bytes, gzip: false, type };
  return { bytes: await gzip(bytes), gzip: true, type };
}

/** CompressionStream is in Chrome 80 and Safari 16.4; older ones fetch fflate once. */
async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (typeof CompressionStream === 'undefined') {
    const { gzipSync } = await import('fflate');
    return new Uint8Array(gzipSync(bytes));
  }
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
