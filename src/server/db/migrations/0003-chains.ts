/**
 * Frozen: imports nothing, never edited once released.
 *
 * Each device's chain as the server knows it. chain_links: the hash of every record that was ever
 * pushed, whatever became of it, so that a refused one stays in the chain; two hashes of one seq are
 * a fork. `sealed`: a seal of that device that fits covers it. chains: up to where the chain is
 * verified (seq, head), the highest seq and how many different ones are known (fewer: a loss), and
 * how many a device handed in after its end. renewals: a device that went on under another id; rows
 * are only ever added, so nothing that requests may do brings an ended device back. carried: who
 * brought a record, for records that another device than their own has brought.
 * A device that is revoked keeps the last seq it was answered for, whoever writes the revocation.
 * What was stored before this step is linked from the records.
 */
export const migration0003 = {
  name: '0003-chains',
  sql: `
create table chain_links (
  scope text not null,
  device uuid not null,
  seq bigint not null,
  hash bytea not null,
  sealed boolean not null default false,
  primary key (scope, device, seq, hash)
);

create table chains (
  scope text not null,
  device uuid not null,
  seq bigint not null default 0,
  head bytea not null default '',
  top bigint not null default 0,
  known bigint not null default 0,
  handed_in bigint not null default 0,
  primary key (scope, device)
);

create table renewals (
  scope text not null,
  device uuid not null,
  renewed_as uuid not null,
  primary key (scope, device)
);

create table carried (
  scope text not null,
  id uuid not null,
  hash bytea not null,
  device uuid not null,
  primary key (scope, id, hash, device)
);

alter table records no force row level security;
insert into chain_links (scope, device, seq, hash)
  select distinct coalesce('person:' || r.author::text, r.scope), r.device, r.seq, r.hash
  from records r
  where (r.author is not null or r.kind = 'self')
    and not exists (select from county c where c.server_device = r.device);
alter table records force row level security;
insert into chains (scope, device, top, known)
  select l.scope, l.device, max(l.seq), count(distinct l.seq)
  from chain_links l group by l.scope, l.device;

create function note_last_seq() returns trigger language plpgsql as $note$
begin
  new.last_seq := coalesce(
    (select c.top from chains c where c.scope = new.scope and c.device = new.device), 0);
  return new;
end
$note$;
create trigger devices_revoked before update of revoked on devices for each row
  when (old.revoked is null and new.revoked is not null) execute function note_last_seq();

alter table chain_links enable row level security;
alter table chain_links force row level security;
create policy chain_links_in_scope on chain_links
  using (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]))
  with check (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]));

alter table chains enable row level security;
alter table chains force row level security;
create policy chains_read on chains for select using (true);
create policy chains_add on chains for insert
  with check (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]));
create policy chains_change on chains for update
  using (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]))
  with check (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]));

alter table renewals enable row level security;
alter table renewals force row level security;
create policy renewals_read on renewals for select using (true);
create policy renewals_add on renewals for insert
  with check (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]));

alter table carried enable row level security;
alter table carried force row level security;
create policy carried_in_scope on carried
  using (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]))
  with check (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]));
`,
};
