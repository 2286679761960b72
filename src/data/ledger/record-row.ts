/** The stored form of a record, and its way from and to the wire and the screens. */
import { fromBase64Url, toBase64Url } from '#lib/base64.ts';
import { canonicalJson } from '#lib/canonical-json.ts';
import { SELF_KIND } from '#domain/kinds.ts';
import {
  erasedRecordHash,
  recordHash,
  selfRecordHash,
  type RecordHeader,
} from '#domain/records.ts';
import { personScope } from '#domain/roles.ts';
import type { View } from '#domain/audience.ts';
import type { WireRecord, WireRow } from '#protocol/record.ts';
import type { LedgerRecord, RecordState } from './ledger.ts';
import type { Person } from './person.ts';

/** What a self record holds inside its ciphertext. */
export interface Inner {
  kind: string;
  v: number;
  day: string;
  at: number;
  offset: number | null;
  offsetAge: number | null;
  body: unknown;
}

/** versions/v1.ts and v2.ts say what each field is. */
export interface RecordRow extends RecordHeader {
  owner: string;
  hash: string;
  salt: string;
  text: string;
  inner: Inner | null;
  erased?: string;
  topic: string;
  state: RecordState;
  outbox?: string;
  n: number | null;
  tag: string | null;
  head: string | null;
  views: View[];
  confirm: string | null;
  reason: string | null;
}

export type RowKey = [owner: string, id: string, hash: string];

/** The key of a row in the table `records`. */
export function keyOf(row: RecordRow): RowKey {
  return [row.owner, row.id, row.hash];
}

/** Hash of a record as stored, base64url. */
export function hashOf(header: RecordHeader, salt: string, text: string): string {
  const hash = header.kind === SELF_KIND ? selfRecordHash : recordHash;
  return toBase64Url(hash(header, salt, text));
}

/** Hash of an erased record, base64url: the one that it always had. */
export function erasedHashOf(header: RecordHeader, erased: string): string {
  return toBase64Url(erasedRecordHash(header, fromBase64Url(erased) ?? new Uint8Array(0)));
}

/** What stands in an erased row where its content was (versions/v2.ts). */
export function erasedForm(header: RecordHeader, erased: string) {
  const { v, day, at, offset, offsetAge } = header;
  const inner: Inner = { kind: 'erased', v, day, at, offset, offsetAge, body: null };
  return { erased, salt: '', text: '{}', inner, topic: inner.kind };
}

/** The header of a self record as it is stored: what the wire does not show is left blank. */
export function selfHeader(
  owner: string,
  known: Pick<RecordHeader, 'id' | 'device' | 'seq'>,
): RecordHeader {
  return {
    id: known.id,
    kind: SELF_KIND,
    v: 1,
    scope: personScope(owner),
    subject: null,
    author: owner,
    device: known.device,
    seq: known.seq,
    day: '',
    at: 0,
    offset: null,
    offsetAge: null,
  };
}

/** A row that came from the server; `inner` where this phone could open it. */
export function fromWire(
  wire: WireRow,
  person: Person,
  view: View,
  inner: Inner | null,
): RecordRow {
  const device = wire.device ?? person.device;
  const header = headerOf(wire, person, device);
  return {
    ...header,
    owner: person.person,
    ...contentOf(wire, header, inner),
    state: device === person.device ? 'sent' : 'received',
    n: wire.n,
    tag: null,
    head: null,
    views: [view],
    confirm: wire.confirm ?? null,
    reason: null,
  };
}

function contentOf(wire: WireRow, header: RecordHeader, inner: Inner | null) {
  if ('erased' in wire)
    return { hash: erasedHashOf(header, wire.erased), ...erasedForm(header, wire.erased) };
  const { salt, body } = wire;
  const text = typeof body === 'string' ? body : canonicalJson(body);
  return { hash: hashOf(header, salt, text), salt, text, inner, topic: inner?.kind ?? wire.kind };
}

function headerOf(wire: WireRow, person: Person, device: string): RecordHeader {
  if (!isPlain(wire)) {
    const { id, scope, seq } = wire;
    return { ...selfHeader(person.person, { id, device, seq }), scope };
  }
  return {
    id: wire.id,
    kind: wire.kind,
    v: wire.v,
    scope: wire.scope,
    subject: wire.subject ?? null,
    author: wire.author ?? person.person,
    device,
    seq: wire.seq,
    day: wire.day,
    at: wire.at,
    offset: wire.offset ?? null,
    offsetAge: wire.offsetAge ?? null,
  };
}

function isPlain(wire: WireRow): wire is Exclude<WireRow, { body: string }> {
  return !('body' in wire) || typeof wire.body !== 'string';
}

/** An own row as it is sent: author and device are the sender's, so they are left out. */
export function toWire(row: RecordRow): WireRecord {
  const { id, scope, seq, salt } = row;
  if (row.kind === SELF_KIND) return { id, kind: SELF_KIND, scope, seq, salt, body: row.text };
  return {
    id,
    kind: row.kind,
    v: row.v,
    scope,
    ...(row.subject === null ? {} : { subject: row.subject }),
    seq,
    day: row.day,
    at: row.at,
    ...(row.offset === null ? {} : { offset: row.offset }),
    ...(row.offsetAge === null ? {} : { offsetAge: row.offsetAge }),
    ...(row.erased === undefined
      ? { salt, body: JSON.parse(row.text) as Record<string, unknown> }
      : { erased: row.erased }),
  };
}

/** A row as screens and folds see it; an erased one is of kind `erased` and has no body. */
export function toRecord(row: RecordRow): LedgerRecord {
  const { id, hash, scope, subject, author, device, seq, n, state, reason, confirm } = row;
  const { kind, day, at, offset, offsetAge } = row.inner ?? row;
  const body = row.inner ? row.inner.body : bodyOf(row);
  const header = { id, hash, kind, scope, subject, author, device, seq, n, day, at };
  return { ...header, offset, offsetAge, body, state, reason, confirm };
}

/** Null for a self record that this phone has no key for. */
function bodyOf(row: RecordRow): unknown {
  return row.kind === SELF_KIND ? null : (JSON.parse(row.text) as unknown);
}
