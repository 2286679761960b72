/**
 * The people of the rights matrix: nobody in particular, and every role before, during and after its
 * days, at home in either branch by turns. Their roles are written by SQL.
 */
import { ROLES, type Role } from '#domain/roles.ts';

import { personalDevice } from '#tests/support/personal-device.ts';
import type { startServer } from '#tests/support/server.ts';
import { newId } from '#tests/support/wire-device.ts';

type Server = Awaited<ReturnType<typeof startServer>>;

/** Half past midnight of 5 March in Shanghai; in London it is still the fourth. */
export const NOW = Date.parse('2026-03-04T16:30:00Z');

/** `left` is told and never held (domain/roles.ts). */
type Held = Exclude<Role, 'left'>;
const HELD = ROLES.filter((role): role is Held => role !== 'left');

export type When = 'before' | 'during' | 'after';

/** A role begins on its `from` and is over on its `to`. */
const TIMES: { name: string; when: When; from: string; to: string | null }[] = [
  { name: 'from tomorrow on', when: 'before', from: '2026-03-06', to: null },
  { name: 'from today on', when: 'during', from: '2026-03-05', to: null },
  { name: 'for years', when: 'during', from: '2020-01-01', to: null },
  { name: 'to the end of today', when: 'during', from: '2020-01-01', to: '2026-03-06' },
  { name: 'to the end of yesterday', when: 'after', from: '2020-01-01', to: '2026-03-05' },
];

/** The county with its two branches. */
export interface Places {
  county: string;
  branches: [string, string];
}

export type Someone = Awaited<ReturnType<typeof someone>>;

/** Where things are. */
export async function placesOf({ pool }: Server): Promise<Places> {
  const { rows } = await pool.query<{ scope: string; kind: string }>(
    `select scope, kind from scopes where kind in ('branch', 'county') order by kind, scope`,
  );
  const [first = '', second = '', county = ''] = rows.map(({ scope }) => scope);
  return { county, branches: [first, second] };
}

/** Everybody. */
export async function everybody(server: Server, places: Places): Promise<Someone[]> {
  const all = HELD.flatMap((role) => TIMES.map((time) => ({ role, time })));
  const people = [await someone(server, places, { place: 0, role: null, time: null })];
  for (const [place, one] of all.entries())
    people.push(await someone(server, places, { place, ...one }));
  return people;
}

async function someone(
  server: Server,
  { county, branches }: Places,
  { place, role, time }: { place: number; role: Held | null; time: (typeof TIMES)[number] | null },
) {
  const person = newId();
  const home = branches[place % 2] ?? '';
  const foreign = branches[(place + 1) % 2] ?? '';
  const device = await personalDevice(server, person, []);
  const ofCounty = role === 'reviewer' || role === 'administrator';
  const grant = (scope: string, of: Role, from: string, to: string | null) =>
    server.pool.query(
      `insert into grants (scope, person, role, from_day, to_day) values ($1, $2, $3, $4, $5)`,
      [scope, person, of, from, to],
    );
  if (role && time) await grant(ofCounty ? county : home, role, time.from, time.to);
  // Whoever keeps the roster is a member besides.
  if (role === 'secretary' || role === 'committee') await grant(home, 'member', '2020-01-01', null);
  const name = role && time ? `${role} ${time.name}` : 'nobody';
  return { ...device, name, role, when: time?.when ?? 'during', home, foreign, ofCounty };
}
