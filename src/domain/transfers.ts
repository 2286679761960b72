/**
 * 转出, 接收: a person leaves one branch and another takes them over by a code, which the old branch's
 * paper or the person's own phone shows (ADR 14). Both branches write with no network, in any order;
 * the server brings the two together. Neither reads a row of the other.
 */
import * as v from 'valibot';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase64Url, toBase64Url } from '#lib/base64.ts';
import { canonicalJson } from '#lib/canonical-json.ts';
import { names, uuid } from './bodies/shared.ts';
import type { TakenOverBody, TransferBody } from './bodies/transfer.ts';
import { inOrder, readable, type Foldable } from './fold.ts';
import { waits } from './waits.ts';

/** Somebody who is on the way: what the record says that let them go. */
export type Leaving = Omit<Extract<TransferBody, { way: 'out' }>, 'way'>;

/**
 * How `person` leaves the branch of these records; null where they do not, or were taken back. By a code
 * that was `used` nobody is taken back any more.
 */
export function foldLeaving(
  person: string,
  records: readonly Foldable<unknown>[],
  used?: string,
): Leaving | null {
  let leaving: Leaving | null = null;
  for (const record of inOrder(readable(records))) {
    if (record.kind !== 'transfer' || record.subject !== person || waits(record)) continue;
    const body = record.body as TransferBody;
    if (body.way === 'stay' && body.code === used) continue;
    // Whoever came back by another branch's code is on the way no more.
    leaving = body.way === 'out' ? body : null;
  }
  return leaving;
}

/** The kind by which the server tells that somebody arrived. */
export const TAKEN_OVER_KIND = 'taken-over';

/** Somebody who arrived in another branch; `to` only where the desk that let them go had named it. */
export interface Arrived {
  day: string;
  to: string | null;
}

/** Who of those that left the branch of these records was taken over by another. */
export function foldArrived(records: readonly Foldable<unknown>[]): Map<string, Arrived> {
  const arrived = new Map<string, Arrived>();
  for (const { kind, subject, body } of inOrder(readable(records))) {
    if (kind !== TAKEN_OVER_KIND || !subject) continue;
    const { day, code } = body as TakenOverBody;
    const leaving = foldLeaving(subject, records, code);
    // Whoever came back since by another branch's code, or left again another way, is not there by that code.
    if (leaving?.code === code) arrived.set(subject, { day, to: leaving.to ?? null });
  }
  return arrived;
}

/** The code that is still to be used among a person's own rows of every branch; null where there is none. */
export function openCode(
  person: string,
  records: readonly (Foldable<unknown> & { scope: string })[],
): string | null {
  const own = readable(records).filter((row) => row.kind === 'transfer' && row.subject === person);
  const bodies = own.map(({ body }) => body as TransferBody);
  const used = bodies.filter(({ way }) => way === 'in').map(({ code }) => code);
  const codes = [...new Set(own.map(({ scope }) => scope))].map(
    (scope) =>
      foldLeaving(
        person,
        own.filter((row) => row.scope === scope),
      )?.code,
  );
  return codes.find((code) => code !== undefined && !used.includes(code)) ?? null;
}

const offerSchema = v.strictObject({
  person: uuid,
  code: v.pipe(v.string(), v.regex(/^[0-9A-HJKMNP-TV-Z]{16}$/)),
  names,
});
/** What the code tells the other branch's desk. */
export type Offer = v.InferOutput<typeof offerSchema>;

/** The page of the desk that takes somebody over; what the code says stands in its fragment, which no browser sends. */
export const ACCEPT_PATH = '/desk/accept';

/** The link that a code or a message carries. */
export function offerLink(origin: string, offer: Offer): string {
  return `${origin}${ACCEPT_PATH}#${toBase64Url(utf8ToBytes(canonicalJson(offer)))}`;
}

/** What a pasted or scanned text offers: the whole link or its fragment; null where it is neither. */
export function readOffer(text: string): Offer | null {
  const bytes = fromBase64Url(text.trim().replace(/^[^#]*#/, ''));
  try {
    // Not by lib/utf8.ts: it belongs to the sync's file, which nothing of the first screen may need.
    const json = decodeURIComponent(bytesToHex(bytes ?? new Uint8Array(0)).replace(/../g, '%$&'));
    const parsed = v.safeParse(offerSchema, JSON.parse(json));
    return parsed.success ? parsed.output : null;
  } catch {
    return null; // no UTF-8 or no JSON: a text of somebody else's
  }
}
