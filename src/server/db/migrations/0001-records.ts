/**
 * Frozen: imports nothing, never edited once released.
 *
 * The county, its scopes and the records in them. Promises of append_records, on which every phone's
 * cursor rests: numbers of a scope are consecutive and become visible in their order, because its row
 * is locked from before the first number is taken until the commit; tag i = first 8 bytes of
 * SHA-256(tag i-1 || hash i); a record that is stored already gets its old number ('dup'); the same id
 * with another hash is stored beside it and waits for a person ('to-confirm').
 * Self rows hold no subject, author, day or time, so that nobody's days can be counted in SQL.
 */
export const migration0001 = {
  name: '0001-records',
  sql: `
create table county (
  scope text primary key,
  epoch text not null,
  names jsonb not null,
  demo boolean not null,
  server_device uuid not null,
  server_seq bigint not null default 0,
  ready boolean not null default false
);

create table scopes (
  scope text primary key,
  kind text not null check (kind in ('branch', 'township', 'county', 'person')),
  parent text,
  names jsonb,
  township jsonb,
  named bigint not null default 0,
  n bigint not null default 0,
  tag bytea not null default ''
);

create table records (
  scope text not null,
  n bigint not null,
  id uuid not null,
  hash bytea not null,
  kind text not null,
  v integer,
  subject uuid,
  author uuid,
  device uuid not null,
  seq bigint not null,
  day text,
  at bigint,
  offset_ms bigint,
  offset_age bigint,
  salt text,
  body text,
  audience text not null,
  confirm text,
  tag bytea not null,
  received bigint,
  primary key (scope, n),
  unique (scope, id, hash),
  check (kind <> 'self' or (v is null and subject is null and author is null and day is null
    and at is null and offset_ms is null and offset_age is null and received is null)),
  check ((kind = 'self') = (audience = 'self'))
);

create index records_of_subject on records (scope, subject, n) where subject is not null;

alter table records enable row level security;
alter table records force row level security;
create policy records_in_scope on records
  using (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]))
  with check (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]));

alter table scopes enable row level security;
alter table scopes force row level security;
create policy scopes_read on scopes for select using (true);
create policy scopes_add on scopes for insert
  with check (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]));
create policy scopes_change on scopes for update
  using (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]))
  with check (scope = any ((select string_to_array(current_setting('rixue.scopes', true), ','))::text[]));

create function append_records(p_scope text, p_rows jsonb)
returns table (i integer, n bigint, tag bytea, result text)
language plpgsql volatile security invoker
as $append$
#variable_conflict use_column
declare
  head_n bigint;
  head_tag bytea;
  found record;
  all_i integer[] := '{}';
  all_n bigint[] := '{}';
  all_tags bytea[] := '{}';
  all_results text[] := '{}';
begin
  if p_scope like 'person:%' then
    insert into scopes (scope, kind) values (p_scope, 'person') on conflict do nothing;
  end if;
  select s.n, s.tag into strict head_n, head_tag from scopes s where s.scope = p_scope for update;

  for found in
    select given.i, given.hash, old.n as old_n, old.tag as old_tag,
      given.again or exists (
        select from records other where other.scope = p_scope and other.id = given.id
      ) as clash
    from (
      select e.ordinality::integer as i, (e.value ->> 'id')::uuid as id,
        decode(e.value ->> 'hash', 'hex') as hash,
        row_number() over (partition by e.value ->> 'id' order by e.ordinality) > 1 as again
      from jsonb_array_elements(p_rows) with ordinality e
    ) given
    left join records old
      on old.scope = p_scope and old.id = given.id and old.hash = given.hash
    order by given.i
  loop
    all_i := all_i || found.i;
    if found.old_n is not null then
      all_n := all_n || found.old_n;
      all_tags := all_tags || found.old_tag;
      all_results := all_results || 'dup'::text;
    else
      head_n := head_n + 1;
      head_tag := substr(sha256(head_tag || found.hash), 1, 8);
      all_n := all_n || head_n;
      all_tags := all_tags || head_tag;
      all_results := all_results || case when found.clash then 'to-confirm' else 'ok' end;
    end if;
  end loop;

  insert into records (scope, n, id, hash, kind, v, subject, author, device, seq, day, at,
    offset_ms, offset_age, salt, body, audience, confirm, tag, received)
  select p_scope, a.n, r.id, decode(r.hash, 'hex'), r.kind, r.v, r.subject, r.author, r.device, r.seq,
    r.day, r.at, r.offset_ms, r.offset_age, r.salt, r.body, r.audience,
    coalesce(r.confirm, case when a.result = 'to-confirm' then 'same-id' end), a.tag, r.received
  from unnest(all_i, all_n, all_tags, all_results) as a (i, n, tag, result)
  join rows from (
    jsonb_to_recordset(p_rows) as (id uuid, hash text, kind text, v integer, subject uuid,
      author uuid, device uuid, seq bigint, day text, at bigint, offset_ms bigint, offset_age bigint,
      salt text, body text, audience text, confirm text, received bigint)
  ) with ordinality as r (id, hash, kind, v, subject, author, device, seq, day, at, offset_ms,
    offset_age, salt, body, audience, confirm, received, i) on r.i = a.i
  where a.result <> 'dup'
  order by a.n;

  update scopes set n = head_n, tag = head_tag where scope = p_scope;
  return query select a.i, a.n, a.tag, a.result
    from unnest(all_i, all_n, all_tags, all_results) as a (i, n, tag, result) order by a.i;
end
$append$;
`,
};
