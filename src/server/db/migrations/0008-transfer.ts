/**
 * Frozen: imports nothing, never edited once released.
 *
 * Somebody who goes from one branch to another: both write with no network, in any order, and a row
 * brings the two together. Its scope is the person's own, because it is of both branches. Nobody reads
 * a code by guessing: it has 80 bits, and the row is found by person and code alone.
 */
export const migration0008 = {
  name: '0008-transfer',
  sql: `
create table transfers (
  scope text not null,
  code text not null,
  from_scope text,
  from_day text,
  to_scope text,
  to_day text,
  to_n bigint,
  stayed boolean not null default false,
  primary key (scope, code)
);

alter table transfers enable row level security;
alter table transfers force row level security;
create policy transfers_in_scope on transfers
  using (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]))
  with check (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]));
`,
};
