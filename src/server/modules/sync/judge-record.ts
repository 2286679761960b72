/** One record of a push, judged alone: what it is worth does not depend on its neighbours. */
import { utf8ToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { isSelfKind, kindRule, SELF_KIND } from '#domain/kinds.ts';
import { refusal } from '#domain/permissions.ts';
import type { RefusalReason } from '#domain/refusal-reasons.ts';
import {
  BODY_MAX_BYTES,
  erasedRecordHash,
  recordHash,
  selfRecordHash,
  type RecordHeader,
} from '#domain/records.ts';
import { personScope, type Grant } from '#domain/roles.ts';
import { fromBase64Url } from '#lib/base64.ts';
import { canonicalJson } from '#lib/canonical-json.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { erasedRecordSchema, plainRecordSchema, selfRecordSchema } from '#protocol/record.ts';
import type { ErasedRecord, PlainRecord, SelfRecord } from '#protocol/record.ts';
import type { NewRecord } from '#server/db/append-records.ts';

/** Whose record it is to be. */
export interface Pusher {
  person: string;
  device: string;
  grants: readonly Grant[];
}

/** Why a record is not stored; `reason` is a short code that locales/ explains (`disk-low`: of the whole server, not of the record). */
export interface Judgement {
  code: 'invalid' | 'forbidden' | 'later';
  reason?: RefusalReason | 'disk-low';
}

/** A record that has the right form and is the sender's own; who may write it is still to be asked. */
export type Parsed = PlainRecord | SelfRecord | ErasedRecord;

/** Form, size, kind, and that author and device are the sender's. */
export function parseRecord(raw: unknown, pusher: Pusher): Result<Parsed, Judgement> {
  const parsed = v.safeParse(schemaOf(raw), raw);
  if (!parsed.success || !safeNumbers(parsed.output)) return invalid('malformed');
  const record = parsed.output;
  if (record.device !== undefined && record.device !== pusher.device) return forbidden('device');
  if (record.kind === SELF_KIND) return ok(record);
  const plain = record as PlainRecord | ErasedRecord;
  if (plain.author !== undefined && plain.author !== pusher.person) return forbidden('author');
  // Study in the clear would let anybody with the database count days; it is never taken.
  if (isSelfKind(plain.kind)) return invalid('not-encrypted');
  const rule = kindRule(plain.kind);
  if (!rule) return invalid('unknown-kind');
  // From a phone that is newer than this server: it keeps the record until the server knows it.
  if (plain.v > rule.version) return fail({ code: 'later' });
  return ok(plain);
}

function schemaOf(raw: unknown) {
  const { kind, erased } = (raw ?? {}) as { kind?: unknown; erased?: unknown };
  if (kind === SELF_KIND) return selfRecordSchema;
  return erased === undefined ? plainRecordSchema : erasedRecordSchema;
}

/** Whether the sender may write it; `parents` are those of the record's scope, nearest first. */
export function authorise(
  record: Parsed,
  pusher: Pusher,
  parents: readonly string[],
): Judgement | null {
  if (record.kind === SELF_KIND)
    return record.scope === personScope(pusher.person)
      ? null
      : { code: 'forbidden', reason: 'scope' };
  const { kind, scope, subject = null } = record as PlainRecord | ErasedRecord;
  const content = 'erased' in record ? { body: null, erased: true } : { body: record.body };
  const reason = refusal({ kind, scope, subject, ...content }, { ...pusher, parents });
  if (!reason) return null;
  const code = reason === 'unknown-kind' || reason === 'body' ? 'invalid' : 'forbidden';
  return { code, reason };
}

/** The record as it is stored; `received`: server time, ms. Fails where its body is too long. */
export function toStored(
  record: Parsed,
  pusher: Pusher,
  received: number,
): Result<NewRecord, Judgement> {
  return record.kind === SELF_KIND
    ? ok(storedSelf(record as SelfRecord, pusher))
    : storedPlain(record as PlainRecord | ErasedRecord, pusher, received);
}

function storedPlain(record: PlainRecord | ErasedRecord, pusher: Pusher, received: number) {
  const { kind, v: version, seq, day, at, subject = null } = record;
  const { person: author, device } = pusher;
  const header = {
    ...{ id: record.id, kind, v: version, scope: record.scope, subject, author, device },
    ...{ seq, day, at, offset: record.offset ?? null, offsetAge: record.offsetAge ?? null },
  };
  const content = contentOf(record, header);
  if (!content) return invalid('size');
  const { offset: offset_ms, offsetAge: offset_age, scope: _scope, ...rest } = header;
  const audience = kindRule(kind)?.audience ?? 'desk';
  return ok<NewRecord>({
    ...{ ...rest, offset_ms, offset_age, ...content },
    ...{ audience, confirm: null, received },
  });
}

/** What was said and its hash; null where it is too long. */
function contentOf(record: PlainRecord | ErasedRecord, header: RecordHeader) {
  if ('erased' in record) {
    const inner = fromBase64Url(record.erased) ?? new Uint8Array(0);
    return { salt: record.erased, body: null, hash: erasedRecordHash(header, inner) };
  }
  const { salt } = record;
  const body = textOf(record.body);
  if (body === null || utf8ToBytes(body).length > BODY_MAX_BYTES) return null;
  return { salt, body, hash: recordHash(header, salt, body) };
}

/** Null where it is nested deeper than any phone writes, and deeper than the stack goes. */
function textOf(body: unknown): string | null {
  try {
    return canonicalJson(body);
  } catch {
    return null;
  }
}

/** Nothing here tells when it was made or received. */
function storedSelf({ id, scope, seq, salt, body }: SelfRecord, { device }: Pusher): NewRecord {
  return {
    ...{ id, kind: SELF_KIND, device, seq, salt, body, audience: 'self', confirm: null },
    ...{ v: null, subject: null, author: null, day: null, at: null },
    ...{ offset_ms: null, offset_age: null, received: null },
    hash: selfRecordHash({ id, scope, device, seq }, salt, body),
  };
}

/** A number that int8 can't hold would fail the whole batch again and again. */
function safeNumbers(record: Parsed): boolean {
  const { seq, at = 0, offset = 0, offsetAge = 0, v: version = 1 } = record as Partial<PlainRecord>;
  return [seq, at, offset, offsetAge, version].every(Number.isSafeInteger);
}

function invalid(reason: RefusalReason) {
  return fail<Judgement>({ code: 'invalid', reason });
}

function forbidden(reason: RefusalReason) {
  return fail<Judgement>({ code: 'forbidden', reason });
}
