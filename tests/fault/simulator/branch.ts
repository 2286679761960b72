/** A branch of its own for each schedule, with its people and their phones; written by SQL, as if long since joined. */
import { createHash, randomBytes } from 'node:crypto';
import type { PoolClient } from 'pg';
import { personScope, type Grant } from '#domain/roles.ts';
import type { Clock } from '#lib/clock.ts';
import { createIds } from '#lib/ids.ts';
import { toBase64Url } from '#lib/base64.ts';
import { createDeviceKey, publicKeyOf } from '#sync/device-key.ts';
import { tokenHash } from '#server/http/session.ts';
import type { Admission } from '#data/ledger/person.ts';
import type { SimulatedServer } from './server.ts';
import type { SimulatedRole } from './steps.ts';

export interface Branch {
  scope: string;
  /** Scopes that this schedule writes in. */
  scopes: string[];
  admissions: Admission[];
  setRole(phone: number, role: SimulatedRole): Promise<void>;
  revoke(phone: number): Promise<void>;
  /** Rows of this schedule, in the order of scope and number. */
  rows(): Promise<ServerRow[]>;
  snapshot(): Promise<void>;
  /** Goes back to the snapshot (or to nothing); a new epoch where asked. */
  back(epoch: boolean): Promise<void>;
}

export interface ServerRow {
  scope: string;
  n: number;
  id: string;
  hash: string;
  kind: string;
  subject: string | null;
  device: string;
  seq: number;
  body: string;
  confirm: string | null;
  /** A seal that came before the device's end covers it. */
  sealed: boolean;
}

const random = { bytes: (length: number) => Uint8Array.from(randomBytes(length)) };
const NAMES = { hans: '石桥村党支部' };

export async function makeBranch(
  { pool, county, clock }: Pick<SimulatedServer, 'pool' | 'county'> & { clock: Clock },
  roles: readonly SimulatedRole[],
): Promise<Branch> {
  const ids = createIds({ clock, random });
  const scope = ids.next();
  const { rows } = await pool.query<{ epoch: string }>('select epoch from county');
  await pool.query(
    `insert into scopes (scope, kind, parent, names) values ($1, 'branch', $2, $3)`,
    [scope, county, NAMES],
  );
  const keys = await Promise.all(roles.map(() => createDeviceKey(crypto.subtle)));
  const admissions = roles.map((role, phone): Admission => ({
    person: ids.next(),
    device: ids.next(),
    token: toBase64Url(random.bytes(32)),
    signing: keys[phone] ?? null,
    names: { hans: '黄国强' },
    place: NAMES,
    grants: grantsOf(scope, role),
    county: { id: county, names: { hans: '演示县' }, demo: false },
    epoch: rows[0]?.epoch ?? '',
  }));
  const setRole = async (phone: number, role: SimulatedRole) => {
    const person = admissions[phone]?.person;
    // A role that is over stays known as that: what comes late under it waits.
    await pool.query(`update grants set to_day = '2020-01-02' where person = $1`, [person]);
    for (const grant of grantsOf(scope, role))
      await pool.query(
        `insert into grants (scope, person, role, from_day) values ($1, $2, $3, '2020-01-01')
         on conflict (scope, person, role) do update set to_day = null`,
        [scope, person, grant.role],
      );
  };
  for (const [phone, { person, device, token, signing }] of admissions.entries()) {
    await setRole(phone, roles[phone] ?? 'none');
    await pool.query(
      `insert into devices (scope, person, device, token_hash, public_key, created_day)
       values ($1, $2, $3, $4, $5, '2020-01-01')`,
      [
        ...[personScope(person), person, device, tokenHash(token)],
        await publicKeyOf(crypto.subtle, signing),
      ],
    );
  }
  const scopes = [scope, ...admissions.map(({ person }) => personScope(person))];
  return {
    ...{ scope, scopes, admissions, setRole, ...comingBack(pool, scopes) },
    async revoke(phone) {
      const { device } = admissions[phone] ?? {};
      await pool.query('update devices set revoked = 1 where device = $1', [device]);
    },
    async rows() {
      const found = await pool.query<ServerRow>(
        `select r.scope, n, id, encode(r.hash, 'hex') as hash, kind, subject, r.device, r.seq, body,
           confirm, coalesce(sealed, false) as sealed
         from records r left join chain_links l on l.device = r.device and l.seq = r.seq
           and l.hash = r.hash and l.scope = any ($1)
         where r.scope = any ($1) order by r.scope, n`,
        [scopes],
      );
      return found.rows;
    },
  };
}

function comingBack(pool: SimulatedServer['pool'], scopes: string[]) {
  let kept = new Map<string, number>();
  const chains = keptChains(pool, scopes);
  return {
    async snapshot() {
      const { rows } = await pool.query<{ scope: string; n: number }>(
        'select scope, n from scopes where scope = any ($1)',
        [scopes],
      );
      kept = new Map(rows.map((row) => [row.scope, row.n]));
      await chains.keep();
    },
    async back(epoch: boolean) {
      const then = [scopes, scopes.map((scope) => kept.get(scope) ?? 0)];
      const next = createHash('sha256').update(randomBytes(8)).digest('base64url').slice(0, 16);
      await inOneStep(pool, async (client) => {
        // What a phone that died had sent may still be at the server: it comes before or after, not between.
        await client.query('select from scopes where scope = any ($1) for update', [scopes]);
        await chains.putBack(client);
        await client.query(
          `delete from records r using unnest($1::text[], $2::int[]) as k (scope, n)
           where r.scope = k.scope and r.n > k.n`,
          then,
        );
        await client.query(
          `update scopes s set n = k.n,
             tag = coalesce((select tag from records r where r.scope = k.scope and r.n = k.n), '')
           from unnest($1::text[], $2::int[]) as k (scope, n) where s.scope = k.scope`,
          then,
        );
        if (epoch) await client.query('update county set epoch = $1', [next]);
      });
    },
  };
}

async function inOneStep(
  pool: SimulatedServer['pool'],
  work: (client: PoolClient) => Promise<void>,
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await work(client);
    await client.query('commit');
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** What the server knows of the devices' chains goes back with it. */
function keptChains(pool: SimulatedServer['pool'], scopes: string[]) {
  const tables = ['chains', 'chain_links'];
  let kept = new Map<string, string>();
  return {
    async keep() {
      const found = tables.map(async (table) => {
        const { rows } = await pool.query<{ all: string }>(
          `select coalesce(json_agg(t), '[]')::text as all from ${table} t where scope = any ($1)`,
          [scopes],
        );
        return [table, rows[0]?.all ?? '[]'] as const;
      });
      kept = new Map(await Promise.all(found));
    },
    async putBack(client: PoolClient) {
      for (const table of tables) {
        await client.query(`delete from ${table} where scope = any ($1)`, [scopes]);
        await client.query(
          `insert into ${table} select * from json_populate_recordset(null::${table}, $1)`,
          [kept.get(table) ?? '[]'],
        );
      }
    },
  };
}

function grantsOf(scope: string, role: SimulatedRole): Grant[] {
  if (role === 'none') return [];
  const member: Grant = { scope, role: 'member' };
  return role === 'secretary' ? [member, { scope, role: 'secretary' }] : [member];
}
