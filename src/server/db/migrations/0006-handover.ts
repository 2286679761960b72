/**
 * Frozen: imports nothing, never edited once released.
 *
 * When a role ends, up to where each device of that person was verified is kept: what comes later
 * waits for a person, unless a seal that was there before covers it. `decision` records, which say
 * whether a waiting record counts, and `office` records, the county's register of roles, are not erased.
 */
export const migration0006 = {
  name: '0006-handover',
  sql: `
create table role_ends (
  scope text not null,
  person uuid not null,
  role text not null,
  device uuid not null,
  sealed_to bigint not null,
  primary key (scope, person, role, device)
);

alter table role_ends enable row level security;
alter table role_ends force row level security;
create policy role_ends_in_scope on role_ends
  using (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]))
  with check (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]));

create or replace function is_erasable(p_kind text) returns boolean
language sql immutable
as $erasable$
  select p_kind not in
    ('self', 'role', 'office', 'erasure', 'decision', 'invitation', 'branch', 'about',
      'presence-key')
$erasable$;
`,
};
