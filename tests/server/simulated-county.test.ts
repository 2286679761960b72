import { afterAll, beforeAll, expect, it } from 'vitest';
import { machineSources } from '#server/sources.ts';
import { planCounty } from '#tests/county/plan-county.ts';
import { seedCounty } from '#tests/county/seed-county.ts';
import { startServer } from '#tests/support/server.ts';
import { joinWire, secretOf } from '#tests/support/wire-device.ts';

let server: Awaited<ReturnType<typeof startServer>>;

beforeAll(async () => {
  server = await startServer({ seed: 'empty' });
});
afterAll(() => server.stop());

it('gives a simulated secretary the whole roster, and the administrator branches and roles alone', async () => {
  const plan = planCounty({ branches: 3, members: 40, seed: 3 });
  const deps = { ...machineSources(), database: server.database };
  const invitation = await seedCounty(deps, plan);
  const desk = await joinWire(server.url, invitation.secret);
  const rows = await desk.pullAll();
  // Her own row comes through two views.
  const members = new Set(
    rows.flatMap((row) => ('subject' in row && row.kind === 'member' ? [row.subject] : [])),
  );
  expect(members.size).toBe(plan.branches[0]?.people.length);
  const admin = await joinWire(server.url, secretOf(server.invitations.at(-1) ?? { url: '' }));
  const seen = (await admin.pullAll()).map(({ kind }) => kind);
  expect(seen.filter((kind) => kind === 'branch')).toHaveLength(3);
  expect(new Set(seen)).toEqual(new Set(['branch', 'office']));
});
