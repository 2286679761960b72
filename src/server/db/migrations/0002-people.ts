/**
 * Frozen: imports nothing, never edited once released.
 *
 * Who may do what (grants, dated), on which devices (tokens as hashes, never themselves), who is
 * invited, and the seals over devices' chains. A grant keeps the number `n` of the record that it
 * comes from, so that an older record told again never undoes a newer one; 0 = by joining.
 * Who asks is found before any scope is known, so these tables are read by key in every scope (they
 * hold hashes, ids and roles) and written in the scopes of the transaction alone.
 */
export const migration0002 = {
  name: '0002-people',
  sql: `
create table grants (
  scope text not null,
  person uuid not null,
  role text not null check (role in ('member', 'committee', 'secretary', 'reviewer', 'administrator')),
  from_day text not null,
  to_day text,
  n bigint not null default 0,
  primary key (scope, person, role)
);
create index grants_of_person on grants (person);

create table devices (
  scope text not null,
  person uuid not null,
  device uuid not null,
  token_hash bytea not null,
  public_key text,
  last_seq bigint,
  created_day text not null,
  revoked bigint,
  primary key (scope, device),
  unique (token_hash)
);

create table invitations (
  scope text not null,
  hash text not null,
  person uuid not null,
  role text not null check (role in ('member', 'committee', 'secretary', 'reviewer', 'administrator')),
  names jsonb,
  expires bigint not null,
  used_device uuid,
  used_token_hash bytea,
  primary key (hash)
);

create table seals (
  scope text not null,
  device uuid not null,
  up_to bigint not null,
  head text not null,
  signature text not null,
  primary key (scope, device, up_to, head)
);
alter table seals enable row level security;
alter table seals force row level security;
create policy seals_in_scope on seals
  using (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]))
  with check (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]));

alter table grants enable row level security;
alter table grants force row level security;
create policy grants_read on grants for select using (true);
create policy grants_add on grants for insert
  with check (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]));
create policy grants_change on grants for update
  using (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]))
  with check (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]));

alter table devices enable row level security;
alter table devices force row level security;
create policy devices_read on devices for select using (true);
create policy devices_add on devices for insert
  with check (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]));
create policy devices_change on devices for update
  using (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]))
  with check (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]));

alter table invitations enable row level security;
alter table invitations force row level security;
create policy invitations_read on invitations for select using (true);
create policy invitations_add on invitations for insert
  with check (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]));
create policy invitations_change on invitations for update
  using (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]))
  with check (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]));
`,
};
