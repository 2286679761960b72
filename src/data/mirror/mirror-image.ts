/**
 * What the mirror holds of a person and of a record, and the way back. Promises: a self record is
 * here as ciphertext only; an erased one without what it said; a record whose hash does not fit its
 * content is never restored.
 */
import * as v from 'valibot';
import { fromBase64Url, toBase64Url } from '#lib/base64.ts';
import { SELF_KIND } from '#domain/kinds.ts';
import type { Link } from '#data/ledger/chain.ts';
import { keysOf, openWithAny } from '#data/ledger/keyring.ts';
import type { Person } from '#data/ledger/person.ts';
import { erasedForm, erasedHashOf, hashOf, type RecordRow } from '#data/ledger/record-row.ts';
import type { SelfCipher } from '#data/ledger/self-cipher.ts';
import { grantSchema } from '#protocol/sync.ts';

const names = v.object({ hans: v.optional(v.string()), hant: v.optional(v.string()) });
const nullable = <T extends v.GenericSchema>(schema: T) => v.nullable(schema);

/** `key`, `older`: base64url. `seq`, `head`: where the device's chain had come to. */
export const mirroredPersonSchema = v.object({
  person: v.string(),
  device: v.string(),
  token: v.string(),
  key: v.string(),
  older: v.optional(v.array(v.string())),
  names,
  place: names,
  grants: v.array(grantSchema),
  county: v.object({ id: v.string(), names, demo: v.boolean() }),
  epoch: v.string(),
  offset: nullable(v.object({ ms: v.number(), measuredAt: v.number() })),
  joinedAt: v.number(),
  seq: v.number(),
  head: nullable(v.string()),
  curtain: v.optional(v.string()),
});
export type MirroredPerson = v.InferOutput<typeof mirroredPersonSchema>;

/** The mirror's first key. `left`: unsent records that found no room in it. */
export const headSchema = v.object({
  v: v.literal(1),
  current: nullable(v.string()),
  /** Each is checked alone, so that a bad one costs only itself. */
  people: v.array(v.unknown()),
  left: v.number(),
});

const recordEntries = {
  id: v.string(),
  hash: v.string(),
  kind: v.string(),
  v: v.number(),
  scope: v.string(),
  subject: nullable(v.string()),
  author: v.string(),
  device: v.string(),
  seq: v.number(),
  day: v.string(),
  at: v.number(),
  offset: nullable(v.number()),
  offsetAge: nullable(v.number()),
  salt: v.string(),
  text: v.string(),
  erased: v.optional(v.string()),
  head: nullable(v.string()),
};
/** A record without a receipt, whole. */
export const mirroredRecordSchema = v.object(recordEntries);
export type MirroredRecord = v.InferOutput<typeof mirroredRecordSchema>;

/** How a person is mirrored; the signing key cannot leave the browser's store. */
export function mirrorPerson(person: Person, { seq, head }: Link): MirroredPerson {
  const { signing: _signing, fresh: _fresh, key, older, ...rest } = person;
  return {
    ...rest,
    key: toBase64Url(key),
    ...(older && { older: older.map(toBase64Url) }),
    seq,
    head,
  };
}

/** The person again; everything of theirs is asked for from the start. */
export function personFrom(mirrored: MirroredPerson): Person | null {
  const { seq: _seq, head: _head, key, older, ...rest } = mirrored;
  const [raw, ...before] = [key, ...(older ?? [])].map(fromBase64Url);
  if (!raw) return null;
  const kept = before.flatMap((each) => (each ? [new Uint8Array(each)] : []));
  const keys = { key: new Uint8Array(raw), ...(kept.length > 0 && { older: kept }) };
  return { ...rest, ...keys, signing: null, fresh: true };
}

/** How a record is mirrored. */
export function mirrorRecord(row: RecordRow): MirroredRecord {
  const picked = Object.keys(recordEntries).map((name) => [name, row[name as keyof RecordRow]]);
  return Object.fromEntries(picked.filter(([, value]) => value !== undefined)) as MirroredRecord;
}

/** The row again, unsent; null where its content is not what was hashed. */
export async function rowFrom(
  mirrored: MirroredRecord,
  person: Person,
  cipher: SelfCipher,
): Promise<RecordRow | null> {
  const { hash, salt, text, erased, head, ...header } = mirrored;
  const found = erased === undefined ? hashOf(header, salt, text) : erasedHashOf(header, erased);
  if (found !== hash) return null;
  const isSelf = header.kind === SELF_KIND;
  const inner = isSelf ? await openWithAny(cipher, keysOf(person), header, text) : null;
  return {
    ...header,
    ...{ owner: person.person, hash, salt, text, inner, head },
    topic: inner?.kind ?? header.kind,
    ...(erased === undefined ? {} : erasedForm(header, erased)),
    state: 'saved',
    outbox: header.device,
    ...{ n: null, tag: null, views: [], confirm: null, reason: null },
  };
}
