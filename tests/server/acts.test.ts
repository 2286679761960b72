/** Administrators' acts: which there are, and that each is written once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invitationHash } from '#domain/invitations.ts';
import { appendAct } from '#server/db/acts.ts';
import { inScopes } from '#server/db/database.ts';
import { machineSources } from '#server/sources.ts';
import { restoreBackup } from '#server/tasks/backup/backup-file.ts';
import { writeByHand } from '#server/tasks/backup/by-hand.ts';
import { actsOf, auditOf, urlOf } from '#tests/support/acts.ts';
import { startTestPostgres } from '#tests/support/postgres.ts';
import { startServer } from '#tests/support/server.ts';
import { CARD, joinWire, newId, secretOf, wireRecord } from '#tests/support/wire-device.ts';

const sources = machineSources();
const folder = mkdtempSync(join(tmpdir(), 'rixue-acts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('acts', () => {
  let server: Awaited<ReturnType<typeof startServer>>;
  beforeAll(async () => {
    server = await startServer({ seed: 'empty' });
  });
  afterAll(() => server.stop());

  it('are written with what they tell, once, with ids alone, and not for mere members', async () => {
    const admin = await joinWire(server.url, secretOf(server.invitations[0] ?? { url: '' }));
    const county = admin.county.id;
    const [branch, secretary, member] = [newId(), newId(), newId()];
    const secrets = { secretary: 's'.repeat(43), member: 'm'.repeat(43) };
    const names = { hans: '何书记' };
    const role = { role: 'secretary', names, card: CARD, from: '2026-01-01' };
    const invitation = (of: 'secretary' | 'member') => ({
      ...{ hash: invitationHash(secrets[of]), role: of, expires: Date.now() + 1e7 },
    });
    const give = [
      wireRecord({ kind: 'branch', scope: county, seq: 1, body: { branch, names } }),
      wireRecord({ kind: 'role', scope: branch, seq: 2, subject: secretary, body: role }),
      wireRecord({
        ...{ kind: 'invitation', scope: branch, seq: 3, subject: secretary },
        body: invitation('secretary'),
      }),
    ];
    await admin.sync({ records: give });
    await admin.sync({ records: give });
    const desk = await joinWire(server.url, secrets.secretary);
    await desk.sync({
      records: [
        wireRecord({
          ...{ kind: 'member', scope: branch, seq: 1, subject: member },
          body: { names: { hans: '某某' }, group: '一组', card: CARD },
        }),
        wireRecord({
          ...{ kind: 'invitation', scope: branch, seq: 2, subject: member },
          body: invitation('member'),
        }),
      ],
    });
    await joinWire(server.url, secrets.member);
    const end = { ...role, to: '2026-01-02' };
    await admin.sync({
      records: [wireRecord({ kind: 'role', scope: branch, seq: 4, subject: secretary, body: end })],
    });
    const told = (await actsOf(server)).map(({ kind, by_person, by_device, scope, person }) => ({
      ...{ kind, scope, person, by: by_person && [by_person, by_device] },
    }));
    const byAdmin = [admin.person, admin.device];
    expect(told).toEqual([
      { kind: 'invite', scope: county, person: admin.person, by: null },
      { kind: 'join', scope: county, person: admin.person, by: byAdmin },
      { kind: 'grant', scope: branch, person: secretary, by: byAdmin },
      { kind: 'invite', scope: branch, person: secretary, by: byAdmin },
      { kind: 'join', scope: branch, person: secretary, by: [secretary, desk.device] },
      { kind: 'revoke', scope: branch, person: secretary, by: byAdmin },
    ]);
    expect(JSON.stringify(await actsOf(server))).not.toMatch(/何书记|某某/);
    expect(await auditOf(urlOf(server), join(folder, 'whole'))).toEqual([
      'audit: 6 acts, all sound',
    ]);
  });

  it('take their numbers one after the other, and go with a transaction that is undone', async () => {
    const before = (await actsOf(server)).length;
    const scope = (await actsOf(server))[0]?.scope ?? '';
    const write = (fate: 'commit' | 'undo') =>
      inScopes(server.database, [scope], async (tx) => {
        await appendAct(tx, { kind: 'export', scope, person: newId(), detail: {} }, Date.now());
        if (fate === 'undo') throw new Error('undone');
      });
    const fates = ['commit', 'undo', 'commit', 'commit', 'undo', 'commit'] as const;
    const done = await Promise.allSettled(fates.map(write));
    expect(done.map(({ status }) => status)).toEqual(
      fates.map((fate) => (fate === 'commit' ? 'fulfilled' : 'rejected')),
    );
    expect((await actsOf(server)).map(({ n }) => n)).toEqual(
      Array.from({ length: before + 4 }, (_, i) => i + 1),
    );
    expect(await auditOf(urlOf(server), join(folder, 'whole'))).toEqual([
      `audit: ${before + 4} acts, all sound`,
    ]);
  });

  it('cannot be changed or taken out by the role of requests', async () => {
    const client = await server.pool.connect();
    await client.query(`set role ${server.database.appRole}`);
    for (const statement of ["update acts set kind = 'join'", 'delete from acts', 'truncate acts'])
      await expect(client.query(statement)).rejects.toThrow('permission denied');
    await client.query('reset role');
    client.release();
  });

  it('tell of backups by hand and restores, and the chain in a backup goes on', async () => {
    const file = join(folder, 'county.backup');
    const place = { file, passphrase: '口令', poolConfig: server.pool.options };
    expect(await writeByHand(place, Date.now())).toEqual({ ok: true, value: null });
    const here = await actsOf(server);
    expect(here.at(-1)).toMatchObject({ kind: 'backup', by_person: null, person: null });
    const target = await startTestPostgres();
    const restored = await restoreBackup({ ...place, poolConfig: target.poolConfig }, sources);
    expect(restored.ok).toBe(true);
    expect(await auditOf(target.url, join(folder, 'restored'))).toEqual([
      `audit: ${here.length} acts, all sound`,
    ]);
    await target.stop();
  });
});
