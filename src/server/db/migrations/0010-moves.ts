/**
 * Frozen: imports nothing, never edited once released.
 *
 * A second device. moves: one code a person, by which another device of theirs is let in; found before
 * any scope is known, so it is read by key in every scope (a hash and a ciphertext) and written in the
 * person's own alone. What is over goes, whoever's it is: deleting too much costs somebody a new code.
 * devices.ends: server time, ms, at which a device ends by itself; it is over from then on, marked or
 * not. `end_overdue` marks it as revoked then: whoever makes requests still may not write
 * `devices.revoked`, and this ends nothing but a device that was given an end, once that has passed.
 * A device that goes on under another id keeps its end, whoever writes the row: else it were for good.
 */
export const migration0010 = {
  name: '0010-moves',
  sql: `
alter table devices add column ends bigint;
create index devices_that_end on devices (ends) where ends is not null and revoked is null;

create table moves (
  scope text not null,
  person uuid not null,
  device uuid not null,
  lookup text not null,
  sealed text not null,
  hours bigint,
  until bigint not null,
  used_device uuid,
  used_token_hash bytea,
  primary key (scope),
  unique (lookup)
);
alter table moves enable row level security;
alter table moves force row level security;
create policy moves_read on moves for select using (true);
create policy moves_drop on moves for delete using (true);
create policy moves_add on moves for insert
  with check (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]));
create policy moves_change on moves for update
  using (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]))
  with check (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]));

create function keep_end() returns trigger language plpgsql as $keep$
begin
  new.ends := coalesce(new.ends, (
    select d.ends from renewals r join devices d on d.scope = r.scope and d.device = r.device
    where r.scope = new.scope and r.renewed_as = new.device limit 1));
  return new;
end
$keep$;
create trigger devices_keep_end before insert on devices for each row execute function keep_end();

create function end_overdue(p_scope text, p_device uuid, p_now bigint) returns bigint
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $end$
declare
  gone bigint;
begin
  if not coalesce(
    p_scope = any (string_to_array(current_setting('rixue.scopes', true), ',')), false) then
    raise exception 'no device ends outside the scopes of the transaction' using errcode = '42501';
  end if;
  update devices d set revoked = d.ends
  where d.scope = p_scope and d.device = p_device and d.revoked is null and d.ends <= p_now;
  get diagnostics gone = row_count;
  return gone;
end
$end$;
revoke execute on function end_overdue(text, uuid, bigint) from public;
`,
};
