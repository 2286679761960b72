/**
 * Frozen: imports nothing, never edited once released.
 *
 * Erasing by age (ADR 17). Promises: a night's run has one row, which counts what its batches took in
 * their own transactions, so that a run that was killed goes on with its count and its act is written
 * once; complaints and their answers, which lie in the county's scope where nobody keeps a roster, may
 * be erased by the server's own erasures from now on, and what stayed before stays; whoever makes
 * requests still may not delete an invitation: `forget_invitations` takes those that were over before
 * a time and never used, or whose person's phones have all ended as long ago, in the scopes of the
 * transaction alone: whoever is let in by a device of their own is found by the invitation of the first.
 * is_erasable goes on from the list of the migrations before, whatever they have in it.
 */
export const migration0012 = {
  name: '0012-retention',
  sql: `
create table retention_runs (
  scope text not null,
  day text not null,
  counts jsonb not null default '{}',
  done boolean not null default false,
  primary key (scope, day)
);
alter table retention_runs enable row level security;
alter table retention_runs force row level security;
create policy retention_runs_in_scope on retention_runs
  using (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]))
  with check (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]));

drop trigger records_store_erased on records;
alter function is_erasable(text) rename to is_erasable_before_0012;
create function is_erasable(p_kind text) returns boolean
language sql immutable
as $erasable$
  select p_kind not in ('retention', 'keeping', 'complaint-told', 'taken-over', 'phones-lost',
      'export')
    and (p_kind in ('complaint', 'complaint-answer') or is_erasable_before_0012(p_kind))
$erasable$;
create trigger records_store_erased before insert on records
  for each row when (is_erasable(new.kind)) execute function store_erased();

create policy invitations_forget on invitations for delete
  using (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]));

create function forget_invitations(p_scope text, p_before bigint) returns bigint
language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp
as $forget$
declare
  gone bigint;
begin
  if not coalesce(
    p_scope = any (string_to_array(current_setting('rixue.scopes', true), ',')), false) then
    raise exception 'nothing is forgotten outside the scopes of the transaction' using errcode = '42501';
  end if;
  delete from invitations i
  where i.scope = p_scope and i.expires < p_before
    and (i.used_token_hash is null or not exists (
      select from devices d where d.person = i.person
        and (d.revoked is null or d.revoked >= p_before)));
  get diagnostics gone = row_count;
  return gone;
end
$forget$;
revoke execute on function forget_invitations(text, bigint) from public;
`,
};
