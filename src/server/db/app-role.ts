/**
 * The role of requests: not the owner, no BYPASSRLS, no right to change or delete a record.
 * Where the database's user may not make roles, requests stay that user: FORCE ROW LEVEL SECURITY
 * holds for it too, unless it is a superuser, and a superuser can make the role.
 */
import type pg from 'pg';

export const APP_ROLE = 'rixue_app';

/** Roles belong to the whole cluster: two databases may be prepared in the same moment. */
const MAKE_ROLE = `
do $make$ begin
  if not exists (select from pg_roles where rolname = '${APP_ROLE}') then
    create role ${APP_ROLE} nologin;
  end if;
exception when duplicate_object or unique_violation or insufficient_privilege then null;
end $make$`;

/** Superusers need no membership; somebody else's role may not be ours to take. */
const JOIN_ROLE = `
do $join$ begin
  if not pg_has_role(current_user, '${APP_ROLE}', 'member') then
    execute format('grant ${APP_ROLE} to %I', current_user);
  end if;
exception when others then null;
end $join$`;

const RIGHTS = [
  `grant usage on schema public to ${APP_ROLE}`,
  `grant select on applied_migrations to ${APP_ROLE}`,
  `grant select on county, scopes, records, grants, devices, invitations, seals to ${APP_ROLE}`,
  `grant select on erasures to ${APP_ROLE}`,
  `grant execute on function erase_records(text, uuid[]) to ${APP_ROLE}`,
  `grant insert on scopes, records, grants, devices, invitations, seals to ${APP_ROLE}`,
  `grant update on scopes, grants, invitations to ${APP_ROLE}`,
  `grant update (server_seq, acts_n, acts_hash) on county to ${APP_ROLE}`,
  `grant select, insert on acts to ${APP_ROLE}`,
  `grant select, insert on chain_links, chains, renewals, carried to ${APP_ROLE}`,
  `grant select, insert, update on role_ends, transfers to ${APP_ROLE}`,
  `grant select, insert on report_codes to ${APP_ROLE}`,
  `grant update on chains to ${APP_ROLE}`,
  `grant update (sealed) on chain_links to ${APP_ROLE}`,
  `grant update (public_key) on devices to ${APP_ROLE}`,
  `grant execute on function end_devices(text, bigint) to ${APP_ROLE}`,
  `grant select, insert, delete on rejoin_requests to ${APP_ROLE}`,
  `grant execute on function end_overdue(text, uuid, bigint) to ${APP_ROLE}`,
  `grant select, insert, update, delete on moves to ${APP_ROLE}`,
  `grant select, insert, update on retention_runs to ${APP_ROLE}`,
  `grant execute on function forget_invitations(text, bigint) to ${APP_ROLE}`,
];

/** Makes the role where allowed and gives it what requests need; its name, or null to go without. */
export async function prepareAppRole(client: pg.ClientBase): Promise<string | null> {
  await client.query(MAKE_ROLE);
  const { rows } = await client.query('select from pg_roles where rolname = $1', [APP_ROLE]);
  if (rows.length === 0) return null;
  await client.query(JOIN_ROLE);
  if (!(await canStepDown(client))) return null;
  for (const right of RIGHTS) await client.query(right);
  return APP_ROLE;
}

async function canStepDown(client: pg.ClientBase): Promise<boolean> {
  await client.query('begin');
  try {
    await client.query(`set local role ${APP_ROLE}`);
    return true;
  } catch {
    return false;
  } finally {
    await client.query('rollback');
  }
}
