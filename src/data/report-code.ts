/**
 * The code by which the current person reports to a second branch, signed on this phone. Promise: null
 * where this phone has no key or can't use it; nothing is kept and nothing is sent.
 */
import { reportText, type Report } from '#domain/report-code.ts';
import { toBase32 } from '#lib/base32.ts';
import { toBase64Url } from '#lib/base64.ts';
import type { Random } from '#lib/random.ts';
import type { Person } from './ledger/person.ts';

/** 80 bits: no two codes of a person are one by chance. */
const NONCE_BYTES = 10;

/** A new code of this day (YYYY-MM-DD). */
export async function signReport(
  { crypto, random }: { crypto: { readonly subtle?: SubtleCrypto }; random: Random },
  { person, device, names, signing }: Pick<Person, 'person' | 'device' | 'names' | 'signing'>,
  signed: string,
): Promise<Report | null> {
  const nonce = toBase32(random.bytes(NONCE_BYTES));
  const said = { person, device, nonce, signed, names };
  if (!crypto.subtle || !signing) return null;
  try {
    const parameters = { name: 'ECDSA', hash: 'SHA-256' };
    const bytes = await crypto.subtle.sign(parameters, signing.privateKey, reportText(said));
    return { ...said, signature: toBase64Url(new Uint8Array(bytes)) };
  } catch {
    return null; // the page says so; saving never depends on a key either
  }
}
