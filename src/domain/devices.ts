/**
 * Whose phone is whose: known from the yes to the notice that each phone writes on joining, ended by
 * `revocation` records, and by `admission` of a phone that takes the place of the earlier ones.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { AdmissionBody, RejoinRequestBody, RevocationBody } from './bodies/devices.ts';
import { OWN_DEVICE_KIND, type OwnDeviceBody } from './bodies/own-device.ts';
import { inOrder, readable, type Foldable } from './fold.ts';
import { isDesk, type Grant } from './roles.ts';
import { waits } from './waits.ts';

/** The kinds that say something of devices, beside `consent` and, to their own person, `own-device`. */
export const REVOCATION_KIND = 'revocation';
export const ADMISSION_KIND = 'admission';
export const PHONES_LOST_KIND = 'phones-lost';
export const REJOIN_KIND = 'rejoin-request';
export const DEVICE_KINDS = ['consent', REVOCATION_KIND, ADMISSION_KIND] as const;

/** How long an empty phone waits for its secretary: a fortnight of a harvest. */
export const ASKED_MS = 14 * 86_400_000;

/** As many digits as are read out in one breath. */
const DIGITS = 6;

/**
 * The number that is read out over the telephone, the same on both sides. The request's id is the
 * server's: whoever asks in another's name can't look for a device that gives the number they want.
 */
export function checkNumber(request: string, device: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = sha256(utf8ToBytes(`${request}|${device}`));
  const value = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  return String(value % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** What is said of devices in a record, with where it came from. */
export type DeviceRow = Foldable<unknown> & { device: string; scope: string; state: string };

/** A device of one person. */
export interface OwnDevice {
  device: string;
  /** Civil day on which it joined. */
  since: string;
  /** The branch in which that was said. */
  scope: string;
  /** Null while it is theirs. `saved`: that it is no more is on this phone alone so far. */
  ended: 'saved' | 'told' | null;
  /** Joined by a desk that checked by voice: nobody need ask again. */
  admitted: boolean;
  /** What it is, where it came by a 搬 code and its own person looks; null otherwise. */
  where: OwnDeviceBody['where'] | null;
  /** Server time, ms, at which it ends by itself; null where it does not. */
  until: number | null;
}

/** One person's devices in the order of joining, over their records in one or all branches. */
export function foldDevices(records: readonly DeviceRow[]): OwnDevice[] {
  const devices = new Map<string, OwnDevice>();
  const put = (row: DeviceRow, device: string, change: Partial<OwnDevice>) => {
    const { day, scope } = row;
    const before = devices.get(device) ?? {
      device,
      since: day,
      scope,
      ended: null,
      admitted: false,
      where: null,
      until: null,
    };
    devices.set(device, { ...before, ...change });
  };
  for (const row of inOrder(readable(records).filter(stands))) {
    const ended = row.state === 'saved' ? 'saved' : 'told';
    if (row.kind === 'consent') put(row, row.device, {});
    if (row.kind === OWN_DEVICE_KIND) {
      const { where, until = null } = row.body as OwnDeviceBody;
      put(row, row.device, { where, until });
    }
    if (row.kind === REVOCATION_KIND) put(row, (row.body as RevocationBody).device, { ended });
    if (row.kind !== ADMISSION_KIND) continue;
    for (const [device, { ended: before }] of devices) if (!before) put(row, device, { ended });
    put(row, (row.body as AdmissionBody).device, { ended: null, admitted: true });
  }
  return [...devices.values()];
}

/** One that only lacks its seal is acted on by the server (ADR 10). */
function stands({ confirm, state }: DeviceRow): boolean {
  return state !== 'refused' && (confirm === 'unsealed' || !waits({ confirm: confirm ?? null }));
}

/** A phone that waits for the desk. */
export interface Rejoining {
  request: string;
  person: string;
  device: string;
  number: string;
}

/** Who waits at `now` (server time, ms), latest first; one that was admitted waits no more. */
export function foldRejoining(records: readonly DeviceRow[], now: number): Rejoining[] {
  const rows = readable(records).filter(({ state }) => state !== 'refused');
  const admitted = new Set(
    rows
      .filter(({ kind }) => kind === ADMISSION_KIND)
      .map(({ body }) => (body as AdmissionBody).request),
  );
  return inOrder(rows.filter(({ kind }) => kind === REJOIN_KIND))
    .filter(({ id, at }) => !admitted.has(id) && now - at < ASKED_MS)
    .map(({ id, subject, body }) => {
      const { device } = body as RejoinRequestBody;
      return { request: id, person: subject ?? '', device, number: checkNumber(id, device) };
    })
    .reverse();
}

/** Who ends or admits a device of whom, and what both hold today. */
export interface DeviceAct {
  kind: string;
  scope: string;
  author: string;
  subject: string;
  grants: readonly Grant[];
  subjectGrants: readonly Grant[];
  /** The author administers what is above the scope. */
  administers: boolean;
}

/**
 * Whether the author may do this to the subject's phones, beside what the table of kinds asks. A desk
 * has its members' phones in hand and nobody's else: whoever keeps a roster, reviews or administers
 * anywhere can't be shut out by another desk. Who lets a phone in for somebody of the own desk is its
 * secretary: a committee member would else become one by a request of their own.
 */
export function mayActOnDevice(act: DeviceAct): boolean {
  const { kind, scope, author, subject, grants, subjectGrants, administers } = act;
  const here = subjectGrants.filter((grant) => grant.scope === scope);
  const isPlain = subjectGrants.every(({ role }) => role === 'member');
  // From above alone, and only of whoever has a place in this branch.
  if (kind === PHONES_LOST_KIND) return administers && here.some(({ role }) => isDesk(role));
  if (kind === REVOCATION_KIND)
    return author === subject || (here.length > 0 && (administers || isPlain));
  // Whoever went to another branch is let in by that one.
  if (here.length === 0 && subjectGrants.length > 0) return false;
  const elsewhere = subjectGrants.filter((grant) => grant.scope !== scope);
  if (elsewhere.some(({ role }) => role !== 'member')) return false;
  const isSecretary = grants.some((one) => one.scope === scope && one.role === 'secretary');
  return !here.some(({ role }) => isDesk(role)) || isSecretary;
}
