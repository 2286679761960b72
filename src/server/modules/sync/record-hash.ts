import { SELF_KIND } from '#domain/kinds.ts';
import { recordHash, selfRecordHash, type RecordHeader } from '#domain/records.ts';
import { canonicalJson } from '#lib/canonical-json.ts';
import type { Link } from './judge-chain.ts';

/**
 * The link of a record that is refused, computed as its device did, whatever is wrong with it: so
 * that it stays in the chain and its neighbours stay sealed. Null where its seq cannot be read.
 */
export function linkOfRaw(raw: unknown, by: { person: string; device: string }): Link | null {
  if (typeof raw !== 'object' || raw === null) return null;
  const { id, kind, scope, seq, salt, body, device, ...rest } = raw as Record<string, unknown>;
  if (device !== undefined && device !== by.device) return null;
  if (!Number.isSafeInteger(seq) || (seq as number) < 1 || typeof salt !== 'string') return null;
  const own = { id, scope, seq, device: by.device } as RecordHeader;
  try {
    const hash =
      kind === SELF_KIND
        ? selfRecordHash(own, salt, String(body))
        : recordHash(headerOf({ kind, ...rest }, own, by.person), salt, canonicalJson(body));
    return { seq: seq as number, hash };
  } catch {
    return null; // nested deeper than any phone writes
  }
}

function headerOf(raw: Record<string, unknown>, own: RecordHeader, person: string): RecordHeader {
  const { kind, v, subject = null, author = person, day, at, offset = null } = raw;
  const { offsetAge = null } = raw;
  return { ...own, ...({ kind, v, subject, author, day, at, offset, offsetAge } as object) };
}
