/**
 * Frozen: imports nothing, never edited once released.
 *
 * Erasure: salt and body of a record go, `erased` = SHA-256(salt || body) stays, so that its hash and
 * every cursor's tag over it still verify. Promises: whoever makes requests still may not update a
 * record; `erase_records` is the one way, it takes what stored `erasure` records name and nothing else,
 * in the scopes of the transaction alone; which of the two is stored first makes no difference (a
 * phone brings the old form again after a restore). What waits for a person (confirm) erases nothing.
 * An erased record of a phone comes through append_records with its inner hash where the salt was.
 */
export const migration0004 = {
  name: '0004-erasure',
  sql: `
alter table records add column erased bytea;
alter table records add constraint records_erased_or_whole
  check ((erased is null) = (body is not null) and (salt is null) = (body is null));

create table erasures (
  scope text not null,
  id uuid not null,
  primary key (scope, id)
);
alter table erasures enable row level security;
alter table erasures force row level security;
create policy erasures_in_scope on erasures
  using (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]))
  with check (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]));

create function is_erasable(p_kind text) returns boolean
language sql immutable
as $erasable$
  select p_kind not in ('self', 'role', 'erasure', 'invitation', 'branch', 'about', 'presence-key')
$erasable$;

create function bytes_of(p_base64url text) returns bytea
language sql immutable
as $bytes$
  select decode(rpad(translate(p_base64url, '-_', '+/'), (length(p_base64url) + 3) / 4 * 4, '='), 'base64')
$bytes$;

create function inner_hash(p_salt text, p_body text) returns bytea
language sql immutable
as $inner$
  select sha256(bytes_of(p_salt) || convert_to(p_body, 'UTF8'))
$inner$;

create function store_erased() returns trigger
language plpgsql
as $store$
begin
  if new.body is null and new.erased is null then
    new.erased := bytes_of(new.salt);
    new.salt := null;
  elsif new.body is not null
    and exists (select from erasures e where e.scope = new.scope and e.id = new.id) then
    new.erased := inner_hash(new.salt, new.body);
    new.salt := null;
    new.body := null;
  end if;
  return new;
end
$store$;

create trigger records_store_erased before insert on records
  for each row when (is_erasable(new.kind)) execute function store_erased();

create function erase_records(p_scope text, p_erasures uuid[]) returns bigint
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $erase$
declare
  named uuid[];
  gone bigint;
begin
  if not coalesce(
    p_scope = any (string_to_array(current_setting('rixue.scopes', true), ',')), false) then
    raise exception 'no erasure outside the scopes of the transaction' using errcode = '42501';
  end if;
  select array_agg(distinct one.id::uuid) into named
  from records r, jsonb_array_elements_text(r.body::jsonb -> 'records') as one (id)
  where r.scope = p_scope and r.kind = 'erasure' and r.confirm is null and r.id = any (p_erasures);
  insert into erasures (scope, id) select p_scope, unnest(named) on conflict do nothing;
  update records r
  set erased = inner_hash(r.salt, r.body), salt = null, body = null
  where r.scope = p_scope and r.id = any (named) and r.body is not null and is_erasable(r.kind);
  get diagnostics gone = row_count;
  return gone;
end
$erase$;
revoke execute on function erase_records(text, uuid[]) from public;
`,
};
