/** SQL of renewing a device. */
import { sql } from 'kysely';
import type { Tx } from '#server/db/database.ts';

export interface NewDevice {
  scope: string;
  person: string;
  device: string;
  tokenHash: Buffer;
  key: string | null;
  day: string;
}

/** Adds the device and ends the old one; false where id or token are somebody's already. */
export async function renewDevice(tx: Tx, old: string, next: NewDevice): Promise<boolean> {
  const { scope, person, device, tokenHash, key, day } = next;
  const renewed = await sql`
    insert into renewals (scope, device, renewed_as) values (${scope}, ${old}, ${device})
    on conflict do nothing`.execute(tx);
  if (renewed.numAffectedRows === 0n) return false;
  await sql`
    insert into devices (scope, person, device, token_hash, public_key, created_day)
    values (${scope}, ${person}, ${device}, ${tokenHash}, ${key}, ${day})`.execute(tx);
  return true;
}

/** Whether `old` went on as this very device with this token, which still stands. */
export async function isRenewedAs(
  tx: Tx,
  old: string,
  { scope, device, tokenHash }: Pick<NewDevice, 'scope' | 'device' | 'tokenHash'>,
): Promise<boolean> {
  const { rows } = await sql`
    select from renewals r join devices d on d.scope = r.scope and d.device = r.renewed_as
    where r.scope = ${scope} and r.device = ${old} and r.renewed_as = ${device}
      and d.token_hash = ${tokenHash} and d.revoked is null`.execute(tx);
  return rows.length > 0;
}
