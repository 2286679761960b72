/**
 * The code by which somebody reports to a second branch (ADR 16): their phone shows it, signed by its
 * device's key, and the other branch's secretary writes what it says into a record. Both may be without
 * a network; the server checks the signature. What is signed begins with a word of its own, so that no
 * seal of a chain ever passes for a code.
 */
import * as v from 'valibot';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase64Url, toBase64Url } from '#lib/base64.ts';
import { canonicalJson } from '#lib/canonical-json.ts';
import { names, uuid, type Names } from './bodies/shared.ts';
import { reported } from './bodies/second.ts';

const reportSchema = v.strictObject({ person: uuid, ...reported, names });
/** What a code says. */
export type Report = v.InferOutput<typeof reportSchema>;

/** How long a code may be used after it was shown: a month of no signal on either side. */
export const REPORT_DAYS = 30;

/** What the device signs. */
export function reportText({
  person,
  device,
  nonce,
  signed,
  names: given,
}: Omit<Report, 'signature'>): Uint8Array<ArrayBuffer> {
  const parts = ['rixue-second', person, device, nonce, signed, canonicalJson(given)];
  return new Uint8Array(utf8ToBytes(parts.join(' ')));
}

/** Whether a code that was shown on `signed` may still be used on `day`; one from tomorrow is a wrong clock's. */
export function isFresh(signed: string, day: string): boolean {
  const age = (Date.parse(day) - Date.parse(signed)) / 86_400_000;
  return age >= -1 && age <= REPORT_DAYS;
}

/** The page of the desk; what the code says stands in its fragment, which no browser sends. */
const SECOND_PATH = '/desk/second';

/** The link that a code or a message carries: short, because it is scanned off an old screen. */
export function reportLink(origin: string, report: Report): string {
  const { person, device, nonce, signed, signature } = report;
  const named = toBase64Url(utf8ToBytes(canonicalJson(report.names)));
  return `${origin}${SECOND_PATH}#${[person, device, nonce, signed, signature, named].join('.')}`;
}

/** What a pasted or scanned text reports: the whole link or its fragment; null where it is neither. */
export function readReport(text: string): Report | null {
  const parts = text
    .trim()
    .replace(/^[^#]*#/, '')
    .split('.');
  const [person, device, nonce, signed, signature, named = ''] = parts;
  const parsed = v.safeParse(reportSchema, {
    ...{ person, device, nonce, signed, signature, names: namesOf(named) },
  });
  return parts.length === 6 && parsed.success ? parsed.output : null;
}

function namesOf(text: string): Names | null {
  const bytes = fromBase64Url(text);
  try {
    const hex = bytesToHex(bytes ?? new Uint8Array(0));
    return JSON.parse(decodeURIComponent(hex.replace(/../g, '%$&'))) as Names;
  } catch {
    return null; // no UTF-8 or no JSON: a text of somebody else's
  }
}
