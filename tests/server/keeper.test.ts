/** POST /api/health: facts for the administrator; for everybody else there is no such path. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { healthAnswerSchema, type HealthAnswer } from '#protocol/health.ts';
import { createApp } from '#server/app.ts';
import { migrations } from '#server/db/migration-list.ts';
import { DISK_LOW_BYTES } from '#server/disk.ts';
import { machineOf, type Machine } from '#server/machine.ts';
import { machineSources } from '#server/sources.ts';
import { audit } from '#server/tasks/audit/audit.ts';
import { writeAutomatic } from '#server/tasks/backup/automatic.ts';
import { writeByHand } from '#server/tasks/backup/by-hand.ts';
import { noteDrill } from '#server/tasks/backup/drill.ts';
import { startServer } from '#tests/support/server.ts';
import { joinWire, post, secretOf, type WireDevice } from '#tests/support/wire-device.ts';
import { pino } from 'pino';

const dataDir = mkdtempSync(join(tmpdir(), 'rixue-keeper-'));
let server: Awaited<ReturnType<typeof startServer>>;
let people: Record<string, WireDevice>;

beforeAll(async () => {
  server = await startServer();
  const joined = ['member', 'secretary', 'reviewer', 'administrator'].map(async (role) => {
    const invitation = server.invitations.find((each) => each.role === role);
    return [role, await joinWire(server.url, secretOf(invitation ?? { url: 'none:' }))] as const;
  });
  people = Object.fromEntries(await Promise.all(joined));
});
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const bearer = (role: string) => ({ authorization: `Bearer ${people[role]?.token}` });

/** The answer of a server on the same database whose machine is as given. */
async function ask(machine: Machine): Promise<HealthAnswer> {
  const { database } = server;
  const app = createApp({
    ...{ ...machineSources(), database, machine, log: pino({ level: 'silent' }) },
    ...{ disk: { isLow: async () => false }, appDir: dataDir, pastAssetsDir: null },
  });
  const request = { method: 'POST', headers: bearer('administrator'), body: '{}' };
  const answer = await app.fetch(new Request('http://county/api/health', request));
  expect(answer.status).toBe(200);
  return v.parse(healthAnswerSchema, await answer.json());
}

it('X-06 answers nobody but an administrator, in the words of a path that is not there', async () => {
  const unknown = await post(`${server.url}/api/no-such-path`, {});
  const expected = { status: 404, body: await unknown.text() };
  const asked = [
    ...['member', 'secretary', 'reviewer'].map(bearer),
    {},
    { authorization: 'Bearer nonsense' },
    { authorization: `Bearer ${'x'.repeat(43)}` },
  ];
  for (const headers of asked) {
    const answer = await post(`${server.url}/api/health`, {}, headers);
    expect({ status: answer.status, body: await answer.text() }).toEqual(expected);
  }
  const get = await fetch(`${server.url}/api/health`, { headers: bearer('administrator') });
  expect(get.status).toBe(404);
  const answer = await post(`${server.url}/api/health`, {}, bearer('administrator'));
  expect(answer.status).toBe(200);
});

it('says what this server knows where the database is on another machine', async () => {
  const answer = await post(`${server.url}/api/health`, {}, bearer('administrator'));
  const facts = v.parse(healthAnswerSchema, await answer.json());
  expect(facts).toMatchObject({
    ...{ schema: migrations.at(-1)?.name, disk: null, drill: null },
    backup: { automatic: false, last: null },
  });
  expect(facts.database).toMatch(/^\d+\.\d+/);
  expect(facts.acts).toEqual({ count: expect.any(Number), audited: null });
  expect(facts.upSince).toBeLessThanOrEqual(facts.now);
});

it('says how disk, backups, drill and audit stand', async () => {
  const disk = { isLow: async () => true };
  const freeBytes = async () => DISK_LOW_BYTES - 1;
  const machine = machineOf({ dataDir, ownDatabase: true }, { disk, freeBytes, startedAt: 5 });
  const place = { dataDir, poolConfig: server.pool.options };
  expect(await ask(machine)).toMatchObject({
    ...{ upSince: 5, disk: { free: DISK_LOW_BYTES - 1, low: true } },
    backup: { automatic: true, last: null },
  });
  const minute = Math.floor(Date.now() / 60_000) * 60_000;
  await writeAutomatic(place, minute - 60_000);
  noteDrill(dataDir, { at: 7, backup: 'auto', problem: 'backup.damaged' });
  await audit(place, 8);
  const facts = await ask(machine);
  expect(facts.backup.last).toEqual({
    ...{ at: minute - 60_000, how: 'auto', bytes: expect.any(Number) },
  });
  expect(facts.backup.last?.bytes).toBeGreaterThan(1_000);
  expect(facts.drill).toEqual({ at: 7, problem: 'backup.damaged' });
  expect(facts.acts).toMatchObject({ audited: { at: 8, findings: 0 } });
  const byHand = { file: join(dataDir, 'by-hand'), passphrase: '口令' };
  await writeByHand({ ...byHand, poolConfig: place.poolConfig }, minute);
  expect((await ask(machine)).backup.last).toMatchObject({ at: minute, how: 'hand' });
});

it('holds nothing about anybody', async () => {
  const answer = await post(`${server.url}/api/health`, {}, bearer('administrator'));
  const text = await answer.text();
  for (const { person, device, branch } of Object.values(people))
    for (const id of [person, device, branch]) expect(text).not.toContain(id);
});
