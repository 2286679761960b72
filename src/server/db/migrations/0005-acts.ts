/**
 * Frozen: imports nothing, never edited once released.
 *
 * Administrators' acts: who gave or ended a role, invited and joined as more than a member, restored,
 * copied, exported, erased. Ids alone, no names, nothing of what members do. Row n carries
 * hash = SHA-256 over its other columns as canonical JSON, prev among them (db/acts.ts), so that a row
 * cannot be changed, taken out, put in or moved without the next one showing it. The county's row
 * holds the end of the chain, which shows a tail that was cut off; it is also the lock: one act at a
 * time takes a number. Only read and added to, like the other tables that are read in every scope.
 */
export const migration0005 = {
  name: '0005-acts',
  sql: `
create table acts (
  n bigint primary key,
  at bigint not null,
  kind text not null,
  by_person uuid,
  by_device uuid,
  scope text not null,
  person uuid,
  detail text not null,
  prev text not null,
  hash text not null
);

alter table acts enable row level security;
alter table acts force row level security;
create policy acts_read on acts for select using (true);
create policy acts_add on acts for insert
  with check (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]));

alter table county add column acts_n bigint not null default 0;
alter table county add column acts_hash text not null default '';
`,
};
