/** SQL of devices that end and of devices that are let in. */
import { sql, type Kysely } from 'kysely';
import type { Tx } from '#server/db/database.ts';
import type { Schema } from '#server/db/schema.ts';

/** Ends what the record `n` of the scope names (migrations/0007-devices.ts); how many ended by it. */
export async function endDevices(tx: Tx, scope: string, n: number): Promise<number> {
  const { rows } = await sql<{ ended: number }>`
    select end_devices(${scope}, ${n}) as ended`.execute(tx);
  return rows[0]?.ended ?? 0;
}

/** The devices of the person that are in force. */
export async function findDevicesOf(tx: Tx, person: string): Promise<string[]> {
  const { rows } = await sql<{ device: string }>`
    select device::text from devices where person = ${person} and revoked is null
    order by device`.execute(tx);
  return rows.map(({ device }) => device);
}

/** Whether the server ended devices of the person after the record `n` of the scope. */
export async function wasEndedSince(
  tx: Tx,
  { scope, person, n }: { scope: string; person: string; n: number },
): Promise<boolean> {
  const { rows } = await sql`
    select from records r join county c on c.scope = r.author::text
    where r.scope = ${scope} and r.subject = ${person} and r.kind = 'revocation' and r.n > ${n}
    limit 1`.execute(tx);
  return rows.length > 0;
}

/** The branches whose desk the person keeps on the civil day `today`. */
export async function findDesks(
  db: Kysely<Schema>,
  { person, today }: { person: string; today: string },
): Promise<string[]> {
  const { rows } = await sql<{ scope: string }>`
    select distinct g.scope from grants g where g.person = ${person}
      and g.role in ('secretary', 'committee') and g.from_day <= ${today}
      and (g.to_day is null or g.to_day > ${today}) order by g.scope`.execute(db);
  return rows.map(({ scope }) => scope);
}

/** A phone that is to be let in. */
export interface Asking {
  scope: string;
  own: string;
  person: string;
  request: string;
  device: string;
  /** Server time before which a request was asked too long ago, ms. */
  since: number;
  day: string;
}

/**
 * Gives the device that asked its token and makes the invitation its own; whoever else asked as this
 * person asks no more. The invitation's hash; null where nobody asked so, or the device is there.
 */
export async function admitDevice(tx: Tx, asking: Asking): Promise<string | null> {
  const { scope, own, person, request, device, since, day } = asking;
  const found = sql`select * from rejoin_requests r where r.scope = ${scope}
    and r.request = ${request} and r.person = ${person} and r.device = ${device}
    and r.asked > ${since}`;
  const written = await sql<{ invitation: string }>`
    with asked as (${found}), made as (
      insert into devices (scope, person, device, token_hash, public_key, created_day)
      select ${own}, a.person, a.device, a.token_hash, a.public_key, ${day} from asked a
      on conflict do nothing returning device
    )
    update invitations i set used_device = a.device, used_token_hash = a.token_hash
    from asked a join made m on m.device = a.device
    where i.hash = a.invitation returning i.hash as invitation`.execute(tx);
  const [made] = written.rows;
  if (!made) return null;
  await sql`delete from rejoin_requests where scope = ${scope} and person = ${person}`.execute(tx);
  await sql`
    insert into grants (scope, person, role, from_day) values (${scope}, ${person}, 'member', ${day})
    on conflict do nothing`.execute(tx);
  return made.invitation;
}
