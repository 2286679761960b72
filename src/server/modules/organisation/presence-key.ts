import { toBase64Url } from '#lib/base64.ts';
import type { ServerDraft } from '#server/db/server-records.ts';
import type { Deps } from './stored-record.ts';

/** 256 bits: hall codes are derived from it. */
const PRESENCE_KEY_BYTES = 32;

/** A branch's next key. */
export function newPresenceKey({ random }: Pick<Deps, 'random'>): ServerDraft {
  return { kind: 'presence-key', body: { key: toBase64Url(random.bytes(PRESENCE_KEY_BYTES)) } };
}
