/**
 * Frozen: imports nothing, never edited once released.
 *
 * A lost phone, and an empty one that asks to be let in again. Promises: whoever makes requests still
 * may not write `devices.revoked`; `end_devices` is the one way, it ends what a stored `revocation` or
 * `admission` names, of its own subject and in the scopes of the transaction alone, and a device that
 * went on under another id ends with it; told again it ends nothing that came after. A request holds
 * the hash of the token that the phone made, and gives nobody anything until a desk admits it.
 * None of the three kinds is erased.
 */
export const migration0007 = {
  name: '0007-devices',
  sql: `
create table rejoin_requests (
  scope text not null,
  request uuid not null,
  person uuid not null,
  invitation text not null,
  device uuid not null,
  token_hash bytea not null,
  public_key text,
  asked bigint not null,
  primary key (scope, request)
);
create index rejoin_requests_of_person on rejoin_requests (scope, person);

alter table rejoin_requests enable row level security;
alter table rejoin_requests force row level security;
create policy rejoin_requests_in_scope on rejoin_requests
  using (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]))
  with check (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]));

create function end_devices(p_scope text, p_n bigint) returns bigint
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $end$
declare
  told records%rowtype;
  named uuid;
  own text;
  gone bigint;
begin
  if not coalesce(
    p_scope = any (string_to_array(current_setting('rixue.scopes', true), ',')), false) then
    raise exception 'no device ends outside the scopes of the transaction' using errcode = '42501';
  end if;
  select r.* into told from records r
  where r.scope = p_scope and r.n = p_n and r.kind in ('revocation', 'admission')
    and (r.confirm is null or r.confirm = 'unsealed');
  if not found then
    return 0;
  end if;
  named := (told.body::jsonb ->> 'device')::uuid;
  own := 'person:' || told.subject::text;
  with recursive line (device) as (
    select named
    union
    select w.renewed_as from renewals w join line l on l.device = w.device where w.scope = own
  )
  update devices d set revoked = greatest(coalesce(told.received, 1), 1)
  where d.scope = own and d.person = told.subject and d.revoked is null
    and case told.kind
      when 'revocation' then d.device in (select l.device from line l)
      else d.device not in (select l.device from line l)
        and exists (select from devices a where a.scope = own and a.device = named)
    end;
  get diagnostics gone = row_count;
  return gone;
end
$end$;
revoke execute on function end_devices(text, bigint) from public;

create or replace function is_erasable(p_kind text) returns boolean
language sql immutable
as $erasable$
  select p_kind not in
    ('self', 'role', 'office', 'erasure', 'decision', 'invitation', 'branch', 'about',
      'presence-key', 'revocation', 'admission', 'rejoin-request')
$erasable$;
`,
};
