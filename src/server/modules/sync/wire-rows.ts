/** Stored rows as phones read them. */
import { toBase64Url } from '#lib/base64.ts';
import { SELF_KIND } from '#domain/kinds.ts';
import type { WireRow } from '#protocol/record.ts';
import type { PageRow } from './sync.repository.ts';

/** About what a row's header takes as JSON, in bytes. */
const PLAIN_HEADER_BYTES = 380;
const SELF_HEADER_BYTES = 210;

/** About how many bytes the row takes in an answer. */
export function rowBytes(row: PageRow): number {
  const header = row.kind === SELF_KIND ? SELF_HEADER_BYTES : PLAIN_HEADER_BYTES;
  return header + Buffer.byteLength(row.body ?? '');
}

/** The row on the wire; what is null in the table is left out. */
export function toWireRow(row: PageRow): WireRow {
  const { id, scope, device, seq, n } = row;
  const salt = row.salt ?? '';
  const confirm = row.confirm === null ? {} : { confirm: row.confirm };
  if (row.kind === SELF_KIND)
    return { id, kind: SELF_KIND, scope, device, seq, salt, body: row.body ?? '', n, ...confirm };
  const header = {
    ...{ id, kind: row.kind, v: row.v ?? 1, scope },
    ...(row.subject !== null && { subject: row.subject }),
    ...(row.author !== null && { author: row.author }),
    ...{ device, seq, day: row.day ?? '', at: row.at ?? 0 },
    ...(row.offset_ms !== null && { offset: row.offset_ms }),
    ...(row.offset_age !== null && { offsetAge: row.offset_age }),
  };
  if (row.erased !== null) return { ...header, erased: toBase64Url(row.erased), n, ...confirm };
  const body = JSON.parse(row.body ?? '{}') as Record<string, unknown>;
  return { ...header, salt, body, n, ...confirm };
}
