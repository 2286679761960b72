/**
 * Frozen: imports nothing, never edited once released.
 *
 * A role of its own for whoever reports to a branch besides their own, and the codes by which they came:
 * each opens one branch, once. A code's scope is the person's own, because it is of no branch.
 */
export const migration0011 = {
  name: '0011-second',
  sql: `
alter table grants drop constraint grants_role_check;
alter table grants add constraint grants_role_check
  check (role in ('member', 'committee', 'secretary', 'reviewer', 'administrator', 'second'));

create table report_codes (
  scope text not null,
  nonce text not null,
  branch text not null,
  primary key (scope, nonce)
);

alter table report_codes enable row level security;
alter table report_codes force row level security;
create policy report_codes_in_scope on report_codes
  using (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]))
  with check (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]));
`,
};
