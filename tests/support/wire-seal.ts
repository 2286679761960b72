/** The chain and the signing key of a bare device: what a phone's ledger and WebCrypto are to the app. */
import { webcrypto } from 'node:crypto';
import { chainHead, recordHash, selfRecordHash, type RecordHeader } from '#domain/records.ts';
import { fromBase64Url, toBase64Url } from '#lib/base64.ts';
import { canonicalJson } from '#lib/canonical-json.ts';
import type { Seal } from '#protocol/sync.ts';

const { subtle } = webcrypto;
const KEY = { name: 'ECDSA', namedCurve: 'P-256' };

export interface Sealer {
  /** The public half, as joining gives it. */
  key: string;
  /** Adds records to the chain as the phone that wrote them has them. */
  add(records: readonly unknown[]): void;
  /** A seal up to the highest seq added, or `upTo`; null before the first. */
  seal(upTo?: number): Promise<Seal | null>;
  hashOf(record: unknown): string;
  /** A signature over any text, base64url. */
  sign(text: Uint8Array<ArrayBuffer>): Promise<string>;
}

/** A new key and an empty chain. */
export async function createSealer(by: { person: string; device: string }): Promise<Sealer> {
  const pair = await subtle.generateKey(KEY, false, ['sign', 'verify']);
  const raw = new Uint8Array(await subtle.exportKey('raw', pair.publicKey));
  const hashes = new Map<number, Uint8Array>();
  const sign = async (text: Uint8Array<ArrayBuffer>) => {
    const signature = await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, text);
    return toBase64Url(new Uint8Array(signature));
  };
  return {
    key: toBase64Url(raw),
    add(records) {
      for (const record of records) {
        const { seq, device = by.device } = (record ?? {}) as { seq?: number; device?: string };
        if (isOfAPhone(seq) && device === by.device) hashes.set(seq, hashOf(record, by));
      }
    },
    async seal(upTo = Math.max(0, ...hashes.keys())) {
      if (upTo === 0) return null;
      const head = toBase64Url(headOf(hashes, upTo));
      const text = new TextEncoder().encode(`${by.device} ${upTo} ${head}`);
      return { device: by.device, upTo, head, signature: await sign(text) };
    },
    sign,
    hashOf: (record) => toBase64Url(hashOf(record, by)),
  };
}

/** No phone counts further; a number that is none is no link of any chain. */
function isOfAPhone(seq: number | undefined): seq is number {
  return Number.isSafeInteger(seq) && Number(seq) > 0 && Number(seq) < 1_000_000;
}

/** What a device vouches for that wrote nothing under the numbers that a test left out. */
function headOf(hashes: ReadonlyMap<number, Uint8Array>, upTo: number): Uint8Array {
  let head: Uint8Array | null = null;
  for (let seq = 1; seq <= upTo; seq += 1)
    head = chainHead(head, hashes.get(seq) ?? new Uint8Array(32));
  return head ?? new Uint8Array(32);
}

function hashOf(record: unknown, { person, device }: { person: string; device: string }) {
  const raw = record as Partial<RecordHeader> & { salt?: string; body?: unknown };
  const { salt = '', body } = raw;
  const header = { subject: null, author: person, offset: null, offsetAge: null, ...raw, device };
  return raw.kind === 'self'
    ? selfRecordHash(header as RecordHeader, salt, String(body))
    : recordHash(header as RecordHeader, salt, canonicalJson(body ?? null));
}

/** The bytes of a hash, as the database has them. */
export function hashBytes(hash: string): Buffer {
  return Buffer.from(fromBase64Url(hash) ?? []);
}
