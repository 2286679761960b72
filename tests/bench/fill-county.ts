/**
 * Fills a server's database as years of a county would: branches with activities and rolls, people
 * with devices and ciphertext of their own; in many scopes, through append_records, so that every
 * number, tag and index is what it would be.
 */
import type pg from 'pg';

/** Rows of a branch in a few years, and half hours of a person; a county has about this many people a branch. */
const BRANCH_ROWS = 1_000;
const PERSON_ROWS = 100;
const PEOPLE_A_BRANCH = 20;
/** The pool's connections share the work. */
const AT_ONCE = 2;

/** About so many records more, in scopes that nobody of the bench is in. */
export async function fillCounty(pool: pg.Pool, county: string, records: number): Promise<void> {
  const branches = Math.round(records / (BRANCH_ROWS + PEOPLE_A_BRANCH * PERSON_ROWS));
  let left = branches;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      await addBranch(pool, county);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  // What autovacuum does in the hours that this did not take.
  await pool.query('vacuum analyze');
}

async function addBranch(pool: pg.Pool, county: string): Promise<void> {
  const { rows } = await pool.query<{ branch: string }>(
    `insert into scopes (scope, kind, parent, names)
     values (gen_random_uuid()::text, 'branch', $1, '{"hans": "石桥村党支部"}') returning scope as branch`,
    [county],
  );
  const branch = rows[0]?.branch ?? '';
  await pool.query(PEOPLE, [branch, PEOPLE_A_BRANCH]);
  await pool.query(BRANCH_RECORDS, [branch, BRANCH_ROWS]);
  await pool.query(SELF_RECORDS, [branch, PERSON_ROWS]);
}

const PEOPLE = `
with people as (select gen_random_uuid() as person from generate_series(1, $2::int)),
  granted as (
    insert into grants (scope, person, role, from_day)
    select $1::text, person, 'member', '2020-01-01' from people)
insert into devices (scope, person, device, token_hash, created_day)
select 'person:' || person, person, gen_random_uuid(), sha256(gen_random_uuid()::text::bytea), '2020-01-01'
from people`;

/** A row of append_records' second argument. */
const ROW = `'id', gen_random_uuid(), 'hash', encode(sha256(gen_random_uuid()::text::bytea), 'hex'),
  'seq', i, 'salt', 'AAAAAAAAAAA'`;

const BRANCH_RECORDS = `
with people as (
  select array_agg(person) as them, (array_agg(d.device))[1] as desk
  from grants g join devices d using (person) where g.scope = $1::text)
select count(*) from append_records($1::text, (
  select jsonb_agg(jsonb_build_object(${ROW}, 'kind', 'check-in', 'v', 1, 'audience', 'own',
    'device', people.desk, 'author', people.them[1],
    'subject', people.them[1 + i % cardinality(people.them)], 'day', '2026-03-05',
    'at', 1772700000000 + i, 'received', 1772700000000 + i,
    'body', '{"activity":"' || gen_random_uuid() || '","how":"tap","state":"present"}'))
  from people, generate_series(1, $2::int) as i))`;

/** 256 bytes of plain text make 384 characters. */
const SELF_RECORDS = `
select count(*) from grants g join devices d using (person), lateral append_records(d.scope, (
  select jsonb_agg(jsonb_build_object(${ROW}, 'kind', 'self', 'audience', 'self',
    'device', d.device, 'body', repeat(md5(i::text || d.device::text), 12)))
  from generate_series(1, $2::int) as i))
where g.scope = $1::text`;
