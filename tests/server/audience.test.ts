/** The pull against the pure rule, over every role and every audience: nothing more and nothing less (I7). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AUDIENCES, mayRead, type Audience } from '#domain/audience.ts';
import { SELF_KIND } from '#domain/kinds.ts';
import { personScope, ROLES, type Grant, type Role } from '#domain/roles.ts';
import { appendRecords, type NewRecord } from '#server/db/append-records.ts';
import { inScopes } from '#server/db/database.ts';
import { personalDevice } from '#tests/support/personal-device.ts';
import { startServer } from '#tests/support/server.ts';
import { newId } from '#tests/support/wire-device.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let home = '';
let other = '';
let county = '';
const person = newId();
const neighbour = newId();
const stored: { id: string; scope: string; audience: Audience; subject: string | null }[] = [];

beforeAll(async () => {
  server = await startServer();
  const { rows } = await server.pool.query<{ scope: string; kind: string }>(
    `select scope, kind from scopes where kind in ('branch', 'county') order by kind, scope`,
  );
  [home = '', other = '', county = ''] = rows.map((row) => row.scope);
  for (const scope of [home, other, county])
    for (const audience of AUDIENCES.filter((candidate) => candidate !== 'self'))
      for (const subject of [null, person, neighbour]) await keep(scope, audience, subject);
  for (const owner of [person, neighbour]) await keep(personScope(owner), 'self', null);
}, 60_000);
afterAll(() => server.stop());

async function keep(scope: string, audience: Audience, subject: string | null) {
  const self = audience === 'self';
  const record: NewRecord = {
    ...{ id: newId(), kind: self ? SELF_KIND : 'about', v: self ? null : 1, subject, seq: 1 },
    ...{ author: self ? null : newId(), device: newId(), day: self ? null : '2026-03-05' },
    ...{ at: self ? null : 1, offset_ms: null, offset_age: null, salt: 'AAAAAAAAAAA' },
    ...{ body: self ? 'AAAA' : '{}', audience, confirm: null, received: null },
    hash: crypto.getRandomValues(new Uint8Array(32)),
  };
  await inScopes(server.database, [scope], (tx) => appendRecords(tx, scope, [record]));
  stored.push({ id: record.id, scope, audience, subject });
}

/** No role, each role alone, and each pair, at home; then a role in another place beside a membership. */
function combinations(): { name: string; grants: () => Grant[] }[] {
  const single = ROLES.map((role) => [role]);
  // Whoever holds anything at home has not left it.
  const held = ROLES.filter((role) => role !== 'left');
  const pairs = held.flatMap((a, i) => held.slice(i + 1).map((b) => [a, b]));
  const at = (scope: string, role: Role): Grant => ({ scope, role });
  const atHome = [[], ...single, ...pairs].map((roles) => ({
    name: roles.join(' and ') || 'nobody',
    grants: () => roles.map((role) => at(home, role)),
  }));
  const elsewhere = ROLES.map((role) => ({
    name: `member at home and ${role} in the county`,
    grants: () => [at(home, 'member'), at(county, role)],
  }));
  return [...atHome, ...elsewhere];
}

describe('X-02 a pull shows exactly what the rule allows', () => {
  it.each(combinations())('to $name', async ({ grants }) => {
    const device = await personalDevice(server, person, grants());
    const seen = new Set((await device.pullAll()).map((row) => row.id));
    const ours = stored.filter(({ id }) => seen.has(id)).map(({ id }) => id);
    const allowed = stored.filter((row) => mayRead(person, grants(), row)).map(({ id }) => id);
    expect(ours).toEqual(allowed);
  });

  it('and a role is over on its last day, or not yet begun', async () => {
    const device = await personalDevice(server, person, [{ scope: other, role: 'secretary' }]);
    expect((await device.sync()).grants).toHaveLength(1);
    await server.pool.query(`update grants set to_day = '2020-01-01' where person = $1`, [person]);
    expect((await device.sync()).pages.map(({ view }) => view)).toEqual(['self']);
    await server.pool.query(
      `update grants set to_day = null, from_day = '2999-01-01' where person = $1`,
      [person],
    );
    expect((await device.sync()).grants).toEqual([]);
  });
});
