/**
 * What stored `revocation`, `phones-lost` and `admission` records change.
 *
 * Promises: told again, neither ends what came after it nor lets anybody in a second time; a phone is
 * let in and the earlier ones end in one transaction; of whoever ever kept a roster both are acts, and
 * no presence key that an ended phone of theirs knows opens anything any more, of whichever branch.
 */
import type { AdmissionBody, RevocationBody } from '#domain/bodies/devices.ts';
import { civilDay } from '#domain/civil-day.ts';
import { ASKED_MS, REVOCATION_KIND } from '#domain/devices.ts';
import { personScope } from '#domain/roles.ts';
import { appendAct, type Act } from '#server/db/acts.ts';
import { inScopes, type Tx } from '#server/db/database.ts';
import { everHeldMore } from '#server/db/ever-held-more.ts';
import { appendServerRecords } from '#server/db/server-records.ts';
import {
  admitDevice,
  endDevices,
  findDesks,
  findDevicesOf,
  wasEndedSince,
} from './devices.repository.ts';
import { newPresenceKey } from './presence-key.ts';
import { byAuthor, type Deps, type StoredRecord } from './stored-record.ts';

/** A phone is its person's no more. */
export async function projectRevocation(deps: Deps, record: StoredRecord): Promise<void> {
  const { scope, subject, n, body } = record;
  if (!subject) return;
  const { device } = body as RevocationBody;
  await withDesks(deps, record, async (tx, desks) => {
    if ((await endDevices(tx, scope, n)) === 0) return;
    await tellIt(deps, { tx, desks }, record, {
      kind: 'end-device',
      detail: { device, record: n },
    });
  });
}

/**
 * All phones of somebody with a role: one revocation each, of the server, so that the branch sees them
 * like any other. Once for a record: told again after their next phone joined it ends nothing.
 */
export async function projectPhonesLost(deps: Deps, record: StoredRecord): Promise<void> {
  const { scope, subject, n } = record;
  if (!subject) return;
  await withDesks(deps, record, async (tx, desks) => {
    if (await wasEndedSince(tx, { scope, person: subject, n })) return;
    const devices = await findDevicesOf(tx, subject);
    if (devices.length === 0) return;
    const drafts = devices.map((device) => ({ kind: REVOCATION_KIND, subject, body: { device } }));
    const stored = await appendServerRecords(tx, scope, drafts, deps);
    for (const { n: told } of stored) await endDevices(tx, scope, told);
    await tellIt(deps, { tx, desks }, record, {
      kind: 'end-device',
      detail: { devices, record: n },
    });
  });
}

/** The phone that asked is let in, and no other is the person's any more. */
export async function projectAdmission(deps: Deps, record: StoredRecord): Promise<void> {
  const { scope, subject, n, received, body } = record;
  if (!subject) return;
  const { device, request } = body as AdmissionBody;
  const own = personScope(subject);
  await withDesks(deps, record, async (tx, desks) => {
    const asking = { scope, own, person: subject, request, device };
    const when = { since: received - ASKED_MS, day: civilDay(received) };
    const invitation = await admitDevice(tx, { ...asking, ...when });
    if (!invitation) return;
    await endDevices(tx, scope, n);
    await tellIt(deps, { tx, desks }, record, {
      kind: 'join',
      detail: { device, invitation, record: n },
    });
  });
}

/** A transaction of the record's scope, its subject's own, and the branches whose desk they keep. */
async function withDesks(
  { database }: Deps,
  { scope, subject, received }: StoredRecord,
  work: (tx: Tx, desks: string[]) => Promise<void>,
): Promise<void> {
  const person = subject ?? '';
  const desks = await findDesks(database.db, { person, today: civilDay(received) });
  await inScopes(database, [...new Set([scope, personScope(person), ...desks])], (tx) =>
    work(tx, desks),
  );
}

/** The last statements of the transaction: the presence keys' next, and the act. */
async function tellIt(
  deps: Deps,
  { tx, desks }: { tx: Tx; desks: readonly string[] },
  record: StoredRecord,
  { kind, detail }: Pick<Act, 'kind' | 'detail'>,
): Promise<void> {
  const { scope, subject, received } = record;
  const person = subject ?? '';
  for (const desk of desks) await appendServerRecords(tx, desk, [newPresenceKey(deps)], deps);
  // Of members it is no act: no table tells who got which phone when (ADR 8).
  if (!(await everHeldMore(tx, person))) return;
  await appendAct(tx, { kind, ...byAuthor(record), scope, person, detail }, received);
}
